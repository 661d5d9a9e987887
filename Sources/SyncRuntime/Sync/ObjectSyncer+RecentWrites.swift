import SyncCore
import SyncStore

extension ObjectSyncer {
    /// What was written within the hour to records of these rows that changed again.
    func recentWrites(
        _ rows: [(row: RecordRow, known: LoadedRecord?)],
        _ side: Side,
        _ isLate: Bool,
        now: Int64
    ) async throws(SyncError) -> [String: [JournalEntry]] {
        let since = now - FlapGuard.window
        let ids = rows.compactMap { row, known -> String? in
            guard let link = known?.link, let writtenAt = link.writtenAt,
                writtenAt > since, isLate || link.base(on: side) != row.values
            else { return nil }
            return link.hubspotID
        }
        return try await self.store.writes(
            mapping: self.mapping.name,
            hubspotIDs: ids,
            since: since
        )
    }

    /// Notes how late it is in a CRM, by the newest of its pages.
    func noteTime(of page: RecordPage) {
        let newest = self.serverTimes[page.side] ?? page.serverTime
        self.serverTimes[page.side] = max(newest, page.serverTime)
    }
}
