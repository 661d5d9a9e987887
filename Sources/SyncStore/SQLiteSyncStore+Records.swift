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
        return try self.readAtOnce { database in
            let links = try Self.links(database, mapping, side)
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

    package func compare(
        mapping: String,
        side: Side,
        rows: [RecordRow]
    ) async throws(SyncError) -> [StoredRecord] {
        try self.readAtOnce { database in
            let links = try Self.links(database, mapping, side)
            let find = try Self.openEntries(database, mapping, from: side)
            return try rows.map { row in
                links.bind(2, row.id)
                let stored: StoredRecord? = try links.first { found in
                    if find == nil, StoreCoding.isInStep(found, with: row, on: side) {
                        return .inStep(stamp: StoreCoding.stamp(found, on: side))
                    }
                    let link = try StoreCoding.link(found)
                    return .known(LoadedRecord(remoteID: row.id, link: link, entries: []))
                }
                guard let find else { return stored ?? .unknown }
                let link = stored?.record?.link
                let entries = try find(link, row.id)
                guard link != nil || !entries.isEmpty else { return .unknown }
                return .known(LoadedRecord(remoteID: row.id, link: link, entries: entries))
            }
        }
    }

    /// Finds a link by the id of its record: a point look-up each on a prepared statement, so that the
    /// planner cannot choose a scan.
    private static func links(
        _ database: Database,
        _ mapping: String,
        _ side: Side
    ) throws -> HotStatement {
        let column = side == .hubspot ? "hubspotID" : "salesforceID"
        let links = try HotStatement(
            database,
            "SELECT \(StoreCoding.linkColumns) FROM link WHERE mapping = ? AND \(column) = ?"
        )
        links.bind(1, mapping)
        return links
    }

    /// Finds the open entries of a link, and the creates from a record; `nil` while there are none.
    private static func openEntries(
        _ database: Database,
        _ mapping: String,
        from side: Side
    ) throws -> ((Link?, String) throws -> [OutboxEntry])? {
        let any = try HotStatement(
            database,
            """
            SELECT EXISTS(SELECT 1 FROM outbox),
            EXISTS(SELECT 1 FROM outbox WHERE link IS NULL AND mapping = ?)
            """
        )
        any.bind(1, mapping)
        let found = try any.first { (any: $0.integer(0) == 1, creates: $0.integer(1) == 1) }
        guard let found, found.any else { return nil }
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
            guard found.creates else { return entries }
            bySource.bind(2, id)
            try bySource.forEach { entries.append(try StoreCoding.entry($0)) }
            return entries
        }
    }

    package func commit(_ commit: PageCommit) async throws(SyncError) -> [CommitConflict] {
        let isEmpty =
            commit.marks.isEmpty && commit.unstage.isEmpty && commit.backfill == nil
            && commit.records.allSatisfy(\.isEmpty) && commit.relations?.stirred == nil
        // A page without news and with the marks it found need not be written.
        guard !isEmpty else { return [] }
        let now = self.wallMilliseconds()
        return try self.write { database in
            let hot = HotStatements(database)
            var conflicts: [CommitConflict] = []
            var there = try Self.there(database)
            there.notes = commit.relations
            for (index, record) in commit.records.enumerated() where !record.isEmpty {
                if !record.raise.isEmpty { there.findings = true }
                if !record.wait.isEmpty { there.waiting = true }
                guard record.freeze.isEmpty else {
                    var applied = false
                    try database.inSavepoint {
                        applied = try Self.apply(record, now: now, there, hot)
                        return applied ? .commit : .rollback
                    }
                    if !applied { conflicts.append(CommitConflict(index: index)) }
                    continue
                }
                if try !Self.apply(record, now: now, there, hot) {
                    conflicts.append(CommitConflict(index: index))
                }
            }
            if let notes = commit.relations { try Self.markStirred(notes, database) }
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

    /// What there is at all: most pages resolve findings and wake records that are not there, and one look
    /// spares statements for each record.
    private struct There {
        var findings: Bool
        var waiting: Bool
        /// Records whose ties wait for the counterpart of another one.
        var relations: Bool
        var notes: RelationNotes?
    }

    private static func there(_ database: Database) throws -> There {
        let look = try HotStatement(
            database,
            """
            SELECT EXISTS(SELECT 1 FROM finding), EXISTS(SELECT 1 FROM waiting),
            EXISTS(SELECT 1 FROM relationWait)
            """
        )
        let there = try look.first { row in
            There(
                findings: row.integer(0) == 1,
                waiting: row.integer(1) == 1,
                relations: row.integer(2) == 1
            )
        }
        return there ?? There(findings: true, waiting: true, relations: true)
    }

    // MARK: - One record

    /// Applies one decision whole; answers `false`, with nothing applied, if its link has moved on.
    private static func apply(
        _ record: RecordCommit,
        now: Int64,
        _ there: There,
        _ hot: HotStatements
    ) throws -> Bool {
        var newLink: Int64?
        if let link = record.link {
            if link.id == 0 {
                guard let id = try Self.insert(link, hot) else { return false }
                newLink = id
            } else if try !Self.update(link, hot) {
                return false
            }
            if there.waiting { try Self.wake(link, now: now, hot) }
            if there.relations { try Self.wakeRelations(link, hot.database) }
            if let notes = there.notes, newLink != nil || notes.areUpdatesNoted {
                for relation in notes.relations {
                    let id = newLink ?? link.id
                    try Self.mark(relation, id, isWhole: newLink != nil, hot.database)
                }
            }
        }
        for link in record.freeze where try !Self.update(link, hot) { return false }
        for entry in record.entries {
            if entry.id == 0 {
                var entry = entry
                entry.link = entry.link ?? (entry.kind == .update ? newLink : nil)
                try Self.insert(entry, hot)
            } else {
                var entry = entry
                // A create whose earlier attempt may still land closes the new link's record too.
                entry.link = entry.link ?? (entry.state == .landed ? newLink : nil)
                try Self.replace(entry, hot)
            }
        }
        for observed in record.observed { try Self.observe(observed, hot.database) }
        // What was parked is answered first: the answer may park it again.
        for parked in record.unpark {
            try Self.unpark(parked, hot)
        }
        for parked in record.park { try Self.park(parked, hot.database) }
        if let mapping = record.wakes { try Self.wakeParked(of: mapping, now: now, hot.database) }
        for record in record.endsWait { try Self.endWait(record, hot) }
        try Self.wait(record.wait, now: now, hot)
        for finding in record.resolve where there.findings {
            try Self.resolve(finding, hot.database)
        }
        for finding in record.raise { try Self.raise(finding, now: now, hot.database) }
        for entry in record.journal { try Self.append(entry, hot) }
        for told in record.told { try Self.save(told, hot.database) }
        return true
    }

    /// Inserts a link; `nil` if either record has one already.
    private static func insert(_ link: Link, _ hot: HotStatements) throws -> Int64? {
        let statement = try hot[.insertLink]
        Self.bind(link, to: statement)
        Self.bindNames(link, to: statement)
        guard try statement.run() == 1 else { return nil }
        let id = hot.database.lastInsertedRowID
        if link.state != .active {
            let note = try HotStatement(hot.database, StatusSchema.noteNewLink)
            note.bind(1, link.mapping)
            note.bind(2, link.hubspotID)
            try note.run()
        }
        return id
    }

    /// Replaces the version that was decided on; `false` if that one is not there any more, or if
    /// another link has either record.
    private static func update(_ link: Link, _ hot: HotStatements) throws -> Bool {
        for name in [HotSQL.updateLink, .moveLink] {
            let statement = try hot[name]
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

    static func save(_ mark: FeedMark, _ database: Database) throws {
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
