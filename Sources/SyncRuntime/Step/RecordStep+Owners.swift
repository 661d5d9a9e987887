import CRMInterface
import SyncCore
import SyncStore

/// Owners that have no counterpart: the field stays as it is, and one issue names each of them.
extension RecordStep {
    /// The issues about those of the records that are owners; none before the people were read.
    func missedOwners(_ records: [References.Record]) -> [Finding] {
        let owners = self.references.owners
        guard owners.isRead else { return [] }
        return records.filter { $0.mapping == Owners.mapping }.map { record in
            let person = owners.person(record.id, on: record.side)
            let state = person.map { $0.isActive ? "active" : "inactive" } ?? "unknown"
            return self.finding(
                .ownerNotFound,
                record.id,
                on: record.side,
                [record.side.rawValue, person?.name ?? record.id, state]
            )
        }
    }

    /// The write without its owner, where that is what a CRM refuses it for: somebody may have left since the
    /// people were read.
    ///
    /// The owner stays an edit that waits for a counterpart. `stored`: the entry with its present looks.
    func withoutOwner(
        _ entry: OutboxEntry,
        _ stored: OutboxEntry,
        _ ended: OutboxEntry,
        _ rejection: WriteReply.Rejection
    ) -> StepResult? {
        let source = entry.target.other
        guard let field = self.mapping.ownerField, self.refusedOwner(entry, rejection) != nil,
            let values = entry.observed(on: source)?.values.values,
            let owner = field.referred(values[field.index], on: source)
        else { return nil }
        var result = StepResult(commit: RecordCommit(entries: [ended]), isNews: true)
        let rest = entry.fields.filter { $0.index != field.index }
        if entry.kind == .create || !rest.isEmpty || entry.writesKey {
            result.commit.entries.append(self.without(stored, rest))
        }
        let object =
            source == .hubspot
            ? self.mapping.hubspot.name : self.mapping.salesforceObject(ofID: entry.sourceID)
        result.commit.wait = [
            self.waiting(entry.sourceID, object, on: source, for: owner, isHeld: false)
        ]
        result.commit.raise = self.missedOwners([owner])
        result.summary.findingsRaised = 1
        return result
    }

    /// The owner for whom a CRM refuses a write, or `nil` where it does not.
    func refusedOwner(_ entry: OutboxEntry, _ rejection: WriteReply.Rejection) -> String? {
        guard let index = self.mapping.ownerField?.index, self.isAboutOwner(rejection, entry)
        else { return nil }
        return entry.fields.first { $0.index == index }.map { FieldValue(bytes: $0.value).text }
    }

    /// Whether a CRM refuses the owner.
    ///
    /// Salesforce names no field (SOAP API: StatusCode, INACTIVE_OWNER_OR_USER and OPERATION_WITH_INACTIVE_USER);
    /// HubSpot's code is from memory.
    private func isAboutOwner(_ rejection: WriteReply.Rejection, _ entry: OutboxEntry) -> Bool {
        if Self.ownerCodes.contains(rejection.code) { return true }
        guard let field = self.mapping.ownerField,
            let name = self.mapping.object(entry.object, on: entry.target)?
                .fields[field.index]?.name
        else { return false }
        return rejection.fields.map { $0.lowercased() } == [name.lowercased()]
    }

    private static let ownerCodes: Set<String> = [
        "INACTIVE_OWNER_OR_USER", "OPERATION_WITH_INACTIVE_USER", "INVALID_OWNER_ID",
    ]
}
