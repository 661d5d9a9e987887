import CRMInterface
import SyncCore
import SyncStore

extension ConflictResolver {
    /// Of these writes the deletes whose own record was restored since they were decided.
    ///
    /// No feed need have shown that yet: the records are read by id, and what lives is decided again.
    func cameBack(
        _ entries: [OutboxEntry],
        on side: Side,
        _ syncer: ObjectSyncer
    ) async throws(SyncError) -> Set<Int64> {
        let deletes = entries.filter { $0.kind == .delete }
        guard !deletes.isEmpty, self.settings.sabotage != .deletesRestored,
            let connection = self.connections[side.other]
        else { return [] }
        let mapping = syncer.mapping
        var back: Set<Int64> = []
        let groups = Dictionary(grouping: deletes) { entry in
            side == .salesforce
                ? mapping.hubspot.name : mapping.salesforceObject(ofID: entry.sourceID)
        }
        for (object, group) in groups.sorted(by: { $0.key < $1.key }) {
            for chunk in group.chunked(by: connection.limits.readMax) {
                let reply = try await connection.read(
                    ReadRequest(
                        mapping: mapping,
                        object: object,
                        ids: chunk.map(\.sourceID),
                        purpose: "guard",
                        priority: chunk.map(\.priority).min() ?? .field
                    )
                )
                for page in reply.pages {
                    let live = Set(page.rows.filter { $0.fate == .live }.map(\.id))
                    guard !live.isEmpty else { continue }
                    back.formUnion(chunk.filter { live.contains($0.sourceID) }.map(\.id))
                    _ = try await syncer.receive(page)
                }
            }
        }
        return back
    }
}
