import GRDB
package import SyncCore

extension SQLiteSyncStore {
    package func accounts() async throws(SyncError) -> [Side: StoredAccount] {
        try (self.original ?? self).read { database in
            var accounts: [Side: StoredAccount] = [:]
            for row in try Row.fetchAll(cached: database, sql: "SELECT * FROM account") {
                guard let side = Side(rawValue: row["side"]) else { continue }
                accounts[side] = StoredAccount(
                    id: row["id"],
                    recordBaseURL: row["recordBaseURL"],
                    verifiedCredential: row["verifiedCredential"]
                )
            }
            return accounts
        }
    }

    package func save(account: StoredAccount, of side: Side) async throws(SyncError) {
        try (self.original ?? self).write { database in
            try database.execute(
                sql: "INSERT OR REPLACE INTO account VALUES (?, ?, ?, ?)",
                arguments: [
                    side.rawValue, account.id, account.recordBaseURL, account.verifiedCredential,
                ]
            )
        }
    }

    package func text(_ name: String) async throws(SyncError) -> String? {
        try (self.original ?? self).read { database in
            try String.fetchOne(
                cached: database,
                sql: "SELECT value FROM text WHERE name = ?",
                arguments: [name]
            )
        }
    }

    package func setText(_ text: String?, for name: String) async throws(SyncError) {
        try (self.original ?? self).write { database in
            if let text {
                try database.cachedStatement(sql: "INSERT OR REPLACE INTO text VALUES (?, ?)")
                    .execute(arguments: [name, text])
            } else {
                try database.cachedStatement(sql: "DELETE FROM text WHERE name = ?")
                    .execute(arguments: [name])
            }
        }
    }

    package func reserve(_ call: LedgerCall) async throws(SyncError) -> Int64 {
        try (self.original ?? self).write { database in
            try database.cachedStatement(
                sql: """
                    INSERT INTO call(side, endpoint, purpose, object, records, cost, outcome, status,
                    sentAt, priority) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """
            ).execute(
                arguments: [
                    call.side.rawValue, call.endpoint, call.purpose, call.object, call.records,
                    call.cost, call.outcome.rawValue, call.status, call.sentAt,
                    call.priority?.rawValue,
                ]
            )
            return database.lastInsertedRowID
        }
    }

    package func close(call id: Int64, _ end: CallEnd) async throws(SyncError) {
        try (self.original ?? self).write { database in
            try database.cachedStatement(
                sql: """
                    UPDATE call SET outcome = ?, status = ?, answeredAt = ?, used = ?, allowed = ?,
                    cost = CASE WHEN ? THEN cost ELSE 0 END WHERE id = ?
                    """
            ).execute(
                arguments: [
                    end.outcome.rawValue, end.status, end.at, end.usage?.used, end.usage?.allowed,
                    end.isBilled, id,
                ]
            )
        }
    }

    package func calls(since wallMilliseconds: Int64) async throws(SyncError) -> [CallSummary] {
        try (self.original ?? self).read { database in
            try Row.fetchAll(
                cached: database,
                sql: """
                    SELECT side, endpoint, purpose, outcome, COUNT(*) AS calls, SUM(cost) AS cost,
                    SUM(records) AS records FROM call WHERE sentAt >= ? AND outcome <> 'notSent'
                    GROUP BY side, endpoint, purpose, outcome
                    ORDER BY side, endpoint, purpose, outcome
                    """,
                arguments: [wallMilliseconds]
            ).compactMap { row in
                guard let side = Side(rawValue: row["side"]),
                    let outcome = LedgerCall.Outcome(rawValue: row["outcome"])
                else { return nil }
                return CallSummary(
                    side: side,
                    endpoint: row["endpoint"],
                    purpose: row["purpose"],
                    outcome: outcome,
                    calls: row["calls"],
                    cost: row["cost"],
                    records: row["records"]
                )
            }
        }
    }

    package func callTimes(
        side: Side,
        since wallMilliseconds: Int64
    ) async throws(SyncError) -> [LedgerCall] {
        try (self.original ?? self).read { database in
            try Row.fetchAll(
                cached: database,
                sql: """
                    SELECT * FROM call WHERE side = ? AND sentAt >= ? AND cost > 0
                    AND outcome <> 'notSent' ORDER BY sentAt, id
                    """,
                arguments: [side.rawValue, wallMilliseconds]
            ).map { row in
                let (used, allowed): (Int?, Int?) = (row["used"], row["allowed"])
                let priority: Int? = row["priority"]
                return LedgerCall(
                    id: row["id"],
                    side: side,
                    endpoint: row["endpoint"],
                    purpose: row["purpose"],
                    object: row["object"],
                    records: row["records"],
                    cost: row["cost"],
                    outcome: LedgerCall.Outcome(rawValue: row["outcome"]) ?? .unknown,
                    status: row["status"],
                    sentAt: row["sentAt"],
                    answeredAt: row["answeredAt"],
                    priority: priority.flatMap(PriorityClass.init(rawValue:)),
                    usage: used.flatMap { used in
                        allowed.map { DailyUsage(used: used, allowed: $0) }
                    }
                )
            }
        }
    }

    /// Drops the oldest lines of history and ledger beyond these numbers.
    package func compact(
        journalRowsMax: Int,
        ledgerRowsMax: Int
    ) async throws(SyncError) {
        try (self.original ?? self).write { database in
            for (table, max) in [("journal", journalRowsMax), ("call", ledgerRowsMax)] {
                try database.cachedStatement(
                    sql: "DELETE FROM \(table) WHERE id <= (SELECT MAX(id) FROM \(table)) - ?"
                ).execute(arguments: [max])
            }
        }
    }
}
