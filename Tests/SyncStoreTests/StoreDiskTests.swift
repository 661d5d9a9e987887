import SyncCore
import SyncStore
import Testing

struct StoreDiskTests {
    private func store(_ sabotage: Sabotage? = nil) throws -> SQLiteSyncStore {
        try SQLiteSyncStore.inMemory(now: { 1_790_000_000_000 }, sabotage: sabotage)
    }

    @Test func `every commit is synced unless the store is broken on purpose`() throws {
        #expect(try self.store().isSynced())
        #expect(try !self.store(.neverSyncs).isSynced())
    }

    @Test func `an image brings back what the store held`() async throws {
        let store = try self.store()
        let before = try store.fingerprint()
        let image = try store.image()
        let mark = FeedMark(
            side: .hubspot,
            object: "contacts",
            read: ServerTime(milliseconds: 2),
            confirmed: ServerTime(milliseconds: 1)
        )
        _ = try await store.commit(PageCommit(marks: [mark]))
        #expect(try store.fingerprint() != before)
        try store.restore(image)
        #expect(try store.fingerprint() == before)
        #expect(try await store.marks().isEmpty)
    }

    @Test func `a store whose parts do not fit together says so`() async throws {
        let store = try self.store()
        #expect(try store.faults().isEmpty)
        let mark = FeedMark(
            side: .hubspot,
            object: "contacts",
            read: ServerTime(milliseconds: 1),
            confirmed: ServerTime(milliseconds: 2)
        )
        _ = try await store.commit(PageCommit(marks: [mark]))
        #expect(try store.faults().count == 1)
    }
}
