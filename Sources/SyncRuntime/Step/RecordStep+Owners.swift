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
        guard let field = self.refusedField(entry, rejection),
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

    /// The person for whom a CRM refuses a write, or `nil` where it does not.
    func refusedOwner(_ entry: OutboxEntry, _ rejection: WriteReply.Rejection) -> String? {
        guard let index = self.refusedField(entry, rejection)?.index else { return nil }
        return entry.fields.first { $0.index == index }.map { FieldValue(bytes: $0.value).text }
    }

    /// The field for whose person a CRM refuses a write: of several the one that it names, else the owner's, else the
    /// first; who is left is refused with the next attempt.
    ///
    /// Salesforce names no field (SOAP API: StatusCode, INACTIVE_OWNER_OR_USER and OPERATION_WITH_INACTIVE_USER);
    /// HubSpot's code is from memory. Another code that names a lookup is about the lookup, as its filter is.
    private func refusedField(
        _ entry: OutboxEntry,
        _ rejection: WriteReply.Rejection
    ) -> FieldMapping? {
        let written = self.mapping.peopleFields.filter { field in
            entry.fields.contains { $0.index == field.index }
        }
        guard !written.isEmpty else { return nil }
        let fields = self.mapping.object(entry.object, on: entry.target)?.fields
        let told = rejection.fields.map { $0.lowercased() }
        let named = written.first { told == [fields?[$0.index]?.name.lowercased()] }
        guard Self.ownerCodes.contains(rejection.code) else {
            return named?.kind == .owner ? named : nil
        }
        return named ?? written.first { $0.kind == .owner } ?? written.first
    }

    private static let ownerCodes: Set<String> = [
        "INACTIVE_OWNER_OR_USER", "OPERATION_WITH_INACTIVE_USER", "INVALID_OWNER_ID",
    ]
}
