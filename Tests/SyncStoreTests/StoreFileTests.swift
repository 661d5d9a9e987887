import Foundation
import GRDB
import SyncCore
import SyncStore
import Testing

/// The store's file: who may open it, what happens to it when things go wrong.
struct StoreFileTests {
    /// A folder of the test's own, gone at its end.
    private final class Folder {
        let url: URL

        init() throws {
            self.url = FileManager.default.temporaryDirectory
                .appendingPathComponent(
                    "duet-store-\(ProcessInfo.processInfo.globallyUniqueString)"
                )
            try FileManager.default.createDirectory(at: self.url, withIntermediateDirectories: true)
        }

        deinit { try? FileManager.default.removeItem(at: self.url) }

        var path: String { self.url.appendingPathComponent("duet.sqlite").path }

        func open() throws -> SQLiteSyncStore {
            try SQLiteSyncStore.open(path: self.path, now: { 1 })
        }

        /// The file as SQLite sees it, behind the store's back.
        func raw(_ sql: String) throws {
            let database = try DatabaseQueue(path: self.path)
            try database.write { try $0.execute(sql: sql) }
            try database.close()
        }
    }

    @Test func `what was committed is there after the process has ended`() async throws {
        let folder = try Folder()
        let store = try folder.open()
        _ = try await store.commit(PageCommit(records: [RecordCommit(link: Samples.link())]))
        store.close()
        let again = try folder.open()
        #expect(try await again.linkCount(mapping: "contacts") == 1)
        again.close()
    }

    @Test func `only the owner may read the files: they hold tokens and people's data`()
        async throws
    {
        let folder = try Folder()
        let store = try folder.open()
        try await store.setText("token", for: "secret")
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.url.path) {
            let attributes = try FileManager.default.attributesOfItem(
                atPath: folder.url.appendingPathComponent(name).path
            )
            let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue
            #expect(mode == 0o600, "\(name)")
        }
        store.close()
    }

    @Test func `a second process is told so in a sentence`() throws {
        let folder = try Folder()
        let store = try folder.open()
        let error = #expect(throws: SyncError.self) { try folder.open() }
        #expect(error?.code == .storeBusy)
        #expect(error?.cause.contains("is using this store.") == true)
        store.close()
        try folder.open().close()
    }

    @Test func `a file that is no store, and a store of a newer version, are left as they are`()
        throws
    {
        let folder = try Folder()
        let text = Data("this is my shopping list, not a database at all".utf8)
        try text.write(to: URL(fileURLWithPath: folder.path))
        #expect(throws: SyncError.self) { try folder.open() }
        #expect(FileManager.default.contents(atPath: folder.path) == text)

        let newer = try Folder()
        try newer.open().close()
        try newer.raw("INSERT INTO grdb_migrations VALUES ('9999-from-the-future')")
        let error = #expect(throws: SyncError.self) { try newer.open() }
        #expect(error?.code == .newerFormat)
    }

    @Test func `a preview works on a copy: decisions stay there, calls go to the store`()
        async throws
    {
        let folder = try Folder()
        let store = try folder.open()
        let copy = try store.copyForPreview()
        _ = try await copy.commit(PageCommit(records: [RecordCommit(link: Samples.link())]))
        _ = try await copy.reserve(
            LedgerCall(side: .hubspot, endpoint: "search", purpose: "detect", sentAt: 5)
        )
        #expect(try await copy.linkCount(mapping: "contacts") == 1)
        #expect(try await store.linkCount(mapping: "contacts") == 0)
        #expect(try await store.calls(since: 0).count == 1)
        copy.close()
        try folder.open().close()
    }

    @Test func `a full disk is said, and what was stored stays readable`() async throws {
        let folder = try Folder()
        let store = try folder.open()
        _ = try await store.commit(PageCommit(records: [RecordCommit(link: Samples.link())]))
        try store.limitPages(toMore: 1)
        var failed: SyncError?
        for number in 2..<2_000 where failed == nil {
            do {
                _ = try await store.commit(
                    PageCommit(records: [RecordCommit(link: Samples.link(number))])
                )
            } catch {
                failed = error
            }
        }
        #expect(failed?.code == .storeFull)
        #expect(failed?.cause == "The disk is full; the store kept what it had.")
        let known = try await store.load(mapping: "contacts", side: .hubspot, ids: ["101"])
        #expect(known.first?.link?.hubspotBase == Samples.link().hubspotBase)
        store.close()
        try folder.open().close()
    }

    @Test func `a damaged entry is an error with a next step, not a crash`() async throws {
        let folder = try Folder()
        let store = try folder.open()
        _ = try await store.commit(
            PageCommit(records: [RecordCommit(entries: [Samples.entry(link: 1)])])
        )
        store.close()
        try folder.raw("UPDATE outbox SET payload = x'FFFF'")
        let again = try folder.open()
        await #expect {
            _ = try await again.entries(EntryQuery(states: [.planned], limit: 9))
        } throws: { error in
            (error as? SyncError)?.code == .storeDamaged
        }
        again.close()
    }

    @Test(arguments: [
        "SELECT * FROM link WHERE mapping = ? AND hubspotID = ?",
        "SELECT * FROM link WHERE mapping = ? AND salesforceID = ?",
        "SELECT * FROM outbox WHERE link = ?",
        "SELECT * FROM outbox WHERE mapping = ? AND sourceID = ? AND link IS NULL AND target = ?",
        "SELECT * FROM outbox WHERE state IN (?) AND target = ? ORDER BY priority, id LIMIT ?",
        "SELECT * FROM journal WHERE hubspotID = ? AND mapping = ? AND at > ?",
        "SELECT * FROM call WHERE side = ? AND sentAt >= ?",
    ])
    func `the look-ups of every page use an index`(sql: String) throws {
        let folder = try Folder()
        try folder.open().close()
        let database = try DatabaseQueue(path: folder.path)
        let plan = try database.read { database in
            try Row.fetchAll(
                database,
                sql: "EXPLAIN QUERY PLAN " + sql.replacingOccurrences(of: "?", with: "1")
            ).map { $0["detail"] as String }
        }
        let scans = plan.filter { !$0.hasPrefix("SEARCH") }
        #expect(scans.isEmpty, "\(plan)")
        try database.close()
    }
}
