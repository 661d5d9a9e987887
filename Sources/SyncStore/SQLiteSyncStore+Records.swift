import GRDB
package import SyncCore

extension SQLiteSyncStore {
    package func marks() async throws(SyncError) -> [FeedMark] {
        try self.read { database in
            try Row.fetchAll(cached: database, sql: "SELECT * FROM feed ORDER BY side, object")
                .compactMap {
                    row in
                    guard let side = Side(rawValue: row["side"]) else { return nil }
                    let bound: Int64? = row["scanLowerBound"]
                    return FeedMark(
                        side: side,
                        object: row["object"],
                        read: ServerTime(milliseconds: row["read"]),
                        confirmed: ServerTime(milliseconds: row["confirmed"]),
                        scanLowerBound: bound.map { ServerTime(milliseconds: $0) },
                        scanLastID: row["scanLastID"]
                    )
                }
        }
    }

    package func load(
        mapping: String,
        side: Side,
        ids: [String]
    ) async throws(SyncError) -> [LoadedRecord] {
        guard !ids.isEmpty else { return [] }
        return try self.read { database in
            let column = side == .hubspot ? "hubspotID" : "salesforceID"
            // A point look-up each on a prepared statement: the planner cannot choose a scan.
            let links = try HotStatement(
                database,
                "SELECT \(StoreCoding.linkColumns) FROM link WHERE mapping = ? AND \(column) = ?"
            )
            links.bind(1, mapping)
            let find = try Self.openEntries(database, mapping, from: side)
            return try Array(Set(ids)).sorted().compactMap { id in
                links.bind(2, id)
                let link = try links.first(StoreCoding.link)
                let entries = try find?(link, id) ?? []
                guard link != nil || !entries.isEmpty else { return nil }
                return LoadedRecord(remoteID: id, link: link, entries: entries)
            }
        }
    }

    /// Finds the open entries of a link, and the creates from a record; `nil` while there are none.
    private static func openEntries(
        _ database: Database,
        _ mapping: String,
        from side: Side
    ) throws -> ((Link?, String) throws -> [OutboxEntry])? {
        let any = try HotStatement(database, "SELECT EXISTS(SELECT 1 FROM outbox)")
        guard try any.first({ $0.integer(0) }) == 1 else { return nil }
        let byLink = try HotStatement(
            database,
            "SELECT \(StoreCoding.entryColumns) FROM outbox WHERE link = ?"
        )
        let bySource = try HotStatement(
            database,
            """
            SELECT \(StoreCoding.entryColumns) FROM outbox WHERE mapping = ? AND sourceID = ?
            AND link IS NULL AND target = ?
            """
        )
        bySource.bind(1, mapping)
        bySource.bind(3, side.other.rawValue)
        return { link, id in
            var entries: [OutboxEntry] = []
            if let link {
                byLink.bind(1, link.id)
                try byLink.forEach { entries.append(try StoreCoding.entry($0)) }
            }
            bySource.bind(2, id)
            try bySource.forEach { entries.append(try StoreCoding.entry($0)) }
            return entries
        }
    }

    package func commit(_ commit: PageCommit) async throws(SyncError) -> [CommitConflict] {
        let isEmpty =
            commit.marks.isEmpty && commit.unstage.isEmpty && commit.backfill == nil
            && commit.records.allSatisfy(\.isEmpty)
        // A page without news and with the marks it found need not be written.
        guard !isEmpty else { return [] }
        let now = self.wallMilliseconds()
        return try self.write { database in
            var conflicts: [CommitConflict] = []
            // Most pages resolve findings that are not there: one look spares a statement a record.
            var resolves = try Bool.fetchOne(
                cached: database,
                sql: "SELECT EXISTS(SELECT 1 FROM finding)"
            )
            for (index, record) in commit.records.enumerated() where !record.isEmpty {
                if !record.raise.isEmpty { resolves = true }
                let resolves = resolves == true
                guard record.freeze.isEmpty else {
                    var applied = false
                    try database.inSavepoint {
                        applied = try Self.apply(record, now: now, resolves: resolves, database)
                        return applied ? .commit : .rollback
                    }
                    if !applied { conflicts.append(CommitConflict(index: index)) }
                    continue
                }
                if try !Self.apply(record, now: now, resolves: resolves, database) {
                    conflicts.append(CommitConflict(index: index))
                }
            }
            // What was not taken is decided again: until then no mark may pass it.
            if conflicts.isEmpty {
                for mark in commit.marks { try Self.save(mark, database) }
            }
            for record in commit.unstage {
                try Self.unstage(record.mapping, record.side, record.row.id, database)
            }
            if let backfill = commit.backfill { try Self.save(backfill, database) }
            return conflicts
        }
    }

    // MARK: - One record

    /// Applies one decision whole; answers `false`, with nothing applied, if its link has moved on.
    private static func apply(
        _ record: RecordCommit,
        now: Int64,
        resolves: Bool,
        _ database: Database
    ) throws -> Bool {
        var newLink: Int64?
        if let link = record.link {
            if link.id == 0 {
                guard let id = try Self.insert(link, database) else { return false }
                newLink = id
            } else if try !Self.update(link, database) {
                return false
            }
        }
        for link in record.freeze where try !Self.update(link, database) { return false }
        for entry in record.entries {
            if entry.id == 0 {
                var entry = entry
                entry.link = entry.link ?? (entry.kind == .update ? newLink : nil)
                try Self.insert(entry, database)
            } else {
                var entry = entry
                // A create whose earlier attempt may still land closes the new link's record too.
                entry.link = entry.link ?? (entry.state == .landed ? newLink : nil)
                try Self.replace(entry, database)
            }
        }
        for observed in record.observed { try Self.observe(observed, database) }
        // What was parked is answered first: the answer may park it again.
        for parked in record.unpark {
            try Self.unpark(parked, database)
        }
        for parked in record.park { try Self.park(parked, database) }
        for finding in record.resolve where resolves { try Self.resolve(finding, database) }
        for finding in record.raise { try Self.raise(finding, now: now, database) }
        for entry in record.journal { try Self.append(entry, database) }
        return true
    }

    /// Inserts a link; `nil` if either record has one already.
    private static func insert(_ link: Link, _ database: Database) throws -> Int64? {
        let statement = try HotStatement(
            database,
            """
            INSERT INTO link(mapping, hubspotID, salesforceID, salesforceObject, state, version,
            hubspotBase, salesforceBase, hubspotStamp, salesforceStamp, writtenAt, schemaRevision)
            VALUES (?9, ?10, ?11, ?1, ?2, 1, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING
            """
        )
        Self.bind(link, to: statement)
        Self.bindNames(link, to: statement)
        return try statement.run() == 1 ? database.lastInsertedRowID : nil
    }

    /// Replaces the version that was decided on; `false` if that one is not there any more, or if
    /// another link has either record.
    private static func update(_ link: Link, _ database: Database) throws -> Bool {
        // Most keep their records: columns that an index holds are then left alone.
        let same = try HotStatement(
            database,
            """
            UPDATE link SET salesforceObject = ?1, state = ?2, version = version + 1,
            hubspotBase = ?3, salesforceBase = ?4, hubspotStamp = ?5, salesforceStamp = ?6,
            writtenAt = ?7, schemaRevision = ?8 WHERE id = ?12 AND version = ?13 AND mapping = ?9
            AND hubspotID = ?10 AND salesforceID = ?11
            """
        )
        let moved = try HotStatement(
            database,
            """
            UPDATE OR IGNORE link SET salesforceObject = ?1, state = ?2, version = version + 1,
            hubspotBase = ?3, salesforceBase = ?4, hubspotStamp = ?5, salesforceStamp = ?6,
            writtenAt = ?7, schemaRevision = ?8, mapping = ?9, hubspotID = ?10, salesforceID = ?11
            WHERE id = ?12 AND version = ?13
            """
        )
        for statement in [same, moved] {
            Self.bind(link, to: statement)
            Self.bindNames(link, to: statement)
            statement.bind(12, link.id)
            statement.bind(13, link.version)
            if try statement.run() == 1 { return true }
        }
        return false
    }

    private static func bind(_ link: Link, to statement: HotStatement) {
        statement.bind(1, link.salesforceObject)
        statement.bind(2, link.state.rawValue)
        statement.bind(3, link.hubspotBase?.bytes)
        statement.bind(4, link.salesforceBase?.bytes)
        statement.bind(5, link.hubspotStamp?.milliseconds)
        statement.bind(6, link.salesforceStamp?.milliseconds)
        statement.bind(7, link.writtenAt)
        statement.bind(8, link.schemaRevision)
    }

    private static func bindNames(_ link: Link, to statement: HotStatement) {
        statement.bind(9, link.mapping)
        statement.bind(10, link.hubspotID)
        statement.bind(11, link.salesforceID)
    }

    private static func save(_ mark: FeedMark, _ database: Database) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO feed(side, object, read, confirmed, scanLowerBound, scanLastID)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT(side, object) DO UPDATE SET read = excluded.read,
                confirmed = excluded.confirmed, scanLowerBound = excluded.scanLowerBound,
                scanLastID = excluded.scanLastID
                """
        ).execute(
            arguments: [
                mark.side.rawValue, mark.object, mark.read.milliseconds,
                mark.confirmed.milliseconds, mark.scanLowerBound?.milliseconds, mark.scanLastID,
            ]
        )
    }
}
