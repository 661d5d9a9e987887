import CRMInterface
import SyncCore
import SyncStore

extension PairRunner {
    /// Reads what is linked once where fields are synced that were not when it was last seen; it goes on where an
    /// earlier one stopped.
    func readUnread() async throws(SyncError) {
        for mapping in self.pair.mappings {
            for side in Side.allCases {
                do {
                    try await self.readUnread(mapping, on: side)
                } catch  where error.code == .limitReached {
                    self.note(error, side)
                }
            }
        }
    }

    private func readUnread(_ mapping: ObjectMapping, on side: Side) async throws(SyncError) {
        let name = MappingCheck.unreadPlace(mapping.name, side)
        guard let syncer = self.syncers[mapping.name], let connection = self.pair.connections[side],
            let text = try await self.pair.store.text(name), var place = Int64(text)
        else { return }
        while true {
            let links = try await self.pair.store.links(
                mapping: mapping.name,
                after: place,
                limit: connection.limits.readMax
            )
            guard let last = links.last else { break }
            let due = links.filter { $0.schemaRevision != mapping.revision && $0.state.isWhole }
            let objects = Dictionary(grouping: due) { link in
                side == .hubspot ? mapping.hubspot.name : link.salesforceObject
            }
            for (object, links) in objects.sorted(by: { $0.key < $1.key }) {
                _ = try await self.resolver.look(
                    at: links.map { $0.recordID(on: side) },
                    object: object,
                    on: side,
                    for: syncer,
                    purpose: "newFields",
                    priority: .backfill
                )
            }
            place = last.id
            try await self.pair.store.setText(String(place), for: name)
        }
        try await self.pair.store.setText(nil, for: name)
    }
}
