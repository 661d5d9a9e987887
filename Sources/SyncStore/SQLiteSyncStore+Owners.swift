import GRDB
package import SyncCore

/// Records that wait until their owner has a counterpart.
extension SQLiteSyncStore {
    package func missedOwners() async throws(SyncError) -> [References.Record] {
        try self.read { database in
            let rows = try Row.fetchAll(
                cached: database,
                sql: """
                    SELECT DISTINCT side, parentID FROM waiting WHERE parentMapping = ?
                    ORDER BY side, parentID LIMIT \(Self.ownersMax)
                    """,
                arguments: [Owners.mapping]
            )
            return rows.compactMap { row in
                Side(rawValue: row["side"]).map {
                    References.Record(mapping: Owners.mapping, side: $0, id: row["parentID"])
                }
            }
        }
    }

    package func wake(_ parents: [References.Record]) async throws(SyncError) {
        guard !parents.isEmpty else { return }
        let now = self.wallMilliseconds()
        try self.write { database in
            let hot = HotStatements(database)
            for parent in parents { try Self.wake(parent, now: now, hot) }
        }
    }

    /// More people than any account has.
    private static let ownersMax = 100_000
}
