import GRDB
package import SyncCore
import Synchronization

/// What a simulated disk asks of the store: whether commits are synced, copies, and its health.
extension SQLiteSyncStore {
    /// The whole store as it was at one moment.
    package struct Image: Sendable {
        fileprivate let database: DatabaseQueue
    }

    /// Whether a commit is on the disk when its call returns.
    package func isSynced() throws(SyncError) -> Bool {
        // 2 is FULL, 3 is EXTRA.
        try self.read { try (Int.fetchOne($0, sql: "PRAGMA synchronous") ?? 0) >= 2 }
    }

    /// Tells each statement from now on, for those who count them.
    package func tellStatements(
        _ told: @escaping @Sendable (String) -> Void
    ) throws(SyncError) {
        try self.read { database in
            database.trace(options: .statement) { told("\($0)") }
        }
    }

    package func image() throws(SyncError) -> Image {
        do {
            let copy = try DatabaseQueue()
            try self.database.backup(to: copy)
            return Image(database: copy)
        } catch {
            throw StoreFailure.syncError(error)
        }
    }

    package func restore(_ image: Image) throws(SyncError) {
        do {
            try image.database.backup(to: self.database)
            self.erasuresKnown.store(0, ordering: .relaxed)
        } catch {
            throw StoreFailure.syncError(error)
        }
    }

    /// Lets the store grow no further, as a full disk does, or lets it grow again.
    package func setFull(_ isFull: Bool) throws(SyncError) {
        do {
            try self.database.writeWithoutTransaction { database in
                let pages = try Int64.fetchOne(database, sql: "PRAGMA page_count") ?? 1
                let most = isFull ? max(1, pages) : Self.pagesMax
                _ = try Int64.fetchOne(database, sql: "PRAGMA max_page_count=\(most)")
            }
        } catch {
            throw StoreFailure.syncError(error)
        }
    }

    /// The history from its start, without the first so many lines.
    package func journal(after count: Int) throws(SyncError) -> [JournalEntry] {
        try self.read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT * FROM journal ORDER BY id LIMIT -1 OFFSET ?",
                arguments: [count]
            ).compactMap(Self.journalEntry)
        }
    }

    /// Whether a text stands anywhere in the store's tables.
    package func holds(_ text: String) throws(SyncError) -> Bool {
        let bytes = Array(text.utf8)
        return try self.read { database in
            let tables = try String.fetchAll(
                database,
                sql: "SELECT name FROM sqlite_master WHERE type = 'table'"
            )
            for table in tables {
                let rows = try Row.fetchCursor(database, sql: "SELECT * FROM \"\(table)\"")
                while let row = try rows.next() {
                    let isThere = row.contains { _, value in
                        switch value.storage {
                        case .string(let stored): stored.utf8.contains(bytes)
                        case .blob(let stored): stored.contains(bytes)
                        case .null, .int64, .double: false
                        }
                    }
                    if isThere { return true }
                }
            }
            return false
        }
    }

    /// As many as SQLite allows.
    private static let pagesMax: Int64 = 4_294_967_294

    /// A short text that differs wherever two states of the store differ in what was stored last.
    package func fingerprint() throws(SyncError) -> String {
        try self.read { database in
            try String.fetchOne(
                database,
                sql: """
                    SELECT (SELECT count(*) || ',' || total(version) FROM link) || ' '
                        || (SELECT count(*) || ',' || total(id) FROM outbox) || ' '
                        || (SELECT total(id) FROM journal) || ' '
                        || (SELECT total(id) || ',' || count(answeredAt) FROM call) || ' '
                        || (SELECT total(read) || ',' || total(confirmed) FROM feed)
                    """
            ) ?? ""
        }
    }

    /// What is broken in the file or does not fit together; empty for a store that is whole.
    package func faults() throws(SyncError) -> [String] {
        try self.read { database in
            let check = try String.fetchAll(database, sql: "PRAGMA integrity_check(10)")
            var faults = check == ["ok"] ? [] : check
            let orphans =
                try Int.fetchOne(
                    database,
                    sql: """
                        SELECT count(*) FROM outbox
                        WHERE link IS NOT NULL AND link NOT IN (SELECT id FROM link)
                        """
                ) ?? 0
            if orphans > 0 { faults.append("\(orphans) writes belong to no pair") }
            let late =
                try Int.fetchOne(
                    database,
                    sql: "SELECT count(*) FROM feed WHERE confirmed > read"
                ) ?? 0
            if late > 0 { faults.append("\(late) feeds are confirmed beyond what was read") }
            return faults
        }
    }
}
