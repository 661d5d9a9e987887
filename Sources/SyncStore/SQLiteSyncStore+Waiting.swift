import GRDB
package import SyncCore

/// Records that refer to others, and wait for these to get a counterpart.
extension SQLiteSyncStore {
    package func counterparts(
        mapping: String,
        side: Side,
        ids: [String]
    ) async throws(SyncError) -> [String: String] {
        guard !ids.isEmpty else { return [:] }
        let (own, other) =
            side == .hubspot ? ("hubspotID", "salesforceID") : ("salesforceID", "hubspotID")
        return try self.readAtOnce { database in
            let find = try HotStatement(
                database,
                """
                SELECT \(other) FROM link
                WHERE mapping = ? AND \(own) = ? AND state IN \(StoreCoding.wholeStates)
                """
            )
            find.bind(1, mapping)
            var found: [String: String] = [:]
            for id in Set(ids) {
                find.bind(2, id)
                if let counterpart = try find.first({ $0.text(0) }) { found[id] = counterpart }
            }
            return found
        }
    }

    package func departed(
        mapping: String,
        side: Side,
        ids: [String]
    ) async throws(SyncError) -> Set<String> {
        guard !ids.isEmpty else { return [] }
        let own = side == .hubspot ? "hubspotID" : "salesforceID"
        return try self.readAtOnce { database in
            let find = try HotStatement(
                database,
                "SELECT state FROM link WHERE mapping = ? AND \(own) = ?"
            )
            find.bind(1, mapping)
            var gone: Set<String> = []
            for id in ids {
                find.bind(2, id)
                let state = try find.first({ $0.text(0) }).flatMap(Link.State.init(rawValue:))
                if state?.isGone(from: side) == true { gone.insert(id) }
            }
            return gone
        }
    }

    package func waits(
        mapping: String,
        side: Side,
        ids: [String]
    ) async throws(SyncError) -> [String: [References.Record]] {
        guard !ids.isEmpty else { return [:] }
        return try self.readAtOnce { database in
            let any = try HotStatement(database, "SELECT EXISTS(SELECT 1 FROM waiting)")
            guard try any.first({ $0.integer(0) }) == 1 else { return [:] }
            let find = try HotStatement(
                database,
                """
                SELECT parentMapping, parentID FROM waiting
                WHERE mapping = ? AND side = ? AND remoteID = ? ORDER BY parentMapping, parentID
                """
            )
            find.bind(1, mapping)
            find.bind(2, side.rawValue)
            var found: [String: [References.Record]] = [:]
            for id in Set(ids) {
                find.bind(3, id)
                try find.forEach { row in
                    found[id, default: []].append(
                        .init(mapping: row.text(0), side: side, id: row.text(1))
                    )
                }
            }
            return found
        }
    }

    package func releaseHeld(all: Bool) async throws(SyncError) -> Int {
        let now = self.wallMilliseconds()
        return try self.write { database in
            let isHeld = try Bool.fetchOne(
                cached: database,
                sql: "SELECT EXISTS(SELECT 1 FROM waiting WHERE isHeld = 1)"
            )
            guard isHeld == true else { return 0 }
            if all { return try Self.release(where: "1", now: now, database) }
            // Whoever waits for one that is held itself waits with it; only where all that is left waits in
            // a circle does it end.
            let released = try Self.release(
                where:
                    "NOT EXISTS(\(Self.ownParent) AND (\(Self.isOnItsWay) OR \(Self.isHeldItself)))",
                now: now,
                database
            )
            guard released == 0 else { return released }
            let isMoving = try Bool.fetchOne(
                database,
                sql:
                    "SELECT EXISTS(SELECT 1 FROM waiting AS p WHERE p.isHeld = 1 AND \(Self.isOnItsWay))"
            )
            guard isMoving == false else { return 0 }
            return try Self.release(where: "1", now: now, database)
        }
    }

    package func waitingCount() async throws(SyncError) -> Int {
        try self.read { database in
            try Int.fetchOne(
                cached: database,
                sql: """
                    SELECT COUNT(*) FROM (SELECT DISTINCT mapping, side, remoteID FROM waiting
                    WHERE parentMapping <> ?)
                    """,
                arguments: [Owners.mapping]
            ) ?? 0
        }
    }

    /// Who waits for what, for whoever holds a store against what it should know.
    package func waitingRecords(limit: Int) async throws(SyncError) -> [WaitingRecord] {
        try self.read { database in
            try Row.fetchAll(
                cached: database,
                sql: "SELECT * FROM waiting ORDER BY mapping, side, remoteID, parentID LIMIT ?",
                arguments: [limit]
            ).compactMap { row in
                guard let side = Side(rawValue: row["side"]) else { return nil }
                return WaitingRecord(
                    mapping: row["mapping"],
                    side: side,
                    object: row["object"],
                    remoteID: row["remoteID"],
                    parent: .init(mapping: row["parentMapping"], side: side, id: row["parentID"]),
                    isHeld: row["isHeld"]
                )
            }
        }
    }

    // MARK: - Pieces

    /// What a record that is held waits for.
    private static let ownParent = """
        SELECT 1 FROM waiting AS p WHERE p.mapping = waiting.mapping AND p.side = waiting.side
        AND p.remoteID = waiting.remoteID AND p.isHeld = 1
        """

    /// Whether a look at a parent or a write of its counterpart will still tell something.
    private static let isOnItsWay = """
        (EXISTS(SELECT 1 FROM outbox WHERE outbox.mapping = p.parentMapping
        AND outbox.sourceID = p.parentID AND outbox.link IS NULL AND outbox.target <> p.side)
        OR EXISTS(SELECT 1 FROM parked WHERE parked.mapping = p.parentMapping
        AND parked.side = p.side AND parked.remoteID = p.parentID))
        """

    private static let isHeldItself = """
        EXISTS(SELECT 1 FROM waiting AS q WHERE q.mapping = p.parentMapping AND q.side = p.side
        AND q.remoteID = p.parentID AND q.isHeld = 1)
        """

    private static func release(
        where condition: String,
        now: Int64,
        _ database: Database
    ) throws -> Int {
        let held = try Row.fetchAll(
            database,
            sql: """
                SELECT DISTINCT mapping, side, remoteID, object FROM waiting
                WHERE isHeld = 1 AND \(condition)
                """
        )
        for row in held {
            guard let side = Side(rawValue: row["side"]) else { continue }
            try Self.park(
                ParkedRecord(
                    mapping: row["mapping"],
                    side: side,
                    object: row["object"],
                    remoteID: row["remoteID"],
                    cause: .parentless,
                    since: now
                ),
                database
            )
            try database.cachedStatement(
                sql: "UPDATE waiting SET isHeld = 0 WHERE mapping = ? AND side = ? AND remoteID = ?"
            ).execute(
                arguments: [row["mapping"] as String, side.rawValue, row["remoteID"] as String]
            )
        }
        return held.count
    }

    /// Parks what waited for either of a link's records.
    static func wake(_ link: Link, now: Int64, _ hot: HotStatements) throws {
        guard link.state.isWhole else { return }
        for side in Side.allCases {
            let parent = References.Record(
                mapping: link.mapping,
                side: side,
                id: link.recordID(on: side)
            )
            try Self.wake(parent, now: now, hot)
        }
    }

    /// Parks what waited for a record or an owner.
    static func wake(_ parent: References.Record, now: Int64, _ hot: HotStatements) throws {
        let find = try hot[.findWaiting]
        find.bind(1, parent.mapping)
        find.bind(2, parent.side.rawValue)
        find.bind(3, parent.id)
        var woken: [ParkedRecord] = []
        try find.forEach { row in
            woken.append(
                ParkedRecord(
                    mapping: row.text(0),
                    side: parent.side,
                    object: row.text(1),
                    remoteID: row.text(2),
                    cause: .parent,
                    since: now
                )
            )
        }
        guard !woken.isEmpty else { return }
        for parked in woken { try Self.park(parked, hot.database) }
        try hot.database.cachedStatement(
            sql: "DELETE FROM waiting WHERE parentMapping = ? AND side = ? AND parentID = ?"
        ).execute(arguments: [parent.mapping, parent.side.rawValue, parent.id])
    }

    static func endWait(_ record: References.Record, _ hot: HotStatements) throws {
        let end = try hot[.endWait]
        end.bind(1, record.mapping)
        end.bind(2, record.side.rawValue)
        end.bind(3, record.id)
        try end.run()
    }

    /// Notes what a record waits for; what was linked since the decision is read at once.
    static func wait(_ records: [WaitingRecord], now: Int64, _ hot: HotStatements) throws {
        guard let first = records.first else { return }
        let database = hot.database
        try Self.endWait(.init(mapping: first.mapping, side: first.side, id: first.remoteID), hot)
        for record in records {
            let parent = record.parent
            let column = parent.side == .hubspot ? "hubspotID" : "salesforceID"
            let isLinked = try Bool.fetchOne(
                cached: database,
                sql: """
                    SELECT EXISTS(SELECT 1 FROM link
                    WHERE mapping = ? AND \(column) = ?
                    AND state IN \(StoreCoding.wholeStates))
                    """,
                arguments: [parent.mapping, parent.id]
            )
            guard isLinked != true else {
                try Self.park(
                    ParkedRecord(
                        mapping: record.mapping,
                        side: record.side,
                        object: record.object,
                        remoteID: record.remoteID,
                        cause: .parent,
                        since: now
                    ),
                    database
                )
                continue
            }
            try database.cachedStatement(
                sql: """
                    INSERT OR REPLACE INTO waiting(mapping, side, remoteID, object, parentMapping,
                    parentID, isHeld) VALUES (?, ?, ?, ?, ?, ?, ?)
                    """
            ).execute(
                arguments: [
                    record.mapping, record.side.rawValue, record.remoteID, record.object,
                    parent.mapping, parent.id, record.isHeld,
                ]
            )
        }
    }
}
