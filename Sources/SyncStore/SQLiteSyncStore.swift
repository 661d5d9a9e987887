import Foundation
import GRDB
package import SyncCore
import Synchronization

/// A pair's state in one SQLite file: WAL, `synchronous=FULL`, one connection, one process.
///
/// Every method is one short synchronous transaction; none suspends, so that a caller's state
/// cannot change under it.
package final class SQLiteSyncStore: SyncStore {
    let database: DatabaseQueue
    private let lock: StoreLock?
    /// The store whose ledger, texts and accounts a preview's copy uses.
    let original: SQLiteSyncStore?
    private let temporaryPath: String?
    private let now: @Sendable () -> Int64
    /// Whether anybody was erased: 0 where nobody has looked yet, 1 for nobody, 2 for somebody.
    let erasuresKnown = Atomic<Int>(0)
    /// How many previews this process made: each has a file of its own.
    private static let previews = Atomic<Int>(0)

    /// Opens the store or makes a new one; the file belongs to this process until it is closed.
    ///
    /// `now`: wall milliseconds, for findings.
    package static func open(
        path: String,
        now: @escaping @Sendable () -> Int64
    ) throws(SyncError) -> SQLiteSyncStore {
        let lock = try StoreLock(path: path + ".lock")
        do {
            try Self.prepareFile(path)
            let database = try DatabaseQueue(path: path, configuration: Self.configuration)
            try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode=WAL") }
            try Self.migrate(database)
            // Without room for a copy of the file it stays due.
            try? Self.finishErasures(database)
            let store = SQLiteSyncStore(database: database, lock: lock, now: now)
            _ = try store.hasErasures()
            return store
        } catch {
            lock.unlock()
            throw StoreFailure.syncError(error)
        }
    }

    /// Opens what is there to look at it, also while another process writes it; nothing can be written by it.
    ///
    /// A connection that only reads writes no page and makes no checkpoint (SQLite: WAL, read-only databases).
    ///
    /// - Returns: `nil` where there is no file, or one of an earlier version that must be brought up to date first.
    package static func openForReading(
        path: String,
        now: @escaping @Sendable () -> Int64
    ) throws(SyncError) -> SQLiteSyncStore? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        do {
            var configuration = GRDB.Configuration()
            configuration.readonly = true
            configuration.busyMode = .timeout(5)
            let database = try DatabaseQueue(path: path, configuration: configuration)
            let migrator = StoreSchema.migrator()
            let isCurrent = try database.read { try migrator.hasCompletedMigrations($0) }
            guard isCurrent else {
                try database.close()
                return nil
            }
            return SQLiteSyncStore(database: database, lock: nil, now: now)
        } catch {
            throw StoreFailure.syncError(error)
        }
    }

    /// A store that is gone with the process, for tests and simulations.
    package static func inMemory(
        now: @escaping @Sendable () -> Int64,
        sabotage: Sabotage? = nil
    ) throws(SyncError) -> SQLiteSyncStore {
        do {
            let database = try DatabaseQueue(configuration: Self.configuration)
            if sabotage == .neverSyncs || sabotage == .syncsMarksLate {
                try database.writeWithoutTransaction {
                    try $0.execute(sql: "PRAGMA synchronous=OFF")
                }
            }
            try Self.migrate(database)
            let store = SQLiteSyncStore(database: database, lock: nil, now: now)
            _ = try store.hasErasures()
            return store
        } catch {
            throw StoreFailure.syncError(error)
        }
    }

    private init(
        database: DatabaseQueue,
        lock: StoreLock?,
        original: SQLiteSyncStore? = nil,
        temporaryPath: String? = nil,
        now: @escaping @Sendable () -> Int64
    ) {
        self.database = database
        self.lock = lock
        self.original = original
        self.temporaryPath = temporaryPath
        self.now = now
    }

    /// A private copy to preview on.
    ///
    /// Decisions go to the copy; calls, texts and accounts, which are real, go to the store
    /// itself. Closing the copy closes both.
    package func copyForPreview() throws(SyncError) -> SQLiteSyncStore {
        do {
            let number = Self.previews.add(1, ordering: .relaxed).newValue
            let name = "\(Self.previewPrefix)\(getpid())-\(self.now())-\(number).sqlite"
            let path = NSTemporaryDirectory() + name
            try Self.prepareFile(path)
            let copy = try DatabaseQueue(path: path, configuration: Self.configuration)
            try self.database.backup(to: copy)
            try copy.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous=OFF") }
            return SQLiteSyncStore(
                database: copy,
                lock: nil,
                original: self,
                temporaryPath: path,
                now: self.now
            )
        } catch {
            throw StoreFailure.syncError(error)
        }
    }

    package func close() {
        try? self.database.close()
        if let temporaryPath = self.temporaryPath {
            for suffix in ["", "-wal", "-shm"] {
                try? FileManager.default.removeItem(atPath: temporaryPath + suffix)
            }
        }
        self.lock?.unlock()
        self.original?.close()
    }

    package func wallMilliseconds() -> Int64 { self.now() }

    /// Lets the file grow by so many pages and no more: a full disk, for tests.
    package func limitPages(toMore pages: Int) throws(SyncError) {
        try self.write { database in
            let count = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            _ = try Int.fetchOne(database, sql: "PRAGMA max_page_count = \(count + pages)")
        }
    }

    // MARK: - Pieces

    func write<Value>(_ body: (Database) throws -> Value) throws(SyncError) -> Value {
        do {
            return try self.database.write { try body($0) }
        } catch {
            throw StoreFailure.syncError(error)
        }
    }

    /// One connection, one caller at a time: nobody can write between two statements of a read.
    ///
    /// GRDB's own `read` sets `PRAGMA query_only` around each call, which makes SQLite throw away
    /// every prepared statement (SQLite: `OP_Expire` after a flag pragma): a poll then spends most
    /// of its time preparing the same statements again.
    func read<Value>(_ body: (Database) throws -> Value) throws(SyncError) -> Value {
        do {
            return try self.database.unsafeRead { try body($0) }
        } catch {
            throw StoreFailure.syncError(error)
        }
    }

    /// A read of many statements in one transaction.
    ///
    /// Outside of one SQLite takes and gives back the file's lock for each statement: two system calls
    /// for every record of a page.
    func readAtOnce<Value>(_ body: (Database) throws -> Value) throws(SyncError) -> Value {
        try self.read { database in
            try database.cachedStatement(sql: "BEGIN DEFERRED").execute()
            defer { try? database.cachedStatement(sql: "COMMIT").execute() }
            return try body(database)
        }
    }

    private static var configuration: GRDB.Configuration {
        var configuration = GRDB.Configuration()
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { database in
            try database.execute(
                sql: """
                    PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16384;
                    PRAGMA wal_autocheckpoint=16384
                    """
            )
        }
        return configuration
    }

    /// Only the owner may read the file: it holds tokens and customers' data.
    private static func prepareFile(_ path: String) throws {
        let descriptor = Foundation.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw DatabaseError(resultCode: .SQLITE_CANTOPEN) }
        Foundation.close(descriptor)
        chmod(path, 0o600)
    }

    private static func migrate(_ database: DatabaseQueue) throws {
        let migrator = StoreSchema.migrator()
        let isNewer = try database.read { try migrator.hasBeenSuperseded($0) }
        guard !isNewer else {
            throw SyncError(
                code: .newerFormat,
                cause: "This store was made by a newer duet.",
                nextStep: "Install that version again, or name another file under `store`."
            )
        }
        try migrator.migrate(database)
    }
}
