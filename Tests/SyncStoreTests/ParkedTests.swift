import SyncCore
import SyncStore
import Testing

struct ParkedTests {
    private func park(_ store: SQLiteSyncStore, _ records: [ParkedRecord]) async throws {
        _ = try await store.commit(PageCommit(records: [RecordCommit(park: records)]))
    }

    @Test(
        arguments: [
            ParkedRecord.Cause.staleRow, .openEntry, .readBack, .missing, .history, .flapping,
            .parent,
            .parentless,
        ]
    )
    func `a parked id comes back with every cause`(cause: ParkedRecord.Cause) async throws {
        let store = try StoreSamples.store()
        let record = ParkedRecord(
            mapping: "people",
            side: .salesforce,
            object: "Lead",
            remoteID: "00Q",
            cause: cause,
            since: 3,
            notBefore: 9
        )
        try await self.park(store, [record])
        #expect(try await store.parked(ready: 9, limit: 10) == [record])
        #expect(try await store.parked(ready: 8, limit: 10).isEmpty)
        #expect(try await store.parkedCount() == 1)
    }

    /// A stale row only waits for the next one: it puts off no read that another cause asks for.
    @Test func `parking again keeps the first time; a stale row gives way to every other cause`()
        async throws
    {
        let store = try StoreSamples.store()
        try await self.park(store, [StoreSamples.parked("1", since: 10, notBefore: 50)])
        try await self.park(store, [StoreSamples.parked("1", since: 15, notBefore: 90)])
        #expect(
            try await store.parked(ready: .max, limit: 10) == [
                StoreSamples.parked("1", since: 10, notBefore: 50)
            ],
            "stale rows that come again and again do not put the read off"
        )
        let history = StoreSamples.parked("1", cause: .history, since: 10, notBefore: 40)
        try await self.park(store, [history])
        #expect(try await store.parked(ready: .max, limit: 10) == [history])
        try await self.park(store, [StoreSamples.parked("1", since: 30, notBefore: 60)])
        #expect(try await store.parked(ready: .max, limit: 10) == [history])
        try await self.park(
            store,
            [StoreSamples.parked("1", cause: .openEntry, since: 30, notBefore: 60)]
        )
        #expect(
            try await store.parked(ready: .max, limit: 10) == [
                StoreSamples.parked("1", cause: .openEntry, since: 10, notBefore: 60)
            ],
            "of two reads the later wait and the newest cause count"
        )
    }

    /// Found by the simulator (`rules` 2): the row that came after a stale one showed nothing new, and
    /// the field that was held stayed apart for good.
    @Test func `a stale row neither takes the place of a held field's read nor keeps it off`()
        async throws
    {
        let store = try StoreSamples.store()
        let held = StoreSamples.parked("1", cause: .flapping, since: 10, notBefore: 90)
        let stale = StoreSamples.parked("1", since: 20, notBefore: 40)
        let both = StoreSamples.parked("1", cause: .flapping, since: 10, notBefore: 40)
        try await self.park(store, [held])
        try await self.park(store, [stale])
        #expect(try await store.parked(ready: .max, limit: 10) == [both])
        try await self.park(store, [StoreSamples.parked("1", since: 30, notBefore: 95)])
        _ = try await store.commit(PageCommit(records: [RecordCommit(unpark: [stale])]))
        #expect(try await store.parked(ready: .max, limit: 10) == [both])
        _ = try await store.commit(PageCommit(records: [RecordCommit(unpark: [held])]))
        try await self.park(store, [StoreSamples.parked("1", since: 10, notBefore: 40), held])
        #expect(try await store.parked(ready: .max, limit: 10) == [both])
    }

    @Test func `an id that was parked anew for another cause is not taken out`() async throws {
        let store = try StoreSamples.store()
        let stale = StoreSamples.parked("1", since: 10)
        try await self.park(store, [stale])
        try await self.park(store, [StoreSamples.parked("1", cause: .history, since: 10)])
        _ = try await store.commit(PageCommit(records: [RecordCommit(unpark: [stale])]))
        #expect(try await store.parkedCount() == 1)
    }

    @Test func `what kept a mapping's records is over: all are due, but those that flap`()
        async throws
    {
        let store = try StoreSamples.store(now: 50)
        var other = StoreSamples.parked("3", since: 10, notBefore: 90)
        other.mapping = "others"
        let flapping = StoreSamples.parked("2", cause: .flapping, since: 10, notBefore: 90)
        let waiting = StoreSamples.parked("1", cause: .missing, since: 10, notBefore: 90)
        let ready = StoreSamples.parked("0", cause: .missing, since: 10, notBefore: 5)
        try await self.park(store, [other, flapping, waiting, ready])
        var commit = RecordCommit()
        commit.wakes = waiting.mapping
        #expect(!commit.isEmpty)
        _ = try await store.commit(PageCommit(records: [commit]))
        let now = try await store.parked(ready: .max, limit: 9).filter { $0.remoteID == "1" }
        #expect(now.map(\.notBefore) == [50])
        let others = try await store.parked(ready: .max, limit: 9).filter { $0.remoteID != "1" }
        #expect(others == [ready, flapping, other])
    }

    @Test func `the longest parked comes first, up to the limit`() async throws {
        let store = try StoreSamples.store()
        try await self.park(
            store,
            [
                StoreSamples.parked("c", since: 2), StoreSamples.parked("b", since: 2),
                StoreSamples.parked("d", since: 1), StoreSamples.parked("a", since: 3),
            ]
        )
        let found = try await store.parked(ready: 0, limit: 3)
        #expect(found.map(\.remoteID) == ["d", "b", "c"])
    }

    @Test func `taking one out leaves its namesakes elsewhere`() async throws {
        let store = try StoreSamples.store()
        let record = StoreSamples.parked("1")
        var otherSide = record
        otherSide.side = .salesforce
        var otherMapping = record
        otherMapping.mapping = "people"
        try await self.park(store, [record, otherSide, otherMapping])
        _ = try await store.commit(PageCommit(records: [RecordCommit(unpark: [record])]))
        let left = try await store.parked(ready: 0, limit: 10)
        #expect(Set(left) == [otherSide, otherMapping])
    }

    @Test func `a decision can take out an id and park it anew with another wait`() async throws {
        let store = try StoreSamples.store()
        try await self.park(store, [StoreSamples.parked("1", notBefore: 90)])
        #expect(try await store.parkedCount() == 1)
        _ = try await store.commit(
            PageCommit(records: [RecordCommit(unpark: [StoreSamples.parked("1")])])
        )
        try await self.park(store, [StoreSamples.parked("1", notBefore: 5)])
        #expect(try await store.parked(ready: 5, limit: 1).count == 1)
    }
}
