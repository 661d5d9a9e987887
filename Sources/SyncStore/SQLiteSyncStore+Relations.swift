import GRDB
package import SyncCore

/// What both CRMs agree on about the ties between records, and whose are to be looked at.
extension SQLiteSyncStore {
    package func relationsDue(
        _ relation: String,
        ready wallMilliseconds: Int64,
        limit: Int
    ) async throws(SyncError) -> [DueRelation] {
        try self.readAtOnce { database in
            let due = try HotStatement(
                database,
                """
                SELECT due.link, due.version, due.isWhole
                FROM relationDue AS due INDEXED BY relationDueByTime
                JOIN link ON link.id = due.link AND link.state = 'active'
                WHERE due.relation = ? AND due.notBefore <= ?
                ORDER BY due.notBefore, due.link LIMIT ?
                """
            )
            due.bind(1, relation)
            due.bind(2, wallMilliseconds)
            due.bind(3, Int64(limit))
            var marked: [(link: Int64, version: Int64, whole: Int64)] = []
            try due.forEach { row in
                marked.append((row.integer(0), row.integer(1), row.integer(2)))
            }
            guard !marked.isEmpty else { return [] }
            let find = try HotStatement(
                database,
                "SELECT \(StoreCoding.linkColumns) FROM link WHERE id = ?"
            )
            let sent = try Self.sent(relation, database)
            return try marked.compactMap { mark in
                find.bind(1, mark.link)
                guard let link = try find.first(StoreCoding.link) else { return nil }
                var due = DueRelation(
                    link: link,
                    version: mark.version,
                    isWhole: mark.whole > 0,
                    isTold: mark.whole == Self.told
                )
                due.sent = sent[link.id] ?? []
                if due.isTold { due.told = try Self.told(relation, link.id, database) }
                return due
            }
        }
    }

    package func relations(
        _ relation: String,
        parents: [Int64]
    ) async throws(SyncError) -> [Int64: [Int64: Set<String>]] {
        try self.readAtOnce { database in
            let find = try HotStatement(
                database,
                "SELECT child, roles FROM relation WHERE relation = ? AND parent = ?"
            )
            find.bind(1, relation)
            var found: [Int64: [Int64: Set<String>]] = [:]
            for parent in parents {
                find.bind(2, parent)
                try find.forEach { row in
                    let roles = row.text(1).split(separator: "\n").map(String.init)
                    found[parent, default: [:]][row.integer(0)] = Set(roles)
                }
            }
            return found
        }
    }

    /// The links with these numbers.
    package func links(ids: [Int64]) async throws(SyncError) -> [Link] {
        try self.readAtOnce { database in
            let find = try HotStatement(
                database,
                "SELECT \(StoreCoding.linkColumns) FROM link WHERE id = ?"
            )
            return try Set(ids).sorted().compactMap { id in
                find.bind(1, id)
                return try find.first(StoreCoding.link)
            }
        }
    }

    package func keepRelations(
        _ relation: String,
        madeUpAs makeUp: String,
        walk: String
    ) async throws(SyncError) {
        let name = "relation: \(relation)"
        let known = try await self.text(name)
        guard known != makeUp else { return }
        try self.write { database in
            let save = "INSERT OR REPLACE INTO text(name, value) VALUES (?, ?)"
            try database.execute(sql: save, arguments: [name, makeUp])
            guard known != nil else { return }
            for table in ["relation", "relationSent"] {
                let forget = "DELETE FROM \(table) WHERE relation = ?"
                try database.execute(sql: forget, arguments: [relation])
            }
            try database.execute(sql: "DELETE FROM text WHERE name = ?", arguments: [walk])
        }
    }

    package func commit(_ commit: RelationCommit) async throws(SyncError) {
        let now = self.wallMilliseconds()
        try self.write { database in
            let hot = HotStatements(database)
            for link in commit.due {
                try Self.mark(commit.relation, link, whole: Self.walked, hot.database)
            }
            if let due = commit.dueInSalesforce {
                try Self.mark(commit.relation, due.told, of: due.mapping, database)
            }
            for agreement in commit.agreements {
                try Self.save(agreement, commit.relation, database)
            }
            for wait in commit.waits { try Self.save(wait, commit.relation, database) }
            for sent in commit.sent { try Self.save(sent, commit.relation, database) }
            for tie in commit.answered {
                try database.cachedStatement(
                    sql: "DELETE FROM relationSent WHERE relation = ? AND parent = ? AND child = ?"
                ).execute(arguments: [commit.relation, tie.parent, tie.child])
            }
            for done in commit.done {
                try database.cachedStatement(
                    sql: """
                        DELETE FROM relationDue WHERE relation = ? AND link = ? AND version = ?
                        """
                ).execute(arguments: [commit.relation, done.link.id, done.version])
                // Marked again meanwhile: nothing of this look is on its way any more.
                try database.cachedStatement(
                    sql: """
                        UPDATE relationDue SET notBefore = 0
                        WHERE relation = ? AND link = ? AND notBefore <> ?
                        """
                ).execute(arguments: [commit.relation, done.link.id, Self.restingMark])
                try database.cachedStatement(
                    sql: "DELETE FROM relationSent WHERE relation = ? AND parent = ?"
                ).execute(arguments: [commit.relation, done.link.id])
                try Self.forgetTold(commit.relation, done.link.id, database)
            }
            for later in commit.later {
                try database.cachedStatement(
                    sql: """
                        UPDATE relationDue SET notBefore = ?, isWhole = MAX(isWhole, 1)
                        WHERE relation = ? AND link = ? AND notBefore <> ?
                        """
                ).execute(
                    arguments: [
                        commit.notBefore, commit.relation, later.link.id, Self.restingMark,
                    ]
                )
            }
            for finding in commit.resolve { try Self.resolve(finding, database) }
            for finding in commit.raise { try Self.raise(finding, now: now, database) }
            for entry in commit.journal { try Self.append(entry, hot) }
            for mark in commit.marks { try Self.save(mark, database) }
        }
    }

    /// How many records have ties that are still to be looked at.
    package func dueRelationCount(_ relation: String) async throws(SyncError) -> Int {
        try self.read { database in
            try Int.fetchOne(
                cached: database,
                sql: """
                    SELECT COUNT(*) FROM relationDue AS due
                    JOIN link ON link.id = due.link AND link.state = 'active'
                    WHERE due.relation = ?
                    """,
                arguments: [relation]
            ) ?? 0
        }
    }

    // MARK: - Pieces

    /// Marks a link whose ties are to be looked at.
    static func mark(
        _ relation: String,
        _ link: Int64,
        isWhole: Bool,
        _ database: Database
    ) throws {
        try Self.mark(relation, link, whole: isWhole ? Self.walked : 0, database)
    }

    /// That Salesforce is read whatever HubSpot shows, and that its feed told of the link: in `isWhole`.
    private static let (walked, told): (Int64, Int64) = (1, 2)

    private static func mark(
        _ relation: String,
        _ link: Int64,
        whole: Int64,
        _ database: Database
    ) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO relationDue(relation, link, isWhole, version, notBefore)
                SELECT ?1, id, ?3, 1, CASE state WHEN 'active' THEN 0 ELSE ?4 END
                FROM link WHERE id = ?2
                ON CONFLICT(relation, link) DO UPDATE SET
                isWhole = MAX(isWhole, excluded.isWhole), version = version + 1
                """
        ).execute(arguments: [relation, link, whole, Self.restingMark])
    }

    /// When marks of links that are not active are looked at: the trigger `linkRests` sets it, and takes it away.
    private static let restingMark = Int64.max

    private static func mark(
        _ relation: String,
        _ told: [String: Set<String>],
        of mapping: String,
        _ database: Database
    ) throws {
        let insert = "INSERT OR IGNORE INTO relationTold(relation, link, child) VALUES (?, ?, ?)"
        for (id, children) in told.sorted(by: { $0.key < $1.key }) {
            let link = try Int64.fetchOne(
                cached: database,
                sql: "SELECT id FROM link WHERE mapping = ? AND salesforceID = ?",
                arguments: [mapping, id]
            )
            guard let link else { continue }
            try Self.mark(relation, link, whole: Self.told, database)
            for child in children.sorted() {
                try database.cachedStatement(sql: insert)
                    .execute(arguments: [relation, link, child])
            }
        }
    }

    /// The other ends of a link's ties that Salesforce told of.
    private static func told(
        _ relation: String,
        _ link: Int64,
        _ database: Database
    ) throws -> Set<String> {
        try String.fetchSet(
            database.cachedStatement(
                sql: "SELECT child FROM relationTold WHERE relation = ? AND link = ?"
            ),
            arguments: [relation, link]
        )
    }

    /// Forgets what was told of a link that is marked no longer.
    private static func forgetTold(
        _ relation: String,
        _ link: Int64,
        _ database: Database
    ) throws {
        try database.cachedStatement(
            sql: """
                DELETE FROM relationTold WHERE relation = ?1 AND link = ?2
                AND NOT EXISTS(SELECT 1 FROM relationDue WHERE relation = ?1 AND link = ?2)
                """
        ).execute(arguments: [relation, link])
    }

    /// Marks links whose HubSpot records have moved stamps: ties may have moved them.
    static func markStirred(_ notes: RelationNotes, _ database: Database) throws {
        guard let (mapping, ids) = notes.stirred else { return }
        for id in ids {
            let link = try Int64.fetchOne(
                cached: database,
                sql: "SELECT id FROM link WHERE mapping = ? AND hubspotID = ?",
                arguments: [mapping, id]
            )
            guard let link else { continue }
            for relation in notes.relations {
                try Self.mark(relation, link, isWhole: false, database)
            }
        }
    }

    /// Brings back the parents that wait for either of a link's records.
    static func wakeRelations(_ link: Link, _ database: Database) throws {
        guard link.state.isWhole else { return }
        for side in Side.allCases {
            let rows = try Row.fetchAll(
                cached: database,
                sql: """
                    SELECT relation, link FROM relationWait
                    WHERE mapping = ? AND side = ? AND remoteID = ?
                    """,
                arguments: [link.mapping, side.rawValue, link.recordID(on: side)]
            )
            guard !rows.isEmpty else { continue }
            for row in rows { try Self.mark(row["relation"], row["link"], isWhole: true, database) }
            try database.cachedStatement(
                sql: "DELETE FROM relationWait WHERE mapping = ? AND side = ? AND remoteID = ?"
            ).execute(arguments: [link.mapping, side.rawValue, link.recordID(on: side)])
        }
    }

    private static func save(
        _ agreement: RelationCommit.Agreement,
        _ relation: String,
        _ database: Database
    ) throws {
        guard let roles = agreement.roles else {
            try database.cachedStatement(
                sql: "DELETE FROM relation WHERE relation = ? AND parent = ? AND child = ?"
            ).execute(arguments: [relation, agreement.parent, agreement.child])
            return
        }
        try database.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO relation(relation, parent, child, roles) VALUES (?, ?, ?, ?)
                """
        ).execute(
            arguments: [
                relation, agreement.parent, agreement.child,
                roles.sorted().joined(separator: "\n"),
            ]
        )
    }

    /// What was written and not answered, by the parents' links: those of one pass at most.
    private static func sent(
        _ relation: String,
        _ database: Database
    ) throws -> [Int64: [SentTie]] {
        let rows = try Row.fetchAll(
            cached: database,
            sql: "SELECT parent, child, side, roles FROM relationSent WHERE relation = ?",
            arguments: [relation]
        )
        let sent = rows.compactMap { row -> SentTie? in
            let roles: String? = row["roles"]
            return Side(rawValue: row["side"]).map { side in
                SentTie(
                    parent: row["parent"],
                    child: row["child"],
                    side: side,
                    roles: roles.map { Set($0.split(separator: "\n").map(String.init)) }
                )
            }
        }
        return Dictionary(grouping: sent, by: \.parent)
    }

    private static func save(_ sent: SentTie, _ relation: String, _ database: Database) throws {
        try database.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO relationSent(relation, parent, child, side, roles)
                VALUES (?, ?, ?, ?, ?)
                """
        ).execute(
            arguments: [
                relation, sent.parent, sent.child, sent.side.rawValue,
                sent.roles.map { $0.sorted().joined(separator: "\n") },
            ]
        )
    }

    private static func save(
        _ wait: RelationCommit.Wait,
        _ relation: String,
        _ database: Database
    ) throws {
        try database.cachedStatement(
            sql: """
                INSERT OR IGNORE INTO relationWait(mapping, side, remoteID, relation, link)
                VALUES (?, ?, ?, ?, ?)
                """
        ).execute(
            arguments: [
                wait.child.mapping, wait.child.side.rawValue, wait.child.id, relation, wait.parent,
            ]
        )
    }
}
