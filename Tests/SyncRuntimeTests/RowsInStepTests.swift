import HTTPTransport
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// Pages whose rows bring nothing new.
struct RowsInStepTests {
    private static let base = StepFixture.blob("Ada")
    private let store: SQLiteSyncStore
    private let syncer: ObjectSyncer
    private let lookups = Locked(0)

    init() throws {
        self.store = try SQLiteSyncStore.inMemory { 10_000 }
        self.syncer = ObjectSyncer(
            mapping: StepFixture.step([("firstname", .text)]).mapping,
            required: [:],
            settings: RuntimeSettings(),
            store: self.store,
            time: SteppedTime()
        )
        let lookups = self.lookups
        try self.store.tellStatements { text in
            if text.contains("FROM link WHERE mapping") { lookups.withLock { $0 += 1 } }
        }
    }

    private func link(_ id: String, _ other: String) async throws {
        var link = StepFixture.link(Self.base)
        (link.id, link.hubspotID, link.salesforceID) = (0, id, other)
        link.hubspotStamp = ServerTime(milliseconds: 5_000)
        _ = try await self.store.commit(PageCommit(records: [RecordCommit(link: link)]))
    }

    private static func page(_ sequence: UInt64, _ rows: [RecordRow]) -> RecordPage {
        RecordPage(
            side: .hubspot,
            sent: RequestSequence(sequence),
            ended: RequestSequence(sequence + 1),
            serverTime: ServerTime(milliseconds: 9_000),
            rows: rows
        )
    }

    private static func row(_ id: String, _ stamp: Int64, _ values: RecordBlob) -> RecordRow {
        RecordRow(
            id: id,
            object: "contacts",
            stamp: ServerTime(milliseconds: stamp),
            values: values,
            counterpartID: "003"
        )
    }

    /// Rows that are compared where they lie are looked up one by one, those that are read whole once an id.
    private func isCompared(_ sequence: UInt64) async throws -> Bool {
        self.lookups.withLock { $0 = 0 }
        let row = Self.row("2", 6_000, Self.base)
        _ = try await self.syncer.receive(Self.page(sequence, [row, row]))
        return self.lookups.withLock { $0 } == 2
    }

    @Test func `a stale row of a record that is gone does not end the comparing for good`()
        async throws
    {
        try await self.link("1", "003A")
        try await self.link("2", "003B")
        #expect(try await self.isCompared(1))
        // An index that lags shows an old version of a record that nobody can read any more.
        let stale = Self.row("1", 100, StepFixture.blob("Old"))
        _ = try await self.syncer.receive(Self.page(3, [stale]))
        let parked = try await self.store.parked(ready: .max, limit: 10)
        #expect(parked.map(\.remoteID) == ["1"])
        try await self.syncer.missing(["1"], on: .hubspot, unpark: parked)
        #expect(try await self.store.parked(ready: .max, limit: 10).isEmpty)
        #expect(try await self.isCompared(5))
    }

    @Test func `a look that no decision takes does not end it either`() async throws {
        try await self.link("1", "003A")
        try await self.link("2", "003B")
        var held = Self.page(1, [Self.row("003A", 100, Self.base)])
        held.side = .salesforce
        await self.syncer.holdForHistory(held)
        // The record that the look was for has gone meanwhile.
        try await self.syncer.missing(["1"], on: .hubspot, unpark: [])
        #expect(try await self.isCompared(3))
    }
}
