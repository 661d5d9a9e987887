import SyncCore
import SyncStore

/// Records that tell how their pairs stand.
extension ObjectSyncer {
    /// Plans what has records of these sides tell how their pairs stand; answers how many it is for.
    func tellStatuses(on sides: Set<Side>, limit: Int) async throws(SyncError) -> Int {
        var due = try await self.store.statusesDue(self.mapping.name, on: sides, limit: limit)
        if self.settings.sabotage == .keepsBadNews { due.removeAll { $0.status == .inSync } }
        guard !due.isEmpty else { return 0 }
        let step = self.step()
        let records = Dictionary(grouping: due) { $0.link.id }.sorted { $0.key < $1.key }
            .compactMap { step.telling($0.value) }
        // What was decided meanwhile takes precedence; these stay noted.
        _ = try await self.store.commit(PageCommit(records: records))
        return due.count
    }
}
