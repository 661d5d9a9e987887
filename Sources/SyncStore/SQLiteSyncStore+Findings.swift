import GRDB
package import SyncCore

extension SQLiteSyncStore {
    package func findings(
        mapping: String?,
        limit: Int
    ) async throws(SyncError) -> [StoredFinding] {
        try self.read { database in
            try Row.fetchAll(
                cached: database,
                sql: """
                    SELECT * FROM finding WHERE ?1 IS NULL OR mapping = ?1
                    ORDER BY code, firstSeen, hubspotID, salesforceID LIMIT ?2
                    """,
                arguments: [mapping, limit]
            ).compactMap(Self.finding)
        }
    }

    /// The first findings of one kind, oldest first.
    package func findings(
        of code: Finding.Code,
        limit: Int
    ) async throws(SyncError) -> [StoredFinding] {
        try self.read { database in
            try Row.fetchAll(
                cached: database,
                sql: """
                    SELECT * FROM finding WHERE code = ?1
                    ORDER BY firstSeen, hubspotID, salesforceID LIMIT ?2
                    """,
                arguments: [code.rawValue, limit]
            ).compactMap(Self.finding)
        }
    }

    package func isOpen(_ finding: Finding) async throws(SyncError) -> Bool {
        try self.read { database in
            try Bool.fetchOne(
                cached: database,
                sql: """
                    SELECT EXISTS(SELECT 1 FROM finding WHERE code = ? AND mapping = ?
                    AND hubspotID = ? AND salesforceID = ? AND subject = ?)
                    """,
                arguments: [
                    finding.code.rawValue, finding.mapping, finding.hubspotID ?? "",
                    finding.salesforceID ?? "", finding.subject,
                ]
            ) ?? false
        }
    }

    static func finding(_ row: Row) -> StoredFinding? {
        guard let code = Finding.Code(rawValue: row["code"]) else { return nil }
        let hubspotID: String = row["hubspotID"]
        let salesforceID: String = row["salesforceID"]
        let details: String = row["details"]
        let finding = Finding(
            code: code,
            mapping: row["mapping"],
            hubspotID: hubspotID.isEmpty ? nil : hubspotID,
            salesforceID: salesforceID.isEmpty ? nil : salesforceID,
            subject: row["subject"],
            details: details.isEmpty ? [] : details.split(separator: "\n").map(String.init)
        )
        return StoredFinding(
            finding: finding,
            firstSeen: row["firstSeen"],
            lastSeen: row["lastSeen"]
        )
    }

    package func findingCounts() async throws(SyncError) -> [Finding.Code: Int] {
        try self.read { database in
            var counts: [Finding.Code: Int] = [:]
            let sql = "SELECT code, COUNT(*) AS count FROM finding GROUP BY code"
            for row in try Row.fetchAll(cached: database, sql: sql) {
                if let code = Finding.Code(rawValue: row["code"]) { counts[code] = row["count"] }
            }
            return counts
        }
    }

    package func history(
        hubspotID: String?,
        salesforceID: String?,
        limit: Int
    ) async throws(SyncError) -> [JournalEntry] {
        try self.read { database in
            try Row.fetchAll(
                cached: database,
                sql: """
                    SELECT * FROM journal WHERE id IN (
                        SELECT id FROM journal WHERE hubspotID = ?1
                        UNION SELECT id FROM journal WHERE salesforceID = ?2
                    ) ORDER BY id DESC LIMIT ?3
                    """,
                arguments: [hubspotID, salesforceID, limit]
            ).compactMap(Self.journalEntry)
        }
    }

    package func writes(
        mapping: String,
        hubspotIDs: [String],
        since wallMilliseconds: Int64
    ) async throws(SyncError) -> [String: [JournalEntry]] {
        guard !hubspotIDs.isEmpty else { return [:] }
        return try self.read { database in
            let find = try database.cachedStatement(
                sql: """
                    SELECT * FROM journal WHERE hubspotID = ? AND mapping = ? AND at > ?
                    AND kind IN ('confirmed', 'round', 'held') ORDER BY id
                    """
            )
            var writes: [String: [JournalEntry]] = [:]
            for id in hubspotIDs {
                writes[id] = try Row.fetchAll(
                    find,
                    arguments: [id, mapping, wallMilliseconds]
                ).compactMap(Self.journalEntry)
            }
            return writes
        }
    }

    /// How many pairs are kept in step now.
    package func activeCount(mapping: String) async throws(SyncError) -> Int {
        let all = try await self.linkCount(mapping: mapping)
        let held = try self.read { database in
            try Int.fetchOne(
                cached: database,
                sql: "SELECT COUNT(*) FROM link WHERE mapping = ? AND state <> 'active'",
                arguments: [mapping]
            ) ?? 0
        }
        return all - held
    }

    package func outsideCount(mapping: String) async throws(SyncError) -> Int {
        try self.read { database in
            try Int.fetchOne(
                cached: database,
                sql: """
                    SELECT COUNT(*) FROM link WHERE mapping = ? AND state <> 'active'
                    AND state IN \(StoreCoding.wholeStates)
                    """,
                arguments: [mapping]
            ) ?? 0
        }
    }

    package func linkCount(mapping: String) async throws(SyncError) -> Int {
        try self.read { database in
            try Int.fetchOne(
                cached: database,
                sql: "SELECT COUNT(*) FROM link WHERE mapping = ?",
                arguments: [mapping]
            ) ?? 0
        }
    }

    // MARK: - Pieces

    static func raise(_ finding: Finding, now: Int64, _ database: Database) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO finding(code, mapping, hubspotID, salesforceID, subject, details,
                firstSeen, lastSeen) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT(code, mapping, hubspotID, salesforceID, subject)
                DO UPDATE SET details = excluded.details, lastSeen = excluded.lastSeen
                """
        ).execute(
            arguments: [
                finding.code.rawValue, finding.mapping, finding.hubspotID ?? "",
                finding.salesforceID ?? "", finding.subject,
                finding.details.joined(separator: "\n"), now, now,
            ]
        )
    }

    static func resolve(_ finding: Finding, _ database: Database) throws {
        try database.cachedStatement(
            sql: """
                DELETE FROM finding WHERE code = ? AND mapping = ? AND hubspotID = ?
                AND salesforceID = ? AND subject = ?
                """
        ).execute(
            arguments: [
                finding.code.rawValue, finding.mapping, finding.hubspotID ?? "",
                finding.salesforceID ?? "", finding.subject,
            ]
        )
    }

    static func append(_ entry: JournalEntry, _ hot: HotStatements) throws {
        let statement = try hot[.appendHistory]
        statement.bind(1, entry.kind.rawValue)
        statement.bind(2, entry.mapping)
        statement.bind(3, entry.hubspotID)
        statement.bind(4, entry.salesforceID)
        statement.bind(5, entry.target?.rawValue)
        statement.bind(6, entry.field)
        statement.bind(7, entry.hubspotValue)
        statement.bind(8, entry.salesforceValue)
        statement.bind(9, entry.hubspotBase)
        statement.bind(10, entry.salesforceBase)
        statement.bind(11, entry.reason)
        statement.bind(12, entry.at)
        try statement.run()
    }

    static func journalEntry(_ row: Row) -> JournalEntry? {
        guard let kind = JournalEntry.Kind(rawValue: row["kind"]) else { return nil }
        let target: String? = row["target"]
        return JournalEntry(
            kind: kind,
            mapping: row["mapping"],
            hubspotID: row["hubspotID"],
            salesforceID: row["salesforceID"],
            target: target.flatMap(Side.init(rawValue:)),
            field: row["field"],
            hubspotValue: StoreCoding.bytes(row, "hubspotValue"),
            salesforceValue: StoreCoding.bytes(row, "salesforceValue"),
            hubspotBase: StoreCoding.bytes(row, "hubspotBase"),
            salesforceBase: StoreCoding.bytes(row, "salesforceBase"),
            reason: row["reason"],
            at: row["at"]
        )
    }
}
