import GRDB
package import SyncCore

extension SQLiteSyncStore {
    package func entries(_ query: EntryQuery) async throws(SyncError) -> [OutboxEntry] {
        try self.read { database in
            let marks = query.states.map { _ in "?" }.joined(separator: ", ")
            var sql = "SELECT * FROM outbox WHERE state IN (\(marks))"
            var arguments = StatementArguments(query.states.map(\.rawValue))
            if let target = query.target {
                sql += " AND target = ?"
                arguments += [target.rawValue]
            }
            if let mapping = query.mapping {
                sql += " AND mapping = ?"
                arguments += [mapping]
            }
            if let readyAt = query.readyAt {
                sql += " AND (notBefore IS NULL OR notBefore <= ?)"
                arguments += [readyAt]
            }
            if let after = query.after {
                sql += " AND (priority, id) > (?, ?)"
                arguments += [after.priority.rawValue, after.id]
            }
            sql += " ORDER BY priority, id LIMIT ?"
            arguments += [query.limit]
            return try Row.fetchAll(cached: database, sql: sql, arguments: arguments)
                .map(StoreCoding.entry)
        }
    }

    package func markSent(
        _ ids: [Int64],
        at wallMilliseconds: Int64
    ) async throws(SyncError) -> [OutboxEntry] {
        try self.write { database in
            let find = try database.cachedStatement(sql: "SELECT * FROM outbox WHERE id = ?")
            return try ids.compactMap { id in
                guard let row = try Row.fetchOne(find, arguments: [id]) else { return nil }
                let sent = OutboxMachine.sent(try StoreCoding.entry(row), at: wallMilliseconds)
                try Self.replace(sent, database)
                return sent
            }
        }
    }

    package func outboxCounts() async throws(SyncError) -> [OutboxCount] {
        try self.read { database in
            try Row.fetchAll(
                cached: database,
                sql: """
                    SELECT mapping, target, kind, state, COUNT(*) AS count FROM outbox
                    GROUP BY mapping, target, kind, state ORDER BY mapping, target, kind, state
                    """
            ).compactMap { row in
                guard let target = Side(rawValue: row["target"]),
                    let kind = OutboxEntry.Kind(rawValue: row["kind"]),
                    let state = OutboxEntry.State(rawValue: row["state"])
                else { return nil }
                return OutboxCount(
                    mapping: row["mapping"],
                    target: target,
                    kind: kind,
                    state: state,
                    count: row["count"]
                )
            }
        }
    }

    package func parked(
        ready wallMilliseconds: Int64,
        limit: Int
    ) async throws(SyncError) -> [ParkedRecord] {
        try self.read { database in
            try Row.fetchAll(
                cached: database,
                sql: "SELECT * FROM parked WHERE notBefore <= ? ORDER BY since, remoteID LIMIT ?",
                arguments: [wallMilliseconds, limit]
            ).compactMap { row in
                guard let side = Side(rawValue: row["side"]),
                    let cause = ParkedRecord.Cause(rawValue: row["cause"])
                else { return nil }
                return ParkedRecord(
                    mapping: row["mapping"],
                    side: side,
                    object: row["object"],
                    remoteID: row["remoteID"],
                    cause: cause,
                    since: row["since"],
                    notBefore: row["notBefore"]
                )
            }
        }
    }

    package func parkedCount() async throws(SyncError) -> Int {
        try self.read { try Int.fetchOne(cached: $0, sql: "SELECT COUNT(*) FROM parked") ?? 0 }
    }

    package func nextWait() async throws(SyncError) -> Int64? {
        try self.read { database in
            try Int64.fetchOne(
                cached: database,
                sql: """
                    SELECT MIN(time) FROM (SELECT MIN(notBefore) AS time FROM outbox
                    UNION ALL SELECT MIN(notBefore) FROM parked)
                    """
            )
        }
    }

    // MARK: - Pieces

    static func insert(_ entry: OutboxEntry, _ database: Database) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO outbox(mapping, link, target, object, kind, state, priority, targetID,
                sourceID, payload, writesKey, needsGuard, hubspotValues, hubspotStamp,
                salesforceValues, salesforceStamp, notBefore)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: Self.arguments(entry))
    }

    /// Replaces an entry; one that has come to its end leaves the outbox.
    static func replace(_ entry: OutboxEntry, _ database: Database) throws {
        guard entry.state.isOpen else {
            try database.cachedStatement(sql: "DELETE FROM outbox WHERE id = ?")
                .execute(arguments: [entry.id])
            return
        }
        try database.cachedStatement(
            sql: """
                UPDATE outbox SET mapping = ?, link = ?, target = ?, object = ?, kind = ?, state = ?,
                priority = ?, targetID = ?, sourceID = ?, payload = ?, writesKey = ?,
                needsGuard = ?, notBefore = ? WHERE id = ?
                """
        ).execute(arguments: Self.decided(entry) + [entry.notBefore, entry.id])
    }

    static func observe(_ observed: EntryObservation, _ database: Database) throws {
        let (values, stamp) =
            observed.side == .hubspot
            ? ("hubspotValues", "hubspotStamp") : ("salesforceValues", "salesforceStamp")
        try database.cachedStatement(
            sql: "UPDATE outbox SET \(values) = ?, \(stamp) = ? WHERE id = ?"
        ).execute(
            arguments: [
                observed.observation.values.bytes.data, observed.observation.stamp.milliseconds,
                observed.entry,
            ]
        )
    }

    static func park(_ parked: ParkedRecord, _ database: Database) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO parked(mapping, side, remoteID, object, cause, since, notBefore)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT(mapping, side, remoteID) DO UPDATE SET object = excluded.object,
                notBefore = CASE WHEN excluded.cause = 'flapping' THEN notBefore
                WHEN cause = 'flapping' AND excluded.cause = 'staleRow'
                THEN min(notBefore, excluded.notBefore)
                WHEN cause = 'flapping' THEN excluded.notBefore
                WHEN excluded.cause = 'staleRow' THEN notBefore
                WHEN cause = 'staleRow' THEN excluded.notBefore
                ELSE max(notBefore, excluded.notBefore) END,
                cause = CASE WHEN cause = 'staleRow' THEN excluded.cause
                WHEN excluded.cause IN ('staleRow', 'flapping') THEN cause
                ELSE excluded.cause END
                """
        ).execute(
            arguments: [
                parked.mapping, parked.side.rawValue, parked.remoteID, parked.object,
                parked.cause.rawValue, parked.since, parked.notBefore,
            ]
        )
    }

    private static func decided(_ entry: OutboxEntry) -> StatementArguments {
        [
            entry.mapping, entry.link, entry.target.rawValue, entry.object, entry.kind.rawValue,
            entry.state.rawValue, entry.priority.rawValue, entry.targetID, entry.sourceID,
            StoreCoding.payload(entry).data, entry.writesKey, entry.needsGuard,
        ]
    }

    private static func arguments(_ entry: OutboxEntry) -> StatementArguments {
        Self.decided(entry) + [
            entry.observedHubSpot?.values.bytes.data, entry.observedHubSpot?.stamp.milliseconds,
            entry.observedSalesforce?.values.bytes.data,
            entry.observedSalesforce?.stamp.milliseconds, entry.notBefore,
        ]
    }
}
