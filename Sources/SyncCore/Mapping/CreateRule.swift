/// Which Salesforce object a new record becomes, by what HubSpot says of it: the first rule that holds decides.
package struct CreateRule: Sendable, Hashable {
    package enum Condition: Sendable, Hashable {
        /// The field has one of these values, in HubSpot's normal form.
        case oneOf(index: Int, values: [String])
        /// The field has a value.
        case isSet(index: Int)
        /// The record that the field names has a counterpart.
        case isSynced(index: Int)
    }

    /// `Contact`, `Lead`.
    package var object: String
    /// All of them must hold.
    package var conditions: [Condition]

    package init(object: String, conditions: [Condition]) {
        self.object = object
        self.conditions = conditions
    }

    /// Whether a condition holds, or the record on whose counterpart it depends.
    private enum Answer {
        case holds
        case fails
        case depends(References.Record)
    }

    /// Whether all conditions hold.
    func holds(for values: RecordValues, _ fields: [FieldMapping], _ references: References) -> Bool
    {
        self.conditions.allSatisfy { condition in
            if case .holds = Self.answer(condition, values, fields, references) {
                true
            } else {
                false
            }
        }
    }

    /// The records without a counterpart that alone keep the rule from holding.
    func depends(
        _ values: RecordValues,
        _ fields: [FieldMapping],
        _ references: References
    ) -> [References.Record] {
        var records: [References.Record] = []
        for condition in self.conditions {
            switch Self.answer(condition, values, fields, references) {
            case .holds: continue
            case .fails: return []
            case .depends(let record): records.append(record)
            }
        }
        return records
    }

    private static func answer(
        _ condition: Condition,
        _ values: RecordValues,
        _ fields: [FieldMapping],
        _ references: References
    ) -> Answer {
        switch condition {
        case .oneOf(let index, let wanted):
            // Of several choices one is enough.
            let chosen = values[index].text.split(separator: ";").map(String.init)
            return chosen.contains(where: wanted.contains) ? .holds : .fails
        case .isSet(let index): return values[index].isBlank ? .fails : .holds
        case .isSynced(let index):
            guard let record = fields[index].referred(values[index], on: .hubspot) else {
                return .fails
            }
            return references.counterpart(of: record) == nil ? .depends(record) : .holds
        }
    }
}

extension ObjectMapping {
    /// The Salesforce object that a new HubSpot record becomes.
    package func newObject(of record: RecordBlob, _ references: References) -> String {
        guard !self.createRules.isEmpty else { return self.createAs }
        let values = record.values
        let rule = self.createRules.first { $0.holds(for: values, self.fields, references) }
        return rule?.object ?? self.createAs
    }

    /// The records whose counterparts would make a new HubSpot record something else than it becomes now.
    package func decisive(
        of record: RecordBlob,
        _ references: References
    ) -> [References.Record] {
        guard !self.createRules.isEmpty else { return [] }
        let values = record.values
        return self.createRules.prefix { !$0.holds(for: values, self.fields, references) }
            .filter { $0.object != self.newObject(of: record, references) }
            .flatMap { $0.depends(values, self.fields, references) }
    }
}
