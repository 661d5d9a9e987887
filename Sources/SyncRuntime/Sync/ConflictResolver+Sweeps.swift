import CRMInterface
package import SyncCore
import SyncStore

extension ConflictResolver {
    /// Reads linked records by id although nothing says that they changed; at most a call's worth.
    ///
    /// - Returns: how many brought news.
    package func look(
        at ids: [String],
        object: String,
        on side: Side,
        for syncer: ObjectSyncer,
        purpose: String = "sweep",
        priority: PriorityClass = .audit
    ) async throws(SyncError) -> Int {
        guard !ids.isEmpty, let connection = self.connections[side] else { return 0 }
        let reply = try await connection.read(
            ReadRequest(
                mapping: syncer.mapping,
                object: object,
                ids: ids,
                purpose: purpose,
                priority: priority
            )
        )
        var news = 0
        for page in reply.pages { news += try await syncer.receive(page) }
        if !reply.missing.isEmpty {
            try await syncer.missing(reply.missing, on: side, unpark: [])
        }
        return news
    }
}
