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
            let links = try database.cachedStatement(
                sql: "SELECT * FROM link WHERE mapping = ? AND \(column) = ?"
            )
            let byLink = try database.cachedStatement(sql: "SELECT * FROM outbox WHERE link = ?")
            let bySource = try database.cachedStatement(
                sql: """
                    SELECT * FROM outbox WHERE mapping = ? AND sourceID = ? AND link IS NULL
                    AND target = ?
                    """
            )
            let hasEntries = try Bool.fetchOne(
                cached: database,
                sql: "SELECT EXISTS(SELECT 1 FROM outbox)"
            )
            return try Array(Set(ids)).sorted().compactMap { id in
                let row = try Row.fetchOne(links, arguments: [mapping, id])
                let link = try row.map(StoreCoding.link)
                var entries: [OutboxEntry] = []
                if hasEntries == true {
                    if let link {
                        entries = try Row.fetchAll(byLink, arguments: [link.id])
                            .map(StoreCoding.entry)
                    }
                    let arguments: StatementArguments = [mapping, id, side.other.rawValue]
                    entries += try Row.fetchAll(bySource, arguments: arguments)
                        .map(StoreCoding.entry)
                }
                guard link != nil || !entries.isEmpty else { return nil }
                return LoadedRecord(remoteID: id, link: link, entries: entries)
            }
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
            try database.cachedStatement(
                sql: """
                    DELETE FROM parked WHERE mapping = ? AND side = ? AND remoteID = ? AND cause = ?
                    """
            ).execute(
                arguments: [
                    parked.mapping, parked.side.rawValue, parked.remoteID, parked.cause.rawValue,
                ]
            )
        }
        for parked in record.park { try Self.park(parked, database) }
        for finding in record.resolve where resolves { try Self.resolve(finding, database) }
        for finding in record.raise { try Self.raise(finding, now: now, database) }
        for entry in record.journal { try Self.append(entry, database) }
        return true
    }

    /// Inserts a link; `nil` if either record has one already.
    private static func insert(_ link: Link, _ database: Database) throws -> Int64? {
        let taken = try Bool.fetchOne(
            try database.cachedStatement(
                sql: """
                    SELECT EXISTS(SELECT 1 FROM link WHERE mapping = ?1 AND hubspotID = ?2)
                    OR EXISTS(SELECT 1 FROM link WHERE mapping = ?1 AND salesforceID = ?3)
                    """
            ),
            arguments: [link.mapping, link.hubspotID, link.salesforceID]
        )
        guard taken == false else { return nil }
        try database.cachedStatement(
            sql: """
                INSERT INTO link(mapping, hubspotID, salesforceID, salesforceObject, state, version,
                hubspotBase, salesforceBase, hubspotStamp, salesforceStamp, writtenAt,
                schemaRevision) VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: Self.arguments(link))
        return database.lastInsertedRowID
    }

    /// Replaces the version that was decided on; `false` if that one is not there any more.
    private static func update(_ link: Link, _ database: Database) throws -> Bool {
        let taken = try Bool.fetchOne(
            try database.cachedStatement(
                sql: """
                    SELECT EXISTS(SELECT 1 FROM link WHERE mapping = ?2 AND hubspotID = ?3 AND id <> ?1)
                    OR EXISTS(SELECT 1 FROM link WHERE mapping = ?2 AND salesforceID = ?4 AND id <> ?1)
                    """
            ),
            arguments: [link.id, link.mapping, link.hubspotID, link.salesforceID]
        )
        guard taken == false else { return false }
        try database.cachedStatement(
            sql: """
                UPDATE link SET mapping = ?, hubspotID = ?, salesforceID = ?, salesforceObject = ?,
                state = ?, version = version + 1, hubspotBase = ?, salesforceBase = ?,
                hubspotStamp = ?, salesforceStamp = ?, writtenAt = ?, schemaRevision = ?
                WHERE id = ? AND version = ?
                """
        ).execute(arguments: Self.arguments(link) + [link.id, link.version])
        return database.changesCount == 1
    }

    private static func arguments(_ link: Link) -> StatementArguments {
        [
            link.mapping, link.hubspotID, link.salesforceID, link.salesforceObject,
            link.state.rawValue, link.hubspotBase?.bytes.data, link.salesforceBase?.bytes.data,
            link.hubspotStamp?.milliseconds, link.salesforceStamp?.milliseconds,
            link.writtenAt, link.schemaRevision,
        ]
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
