package import CRMInterface
package import SyncCore

extension RecordStep {
    /// What finds the counterpart of an unmatched create, in the searched side's normal form.
    ///
    /// - Returns: `nil` when a conflict reply named the record already.
    package func query(for entry: OutboxEntry) -> FindRequest.Query? {
        let source = entry.target.other
        // A create that was sent came back as taken: its hint is the answer.
        if !entry.attempts.isEmpty, entry.targetID != nil { return nil }
        guard let values = entry.observed(on: source)?.values.values else { return nil }
        var wanted: [Int: FieldValue] = [:]
        for index in self.mapping.matchFields where !values[index].isBlank {
            let value = FieldConversion.value(
                values[index],
                to: entry.target,
                mapping: self.mapping,
                field: index,
                object: entry.object
            )
            if let value { wanted[index] = value }
        }
        return FindRequest.Query(
            sourceID: entry.sourceID,
            values: wanted,
            looksByKey: entry.needsGuard || entry.targetID != nil || !entry.attempts.isEmpty
        )
    }
}
