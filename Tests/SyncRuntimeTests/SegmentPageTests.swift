import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// What a syncer makes of pages while it knows that the segment is gone.
struct SegmentPageTests {
    private let store: SQLiteSyncStore
    private let syncer: ObjectSyncer

    init() throws {
        self.store = try SQLiteSyncStore.inMemory { 10_000 }
        var mapping = StepFixture.step([("firstname", .text), ("segment", .boolean)]).mapping
        mapping.fields[1].rule = .dontSync
        mapping.inclusion.segment = .init(list: "7", name: "Customers", index: 1)
        self.syncer = ObjectSyncer(
            mapping: mapping,
            required: [:],
            settings: RuntimeSettings(),
            store: self.store,
            time: SteppedTime()
        )
    }

    private func receive(
        _ sequence: UInt64,
        _ name: String,
        at stamp: Int64,
        asksSegments: Bool = false,
        isUndecided: Bool = false
    ) async throws {
        var row = RecordRow(
            id: "1",
            object: "contacts",
            stamp: ServerTime(milliseconds: stamp),
            values: StepFixture.blob(name, isUndecided ? "" : "true"),
            counterpartID: "003"
        )
        row.isUndecided = isUndecided
        var page = RecordPage(
            side: .hubspot,
            sent: RequestSequence(sequence),
            ended: RequestSequence(sequence + 1),
            serverTime: ServerTime(milliseconds: 9_000),
            rows: [row]
        )
        page.asksSegments = asksSegments
        _ = try await self.syncer.receive(page)
    }

    private func planned() async throws -> Int {
        try await self.store.outboxCounts().reduce(0) { $0 + $1.count }
    }

    /// Found by the simulator (`segments`): a poll whose memberships were known from before went by them.
    @Test func `a page that asked for no membership decides nothing while the segment is gone`()
        async throws
    {
        var link = StepFixture.link(StepFixture.blob("Ada", "true"))
        link.id = 0
        _ = try await self.store.commit(PageCommit(records: [RecordCommit(link: link)]))
        try await self.receive(1, "Ada", at: 5_000, asksSegments: true, isUndecided: true)
        #expect(try await self.store.isOpen(self.gone))
        // Of a pair both sides are read then: no poll shows again what the other one has of news.
        let waiting = try await self.store.parked(ready: .max, limit: 9)
        #expect(waiting.map(\.cause) == [.history])
        try await self.receive(3, "Eve", at: 6_000)
        #expect(try await self.planned() == 0)
        #expect(try await self.store.parked(ready: .max, limit: 9).map(\.cause) == [.history])
        #expect(try await self.store.parked(ready: 10_000, limit: 9).isEmpty)
        // A page that asked brings it back, and with it who waited.
        try await self.receive(5, "Eve", at: 6_000, asksSegments: true)
        #expect(try await !self.store.isOpen(self.gone))
        #expect(try await self.planned() == 1)
        #expect(try await self.store.parked(ready: 10_000, limit: 9).count == 1)
    }

    @Test func `a syncer that starts anew knows from the store that the segment is gone`()
        async throws
    {
        var link = StepFixture.link(StepFixture.blob("Ada", "true"))
        link.id = 0
        _ = try await self.store.commit(
            PageCommit(records: [RecordCommit(link: link, raise: [self.gone])])
        )
        try await self.receive(1, "Eve", at: 6_000)
        #expect(try await self.planned() == 0)
        #expect(try await self.store.parkedCount() == 1)
    }

    private var gone: Finding {
        Finding(code: .segmentGone, mapping: "contacts", details: ["Customers"])
    }
}
