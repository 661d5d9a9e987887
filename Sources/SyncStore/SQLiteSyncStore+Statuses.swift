import GRDB
package import SyncCore

/// What records tell of how their pairs stand.
extension SQLiteSyncStore {
    package func keepStatuses(
        _ mapping: String,
        madeUpAs makeUp: String?
    ) async throws(SyncError) {
        let known = try self.read { database in
            try String.fetchOne(
                cached: database,
                sql: "SELECT makeUp FROM statusMapping WHERE mapping = ?",
                arguments: [mapping]
            )
        }
        guard known != makeUp else { return }
        try self.write { database in
            for table in ["status", "statusDue", "statusMapping"] {
                try database.execute(
                    sql: "DELETE FROM \(table) WHERE mapping = ?",
                    arguments: [mapping]
                )
            }
            guard let makeUp else { return }
            try database.execute(
                sql: """
                    INSERT INTO statusMapping(mapping, makeUp, walked, walksTo)
                    SELECT ?1, ?2, 0, IFNULL(MAX(id), 0) FROM link WHERE mapping = ?1
                    """,
                arguments: [mapping, makeUp]
            )
        }
    }

    package func statusesDue(
        _ mapping: String,
        on sides: Set<Side>,
        limit: Int
    ) async throws(SyncError) -> [DueStatus] {
        guard try self.isAnyDue(mapping) else { return [] }
        return try self.write { database in
            try Self.walk(mapping, limit: limit, database)
            return try Self.due(mapping, on: sides, limit: limit, database)
        }
    }

    /// Stores what a record tells; of one that tells that it is in sync nothing is kept.
    static func save(_ told: ToldStatus, _ database: Database) throws {
        let isInSync = told.status == .inSync
        let statement = try HotStatement(
            database,
            isInSync
                ? "DELETE FROM status WHERE mapping = ?1 AND side = ?2 AND remoteID = ?3"
                : """
                INSERT OR REPLACE INTO status(mapping, side, remoteID, told) VALUES (?1, ?2, ?3, ?4)
                """
        )
        statement.bind(1, told.mapping)
        statement.bind(2, told.side.rawValue)
        statement.bind(3, told.id)
        if !isInSync { statement.bind(4, told.status.map { Int64($0.rawValue) } ?? Self.untold) }
        try statement.run()
        let note = try HotStatement(
            database,
            "INSERT OR IGNORE INTO statusDue(mapping, side, remoteID) VALUES (?, ?, ?)"
        )
        // How the pair stands may have changed since it was decided what to tell.
        note.bind(1, told.mapping)
        note.bind(2, told.side.rawValue)
        note.bind(3, told.id)
        try note.run()
    }

    // MARK: - Pieces

    private func isAnyDue(_ mapping: String) throws(SyncError) -> Bool {
        try self.read { database in
            let look = try HotStatement(
                database,
                """
                SELECT EXISTS(SELECT 1 FROM statusDue WHERE mapping = ?1)
                OR EXISTS(SELECT 1 FROM statusMapping WHERE mapping = ?1 AND walked < walksTo)
                """
            )
            look.bind(1, mapping)
            return try look.first { $0.integer(0) == 1 } ?? false
        }
    }

    /// Notes the next of those that were linked before anything was told of them.
    private static func walk(_ mapping: String, limit: Int, _ database: Database) throws {
        let find = try HotStatement(
            database,
            """
            SELECT link.id, hubspotID, salesforceID FROM link JOIN statusMapping USING (mapping)
            WHERE mapping = ?1 AND link.id > walked AND link.id <= walksTo ORDER BY link.id LIMIT ?2
            """
        )
        find.bind(1, mapping)
        find.bind(2, Int64(limit))
        var links: [(id: Int64, hubspot: String, salesforce: String)] = []
        try find.forEach { links.append(($0.integer(0), $0.text(1), $0.text(2))) }
        let note = try HotStatement(
            database,
            "INSERT OR IGNORE INTO statusDue(mapping, side, remoteID) VALUES (?, 'hubspot', ?)"
        )
        let forget = try HotStatement(
            database,
            "INSERT OR REPLACE INTO status(mapping, side, remoteID, told) VALUES (?, ?, ?, \(Self.untold))"
        )
        for link in links {
            note.bind(1, mapping)
            note.bind(2, link.hubspot)
            try note.run()
            for (side, id) in [("hubspot", link.hubspot), ("salesforce", link.salesforce)] {
                forget.bind(1, mapping)
                forget.bind(2, side)
                forget.bind(3, id)
                try forget.run()
            }
        }
        let last = links.count < limit ? "walksTo" : String(links.last?.id ?? 0)
        try database.execute(
            sql: "UPDATE statusMapping SET walked = \(last) WHERE mapping = ? AND walked < walksTo",
            arguments: [mapping]
        )
    }

    private static func due(
        _ mapping: String,
        on sides: Set<Side>,
        limit: Int,
        _ database: Database
    ) throws -> [DueStatus] {
        let marks = try Side.allCases.flatMap { try Self.noted(mapping, $0, limit, database) }
        let done = try HotStatement(
            database,
            "DELETE FROM statusDue WHERE mapping = ? AND side = ? AND remoteID = ?"
        )
        var stands = StatusLook(database, mapping)
        var due: [DueStatus] = []
        for mark in marks {
            let differing = try mark.link.map { try stands.differing($0) } ?? []
            due += differing.filter { sides.contains($0.side) }
            guard differing.isEmpty else { continue }
            done.bind(1, mapping)
            done.bind(2, mark.side.rawValue)
            done.bind(3, mark.id)
            try done.run()
        }
        return due
    }

    /// The records of a side that are noted, with their links; none whose pair has an open entry.
    private static func noted(
        _ mapping: String,
        _ side: Side,
        _ limit: Int,
        _ database: Database
    ) throws -> [(side: Side, id: String, link: Int64?)] {
        let column = side == .hubspot ? "hubspotID" : "salesforceID"
        let noted = try HotStatement(
            database,
            """
            SELECT due.remoteID, link.id FROM statusDue AS due LEFT JOIN link
            ON link.mapping = due.mapping AND link.\(column) = due.remoteID
            WHERE due.mapping = ?1 AND due.side = ?2
            AND NOT EXISTS(SELECT 1 FROM outbox WHERE outbox.link = link.id) LIMIT ?3
            """
        )
        noted.bind(1, mapping)
        noted.bind(2, side.rawValue)
        noted.bind(3, Int64(limit))
        var found: [(side: Side, id: String, link: Int64?)] = []
        try noted.forEach { found.append((side, $0.text(0), $0.integerOrNil(1))) }
        return found
    }

    /// What is kept of a record of which nobody knows what it tells.
    private static let untold: Int64 = 255
}
