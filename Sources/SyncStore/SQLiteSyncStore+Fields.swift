import GRDB
package import SyncCore

/// Another list of fields: what is stored is brought into its order.
extension SQLiteSyncStore {
    package func move(
        _ change: FieldChange,
        keeping texts: [String: String?]
    ) async throws(SyncError) {
        let now = self.wallMilliseconds()
        try self.write { database in
            if !change.isSame {
                try Self.moveLinks(change, database)
                try Self.moveEntries(change, now: now, database)
                for sql in [
                    "DELETE FROM stage WHERE mapping = ?", "DELETE FROM stageKey WHERE mapping = ?",
                    "DELETE FROM backfill WHERE mapping = ? AND phase <> 'done'",
                ] { try database.execute(sql: sql, arguments: [change.mapping]) }
            }
            for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
                if let text {
                    try database.execute(
                        sql: "INSERT OR REPLACE INTO text VALUES (?, ?)",
                        arguments: [name, text]
                    )
                } else {
                    try database.execute(sql: "DELETE FROM text WHERE name = ?", arguments: [name])
                }
            }
        }
    }

    /// A thousand at a time: there may be millions.
    private static func moveLinks(_ change: FieldChange, _ database: Database) throws {
        let find = try HotStatement(
            database,
            """
            SELECT \(StoreCoding.linkColumns) FROM link WHERE id > ? AND +mapping = ?
            ORDER BY id LIMIT 1000
            """
        )
        let update = try HotStatement(
            database,
            """
            UPDATE link SET hubspotBase = ?, salesforceBase = ?, schemaRevision = ? WHERE id = ?
            """
        )
        var last: Int64 = 0
        while true {
            find.bind(1, last)
            find.bind(2, change.mapping)
            var links: [Link] = []
            try find.forEach { links.append(try StoreCoding.link($0)) }
            guard let end = links.last else { return }
            for link in links {
                let (mine, theirs) = (
                    link.hubspotBase.map(change.moved), link.salesforceBase.map(change.moved)
                )
                // The same list, put back, has the same number: what was never read has none.
                let isRead = [mine, theirs].allSatisfy { $0?.holdsUnread != true }
                update.bind(1, mine?.bytes)
                update.bind(2, theirs?.bytes)
                update.bind(3, isRead ? link.schemaRevision : Link.unreadRevision)
                update.bind(4, link.id)
                try update.run()
            }
            last = end.id
        }
    }

    private static func moveEntries(
        _ change: FieldChange,
        now: Int64,
        _ database: Database
    ) throws {
        let find = try HotStatement(
            database,
            """
            SELECT \(StoreCoding.entryColumns) FROM outbox WHERE id > ? AND mapping = ?
            ORDER BY id LIMIT 1000
            """
        )
        let update = try HotStatement(
            database,
            """
            UPDATE outbox SET payload = ?, hubspotValues = ?, salesforceValues = ? WHERE id = ?
            """
        )
        let end = try HotStatement(database, "DELETE FROM outbox WHERE id = ?")
        var last: Int64 = 0
        while true {
            find.bind(1, last)
            find.bind(2, change.mapping)
            var entries: [OutboxEntry] = []
            try find.forEach { entries.append(try StoreCoding.entry($0)) }
            guard let final = entries.last else { return }
            for entry in entries {
                var moved = entry
                moved.fields = change.moved(entry.fields)
                guard !Self.isDecidedAnew(entry, moved) else {
                    if entry.kind == .create {
                        try Self.park(Self.source(of: entry, change, now: now), database)
                    }
                    end.bind(1, entry.id)
                    try end.run()
                    continue
                }
                update.bind(1, StoreCoding.payload(moved))
                update.bind(2, entry.observedHubSpot.map { change.moved($0.values).bytes })
                update.bind(3, entry.observedSalesforce.map { change.moved($0.values).bytes })
                update.bind(4, entry.id)
                try update.run()
            }
            last = final.id
        }
    }

    /// A new record that nobody has asked for yet is to have the new fields too; a write of nothing is none.
    private static func isDecidedAnew(_ entry: OutboxEntry, _ moved: OutboxEntry) -> Bool {
        guard entry.state == .planned || entry.state == .unmatched, entry.attempts.isEmpty else {
            return false
        }
        switch entry.kind {
        case .create: return true
        case .update: return moved.fields.isEmpty && !entry.writesKey
        case .delete: return false
        }
    }

    private static func source(
        of entry: OutboxEntry,
        _ change: FieldChange,
        now: Int64
    ) -> ParkedRecord {
        ParkedRecord(
            mapping: entry.mapping,
            side: entry.target.other,
            object: entry.target == .salesforce
                ? change.hubspot : change.salesforceObject(ofID: entry.sourceID),
            remoteID: entry.sourceID,
            cause: .missing,
            since: now
        )
    }
}
