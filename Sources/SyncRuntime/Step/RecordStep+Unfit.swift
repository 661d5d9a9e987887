import SyncCore
import SyncStore

/// Values of new records that the other CRM has no form of.
extension RecordStep {
    /// The finding that a record was made without values that do not fit, or `nil` where all of them went over.
    func unfit(_ entry: OutboxEntry, _ link: Link) -> Finding? {
        let source = entry.target.other
        guard let values = entry.observed(on: source)?.values else { return nil }
        // Of most new records everything went over, and nothing is converted once more to find that out.
        let target = self.mapping.object(link.salesforceObject, on: .salesforce)
        let counts = values.values
        let isWhole = self.mapping.fields.allSatisfy { field in
            field.rule == .dontSync || field.refers || counts.count(of: field.index) == 0
                || entry.fields.contains { $0.index == field.index }
                || target?.fields[field.index] == nil
        }
        guard !isWhole else { return nil }
        let made = RecordMerge.create(
            from: source,
            values: values,
            mapping: self.mapping,
            salesforceObject: link.salesforceObject,
            references: self.references
        )
        guard !made.problems.isEmpty else { return nil }
        let names = made.problems.map { self.fieldName($0.index) }
        return self.finding(.valueNotConvertible, link, names)
    }
}
