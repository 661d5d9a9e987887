import CRMInterface
import SyncCore
import SyncStore

/// Reads by id the records that decisions about unlinked records need.
struct CounterpartReads: Sendable {
    let connection: any CRMConnection
    let step: RecordStep
    let priority: PriorityClass

    /// The records of these ids, live or deleted; what neither look shows is left out.
    func rows(_ ids: [String], of object: String) async throws(SyncError) -> [RecordRow] {
        var rows: [RecordRow] = []
        for chunk in ids.chunked(by: self.connection.limits.readMax) {
            let reply = try await self.connection.read(
                ReadRequest(
                    mapping: self.step.mapping,
                    object: object,
                    ids: chunk,
                    purpose: "match",
                    priority: self.priority
                )
            )
            rows += reply.pages.flatMap(\.rows)
        }
        return rows
    }

    /// Adds what took the place of counterparts that were merged or converted, one after the other: a
    /// record that a merge kept may have been merged since.
    func withSuccessors(
        _ rows: [RecordRow],
        of entries: [OutboxEntry]
    ) async throws(SyncError) -> [RecordRow] {
        var rows = rows
        var seen = Set(rows.map(\.id))
        for _ in 0..<Self.successionsMax {
            let unseen = self.step.unseenSuccessors(
                of: entries,
                in: rows,
                on: self.connection.side
            )
            let known = rows.count
            for (object, ids) in unseen {
                rows += try await self.rows(ids, of: object).filter { seen.insert($0.id).inserted }
            }
            // What is not shown now is not asked for again.
            guard rows.count > known else { break }
        }
        return rows
    }

    /// How many merges in a row are followed; behind that the counterpart is a question.
    private static let successionsMax = 8
}
