import CRMInterface
import HTTPTransport
import SyncCore
import SyncStore

/// Who owns records: read where a mapping carries owners over, and handed to the syncers that decide.
extension PairRunner {
    /// Reads the people of both CRMs if that is due; where they cannot be read just now, everything else goes on.
    ///
    /// Owners stay as they are until then, nobody is told to be missing, and the pass says why in the end.
    func refreshOwners() async throws(SyncError) {
        do throws(SyncError) {
            try await self.readOwners()
        } catch  where error.disposition.wait != nil {
            self.note(error, error.side ?? .salesforce)
        }
    }

    /// Reads the people of both CRMs if that is due, and lets go on what waited for somebody who is there now.
    func readOwners() async throws(SyncError) {
        let mappings = self.pair.mappings.filter { !$0.peopleFields.isEmpty }
        guard !mappings.isEmpty, let hubspot = self.pair.connections[.hubspot],
            let salesforce = self.pair.connections[.salesforce]
        else { return }
        let now = self.pair.time.wallMilliseconds
        let missed = try await self.pair.store.missedOwners()
        guard self.directory.isDue(missed: missed, now: now) else { return }
        // Queues cost a call: only a mapping that lists owners by name can mean one, and nothing but owners.
        let listsOwners = mappings.contains { $0.ownerField?.values.isEmpty == false }
        self.directory = OwnerDirectory(
            hubspot: self.mistaken(try await hubspot.owners(withQueues: listsOwners)),
            salesforce: try await salesforce.owners(withQueues: listsOwners),
            readAt: now
        )
        var all: [Owners] = []
        for mapping in mappings {
            guard let owners = self.directory.owners(for: mapping) else { continue }
            all.append(owners)
            await self.syncers[mapping.name]?.take(owners)
        }
        let found = missed.filter { record in
            all.contains { $0.counterpart(of: record.id, on: record.side) != nil }
        }
        try await self.pair.store.wake(found)
        try await self.closeFindings(except: Set(missed).subtracting(found))
    }

    /// The people as they are, but for the mutant that takes each for the next one.
    private func mistaken(_ people: [OwnerDescription]) -> [OwnerDescription] {
        guard self.pair.settings.sabotage == .ownsForNeighbours else { return people }
        let active = people.filter(\.isActive)
        return active.enumerated().map { place, person in
            var person = person
            person.email = active[(place + 1) % active.count].email
            return person
        }
    }

    /// Ends the issues about people whom nothing waits for any more.
    private func closeFindings(except missed: Set<References.Record>) async throws(SyncError) {
        let open = try await self.pair.store.findings(mapping: nil, limit: Self.findingsMax)
            .map(\.finding).filter { $0.code == .ownerNotFound }
        let over = open.filter { finding in
            let side: Side = finding.hubspotID == nil ? .salesforce : .hubspot
            let id = finding.hubspotID ?? finding.salesforceID ?? ""
            return !missed.contains(.init(mapping: Owners.mapping, side: side, id: id))
        }
        guard !over.isEmpty else { return }
        _ = try await self.pair.store.commit(PageCommit(records: [RecordCommit(resolve: over)]))
    }

    private static let findingsMax = 10_000
}
