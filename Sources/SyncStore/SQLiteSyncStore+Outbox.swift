import GRDB
package import SyncCore

extension SQLiteSyncStore {
    package func entries(_ query: EntryQuery) async throws(SyncError) -> [OutboxEntry] {
        try self.read { database in
            let marks = query.states.map { "'\($0.rawValue)'" }.joined(separator: ", ")
            var sql = "SELECT \(StoreCoding.entryColumns) FROM outbox WHERE state IN (\(marks))"
            if query.target != nil { sql += " AND target = ?1" }
            if query.mapping != nil { sql += " AND mapping = ?2" }
            if query.readyAt != nil { sql += " AND (notBefore IS NULL OR notBefore <= ?3)" }
            if query.after != nil { sql += " AND (priority, id) > (?4, ?5)" }
            let statement = try HotStatement(database, sql + " ORDER BY priority, id LIMIT ?6")
            statement.bind(1, query.target?.rawValue)
            statement.bind(2, query.mapping)
            statement.bind(3, query.readyAt)
            statement.bind(4, query.after.map { Int64($0.priority.rawValue) })
            statement.bind(5, query.after?.id)
            statement.bind(6, Int64(query.limit))
            var entries: [OutboxEntry] = []
            try statement.forEach { entries.append(try StoreCoding.entry($0)) }
            return entries
        }
    }

    package func markSent(
        _ ids: [Int64],
        at wallMilliseconds: Int64
    ) async throws(SyncError) -> [OutboxEntry] {
        try self.write { database in
            let find = try HotStatement(
                database,
                "SELECT \(StoreCoding.entryColumns) FROM outbox WHERE id = ?"
            )
            let send = try HotStatement(
                database,
                "UPDATE outbox SET state = ?, payload = ?, notBefore = NULL WHERE id = ?"
            )
            return try ids.compactMap { id in
                find.bind(1, id)
                guard let entry = try find.first(StoreCoding.entry) else { return nil }
                let sent = OutboxMachine.sent(entry, at: wallMilliseconds)
                send.bind(1, sent.state.rawValue)
                send.bind(2, StoreCoding.payload(sent))
                send.bind(3, id)
                try send.run()
                return sent
            }
        }
    }

    package func unmatchCreates(
        _ mappings: [String],
        target: Side,
        ready wallMilliseconds: Int64
    ) async throws(SyncError) -> Int {
        guard !mappings.isEmpty else { return 0 }
        let marks = mappings.indices.map { "?\($0 + 3)" }.joined(separator: ", ")
        let those = """
            target = ?1 AND state = 'planned' AND priority <= \(PriorityClass.newRecord.rawValue)
            AND kind = 'create' AND (notBefore IS NULL OR notBefore <= ?2) AND mapping IN (\(marks))
            """
        func bind(_ statement: HotStatement) {
            statement.bind(1, target.rawValue)
            statement.bind(2, wallMilliseconds)
            for (place, name) in mappings.enumerated() { statement.bind(Int32(place) + 3, name) }
        }
        // There is rarely one, and each write waits for the disk.
        let isOne = try self.read { database in
            let statement = try HotStatement(
                database,
                "SELECT 1 FROM outbox WHERE \(those) LIMIT 1"
            )
            bind(statement)
            return try statement.first { _ in true } ?? false
        }
        guard isOne else { return 0 }
        return try self.write { database in
            let statement = try HotStatement(
                database,
                "UPDATE outbox SET state = 'unmatched' WHERE \(those)"
            )
            bind(statement)
            return try statement.run()
        }
    }

    package func outboxCounts() async throws(SyncError) -> [OutboxCount] {
        try self.read { database in
            // `GROUP BY` would first copy every entry into memory to sort them: a backfill plans millions.
            let rows = try HotStatement(
                database,
                "SELECT mapping, target, kind, state FROM outbox"
            )
            var counts: [OutboxCount] = []
            try rows.forEach { row in
                let known = counts.firstIndex { count in
                    row.isSame(0, as: count.mapping) && row.isSame(1, as: count.target.rawValue)
                        && row.isSame(2, as: count.kind.rawValue)
                        && row.isSame(3, as: count.state.rawValue)
                }
                if let known {
                    counts[known].count += 1
                } else if let target = Side(rawValue: row.text(1)),
                    let kind = OutboxEntry.Kind(rawValue: row.text(2)),
                    let state = OutboxEntry.State(rawValue: row.text(3))
                {
                    counts.append(
                        OutboxCount(
                            mapping: row.text(0),
                            target: target,
                            kind: kind,
                            state: state,
                            count: 1
                        )
                    )
                }
            }
            return counts.sorted { $0.order.lexicographicallyPrecedes($1.order) }
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

    static func insert(_ entry: OutboxEntry, _ hot: HotStatements) throws {
        let statement = try hot[.insertEntry]
        Self.bind(entry, to: statement)
        statement.bind(14, entry.observedHubSpot?.values.bytes)
        statement.bind(15, entry.observedHubSpot?.stamp.milliseconds)
        statement.bind(16, entry.observedSalesforce?.values.bytes)
        statement.bind(17, entry.observedSalesforce?.stamp.milliseconds)
        try statement.run()
    }

    /// Replaces an entry; one that has come to its end leaves the outbox.
    static func replace(_ entry: OutboxEntry, _ hot: HotStatements) throws {
        guard entry.state.isOpen else {
            let ended = try hot[.endEntry]
            ended.bind(1, entry.id)
            try ended.run()
            return
        }
        for name in [HotSQL.updateEntry, .moveEntry] {
            let statement = try hot[name]
            Self.bind(entry, to: statement)
            statement.bind(14, entry.id)
            if try statement.run() == 1 { return }
        }
    }

    private static func bind(_ entry: OutboxEntry, to statement: HotStatement) {
        statement.bind(1, entry.state.rawValue)
        statement.bind(2, StoreCoding.payload(entry))
        statement.bind(3, entry.notBefore)
        statement.bind(4, Int64(entry.priority.rawValue))
        statement.bind(5, entry.mapping)
        statement.bind(6, entry.link)
        statement.bind(7, entry.target.rawValue)
        statement.bind(8, entry.object)
        statement.bind(9, entry.kind.rawValue)
        statement.bind(10, entry.targetID)
        statement.bind(11, entry.sourceID)
        statement.bind(12, StoreCoding.key(entry))
        statement.bind(13, entry.needsGuard)
    }

    static func observe(_ observed: EntryObservation, _ database: Database) throws {
        let (values, stamp) =
            observed.side == .hubspot
            ? ("hubspotValues", "hubspotStamp") : ("salesforceValues", "salesforceStamp")
        let statement = try HotStatement(
            database,
            "UPDATE outbox SET \(values) = ?, \(stamp) = ? WHERE id = ?"
        )
        statement.bind(1, observed.observation.values.bytes)
        statement.bind(2, observed.observation.stamp.milliseconds)
        statement.bind(3, observed.entry)
        try statement.run()
    }

    static func unpark(_ parked: ParkedRecord, _ hot: HotStatements) throws {
        let statement = try hot[.unpark]
        statement.bind(1, parked.mapping)
        statement.bind(2, parked.side.rawValue)
        statement.bind(3, parked.remoteID)
        statement.bind(4, parked.cause.rawValue)
        try statement.run()
    }

    /// Parking anew would not do it: a read that waits is not brought forward by what parks its record again.
    static func wakeParked(of mapping: String, now: Int64, _ database: Database) throws {
        try database.cachedStatement(
            sql: """
                UPDATE parked SET notBefore = ?1
                WHERE mapping = ?2 AND notBefore > ?1 AND cause <> 'flapping'
                """
        ).execute(arguments: [now, mapping])
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
                WHEN cause = 'parent' AND excluded.cause <> 'history' THEN cause
                ELSE excluded.cause END
                """
        ).execute(
            arguments: [
                parked.mapping, parked.side.rawValue, parked.remoteID, parked.object,
                parked.cause.rawValue, parked.since, parked.notBefore,
            ]
        )
    }
}
