package import SyncCore
import SyncStore

extension RecordCheck {
    /// Leaves one record to be read and decided with the next pass, also one that merely exists.
    ///
    /// A pair is read on both sides and decided as a whole, as after a change of it.
    ///
    /// - Returns: whether there is such a record.
    package func ask(for query: RecordQuery) async throws(SyncError) -> Bool {
        guard let mapping = try await self.mapping(of: query) else { return false }
        let found = try await self.find(query, mapping).filter { $0.row.fate == .live }
        let now = self.open.store.wallMilliseconds()
        var parked: [ParkedRecord] = []
        for record in found {
            let known = try await self.open.store.load(
                mapping: mapping.name,
                side: record.side,
                ids: [record.row.id]
            )
            let link = known.first?.link
            parked.append(
                ParkedRecord(
                    mapping: mapping.name,
                    side: link == nil ? record.side : .hubspot,
                    object: link == nil ? record.row.object : mapping.hubspot.name,
                    remoteID: link?.hubspotID ?? record.row.id,
                    cause: link == nil ? .missing : .history,
                    since: now
                )
            )
        }
        _ = try await self.open.store.commit(PageCommit(records: [RecordCommit(park: parked)]))
        return !found.isEmpty
    }
}
