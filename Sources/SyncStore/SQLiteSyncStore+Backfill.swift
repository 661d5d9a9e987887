import GRDB
package import SyncCore

extension SQLiteSyncStore {
    package func backfill(mapping: String) async throws(SyncError) -> BackfillProgress? {
        try self.read { database in
            let sql = "SELECT * FROM backfill WHERE mapping = ?"
            guard let row = try Row.fetchOne(cached: database, sql: sql, arguments: [mapping]),
                let phase = BackfillProgress.Phase(rawValue: row["phase"])
            else { return nil }
            return BackfillProgress(
                mapping: mapping,
                phase: phase,
                object: row["object"],
                lastID: row["lastID"],
                recordsRead: row["recordsRead"]
            )
        }
    }

    package func setBackfill(_ progress: BackfillProgress) async throws(SyncError) {
        try self.write { try Self.save(progress, $0) }
    }

    package func stage(
        _ records: [StagedRecord],
        progress: BackfillProgress
    ) async throws(SyncError) {
        try self.write { database in
            let insert = try database.cachedStatement(
                sql: "INSERT INTO stage VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            )
            let insertKey = try database.cachedStatement(
                sql: "INSERT OR IGNORE INTO stageKey VALUES (?, ?, ?, ?)"
            )
            for record in records {
                let (mapping, side, row) = (record.mapping, record.side.rawValue, record.row)
                // Read again it may have lost a key, by which it must not be found any more.
                try Self.unstage(mapping, record.side, row.id, database)
                try insert.execute(
                    arguments: [
                        mapping, side, row.id, row.object, row.stamp.milliseconds,
                        row.values.bytes.data, row.counterpartID,
                        record.matchKeys.joined(separator: "\n"),
                    ]
                )
                for key in record.matchKeys {
                    try insertKey.execute(arguments: [mapping, side, key, row.id])
                }
            }
            try Self.save(progress, database)
        }
    }

    package func staged(
        mapping: String,
        side: Side,
        matchKeys: [String]
    ) async throws(SyncError) -> [StagedRecord] {
        try self.read { database in
            let ids = try database.cachedStatement(
                sql: "SELECT id FROM stageKey WHERE mapping = ? AND side = ? AND key = ?"
            )
            let rows = try database.cachedStatement(
                sql: "SELECT * FROM stage WHERE mapping = ? AND side = ? AND id = ?"
            )
            var seen = Set<String>()
            var found: [StagedRecord] = []
            for key in matchKeys {
                for id in try String.fetchAll(ids, arguments: [mapping, side.rawValue, key])
                where seen.insert(id).inserted {
                    if let row = try Row.fetchOne(rows, arguments: [mapping, side.rawValue, id]) {
                        found.append(try Self.staged(row, side))
                    }
                }
            }
            return found.sorted { $0.row.id < $1.row.id }
        }
    }

    package func staged(
        mapping: String,
        side: Side,
        afterID: String?,
        limit: Int
    ) async throws(SyncError) -> [StagedRecord] {
        try self.read { database in
            try Row.fetchAll(
                cached: database,
                sql: """
                    SELECT * FROM stage WHERE mapping = ? AND side = ? AND id > ?
                    ORDER BY id LIMIT ?
                    """,
                arguments: [mapping, side.rawValue, afterID ?? "", limit]
            ).map { try Self.staged($0, side) }
        }
    }

    package func unstage(mapping: String, side: Side, ids: [String]) async throws(SyncError) {
        try self.write { database in
            for id in ids { try Self.unstage(mapping, side, id, database) }
        }
    }

    // MARK: - Pieces

    static func unstage(
        _ mapping: String,
        _ side: Side,
        _ id: String,
        _ database: Database
    ) throws {
        let arguments: StatementArguments = [mapping, side.rawValue, id]
        let find = try database.cachedStatement(
            sql: "SELECT keys FROM stage WHERE mapping = ? AND side = ? AND id = ?"
        )
        guard let keys = try String.fetchOne(find, arguments: arguments) else { return }
        let dropKey = try database.cachedStatement(
            sql: "DELETE FROM stageKey WHERE mapping = ? AND side = ? AND key = ? AND id = ?"
        )
        for key in keys.split(separator: "\n") {
            try dropKey.execute(arguments: [mapping, side.rawValue, String(key), id])
        }
        try database.cachedStatement(
            sql: "DELETE FROM stage WHERE mapping = ? AND side = ? AND id = ?"
        ).execute(arguments: arguments)
    }

    static func save(_ progress: BackfillProgress, _ database: Database) throws {
        try database.execute(
            sql: "INSERT OR REPLACE INTO backfill VALUES (?, ?, ?, ?, ?)",
            arguments: [
                progress.mapping, progress.phase.rawValue, progress.object, progress.lastID,
                progress.recordsRead,
            ]
        )
    }

    private static func staged(_ row: Row, _ side: Side) throws -> StagedRecord {
        guard let bytes = StoreCoding.bytes(row, "data"), let blob = RecordBlob(stored: bytes)
        else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT)
        }
        let keys: String = row["keys"]
        return StagedRecord(
            mapping: row["mapping"],
            side: side,
            row: RecordRow(
                id: row["id"],
                object: row["object"],
                stamp: ServerTime(milliseconds: row["stamp"]),
                values: blob,
                counterpartID: row["counterpartID"]
            ),
            matchKeys: keys.split(separator: "\n").map(String.init)
        )
    }
}
