import GRDB
import SyncCore
import SyncStore
import Testing

/// A store that was made before its indexes became narrow.
struct NarrowIndexTests {
    /// Takes the file back to what the version before made of it.
    private static func widen(_ path: String) throws {
        let database = try DatabaseQueue(path: path)
        try database.write { database in
            try database.execute(
                sql: """
                    DROP INDEX outboxByLink;
                    CREATE INDEX outboxByLink ON outbox(link);
                    DROP INDEX outboxBySource;
                    CREATE INDEX outboxBySource ON outbox(mapping, sourceID);
                    DELETE FROM grdb_migrations WHERE identifier = '0004-narrow-indexes';
                    """
            )
        }
        try database.close()
    }

    @Test func `open entries are found by link and by record as before`() async throws {
        let folder = try StoreFolder()
        let store = try folder.open()
        let link = StoreSamples.link("1", "003A")
        _ = try await store.commit(
            PageCommit(records: [
                RecordCommit(link: link),
                RecordCommit(entries: [StoreSamples.update(link: 1)]),
                RecordCommit(entries: [StoreSamples.create(from: "9")]),
            ])
        )
        let before = try await store.load(
            mapping: "contacts",
            side: .salesforce,
            ids: ["003A", "9"]
        )
        store.close()
        try Self.widen(folder.path)
        let again = try folder.open()
        let after = try await again.load(
            mapping: "contacts",
            side: .salesforce,
            ids: ["003A", "9"]
        )
        #expect(after.map(\.entries) == before.map(\.entries))
        #expect(after.map(\.entries.count) == [1, 1])
        again.close()
        let database = try DatabaseQueue(path: folder.path)
        let narrow = try await database.read {
            try Int.fetchOne(
                $0,
                sql: """
                    SELECT count(*) FROM sqlite_schema
                    WHERE type = 'index' AND tbl_name = 'outbox' AND sql LIKE '%WHERE%'
                    """
            )
        }
        #expect(narrow == 2)
        try database.close()
    }

    /// SQLite ends the whole transaction where the disk is full, the savepoint with it.
    @Test func `links that end together on a full disk leave the store as it was`() async throws {
        let folder = try StoreFolder()
        let store = try folder.open()
        var link = StoreSamples.link("1", "003A")
        _ = try await store.commit(PageCommit(records: [RecordCommit(link: link)]))
        (link.id, link.version, link.state) = (1, 1, .frozen)
        var big = StoreSamples.link("2", "003B")
        big.hubspotBase = StoreSamples.blob(String(repeating: "x", count: 100_000))
        try store.limitPages(toMore: 1)
        do {
            _ = try await store.commit(
                PageCommit(records: [RecordCommit(link: big, freeze: [link])])
            )
            Issue.record("the disk is full")
        } catch {
            #expect(error.code == .storeFull)
        }
        try store.setFull(false)
        let kept = try await store.load(mapping: "contacts", side: .hubspot, ids: ["1", "2"])
        #expect(kept.map(\.link?.state) == [.active])
        let conflicts = try await store.commit(
            PageCommit(records: [RecordCommit(link: big, freeze: [link])])
        )
        #expect(conflicts.isEmpty)
        #expect(try await store.linkCount(mapping: "contacts") == 2)
        store.close()
    }
}
