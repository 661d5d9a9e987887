import CRMInterface
import SyncCore
import SyncStore

extension ConflictResolver {
    /// Of these writes the deletes whose own record was restored since they were decided.
    ///
    /// No feed need have shown that yet: the records are read by id, and what lives is decided again.
    func cameBack(_ entries: [OutboxEntry]) async throws(SyncError) -> Set<Int64> {
        let deletes = entries.filter { $0.kind == .delete }
        guard !deletes.isEmpty, self.settings.sabotage != .deletesRestored else { return [] }
        var back: Set<Int64> = []
        for look in try await self.lookAtSources(deletes) {
            for page in look.pages {
                let live = Set(page.rows.filter { $0.fate == .live }.map(\.id))
                guard !live.isEmpty else { continue }
                back.formUnion(look.entries.filter { live.contains($0.sourceID) }.map(\.id))
                _ = try await look.syncer.receive(page)
            }
        }
        return back
    }
}
