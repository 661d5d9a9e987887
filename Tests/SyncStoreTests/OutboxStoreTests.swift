import SyncCore
import SyncStore
import Testing

struct OutboxStoreTests {
    private func insert(_ store: SQLiteSyncStore, _ entries: [OutboxEntry]) async throws {
        _ = try await store.commit(PageCommit(records: [RecordCommit(entries: entries)]))
    }

    @Test(arguments: [
        OutboxEntry.State.unmatched, .planned, .sent, .unknown, .landed,
    ])
    func `an open entry comes back as it was stored`(state: OutboxEntry.State) async throws {
        let store = try Samples.store()
        try await self.insert(store, [Samples.entry(link: 4, state: state, notBefore: 77)])
        let found = try await store.entries(EntryQuery(states: [state], limit: 9))
        var expected = Samples.entry(link: 4, state: state, notBefore: 77)
        expected.id = try #require(found.first?.id)
        #expect(found == [expected])
        #expect(try await store.nextWait() == 77)
    }

    @Test(arguments: [OutboxEntry.State.confirmed, .rejected, .superseded])
    func `an entry that ended leaves the outbox`(state: OutboxEntry.State) async throws {
        let store = try Samples.store()
        try await self.insert(store, [Samples.entry(link: 4)])
        var entry = try #require(
            try await store.entries(EntryQuery(states: [.planned], limit: 9)).first
        )
        entry.state = state
        try await self.insert(store, [entry])
        #expect(try await store.outboxCounts().isEmpty)
    }

    @Test func `entries are handed out by urgency, then age, page by page, when they are ready`()
        async throws
    {
        let store = try Samples.store()
        try await self.insert(
            store,
            [
                Samples.entry(link: 1, priority: .backfill), Samples.entry(link: 2),
                Samples.entry(link: 3, priority: .manual, notBefore: 100), Samples.entry(link: 4),
                Samples.entry(link: 5, target: .hubspot, priority: .manual),
            ]
        )
        var links: [Int64?] = []
        var after: EntryQuery.Place?
        while true {
            let page = try await store.entries(
                EntryQuery(
                    mapping: "contacts",
                    target: .salesforce,
                    states: [.planned],
                    readyAt: 99,
                    after: after,
                    limit: 2
                )
            )
            guard let last = page.last else { break }
            links += page.map(\.link)
            after = EntryQuery.Place(last)
        }
        #expect(links == [2, 4, 1])
        let late = try await store.entries(
            EntryQuery(target: .salesforce, states: [.planned], readyAt: 100, limit: 1)
        )
        #expect(late.map(\.link) == [3])
        #expect(
            try await store.entries(EntryQuery(mapping: "x", states: [.planned], limit: 9)).isEmpty
        )
    }

    @Test func `sending adds an attempt and is durable for all entries of the call`() async throws {
        let store = try Samples.store()
        try await self.insert(store, [Samples.entry(link: 1), Samples.entry(link: 2)])
        let ids = try await store.entries(EntryQuery(states: [.planned], limit: 9)).map(\.id)
        _ = try await store.markSent(ids + [999], at: 123)
        let sent = try await store.entries(EntryQuery(states: [.sent], limit: 9))
        #expect(sent.map { $0.attempts.last } == [.init(sentAt: 123), .init(sentAt: 123)])
        let counts = try await store.outboxCounts()
        #expect(counts.map(\.count) == [2])
        #expect(counts.map(\.state) == [.sent])
    }

    @Test func `entries are counted by mapping, target, kind and state`() async throws {
        let store = try Samples.store()
        var other = Samples.entry(link: 3)
        (other.mapping, other.target) = ("accounts", .hubspot)
        let plans = [Samples.entry(link: 1), Samples.entry(link: nil, sourceID: "5"), other]
        try await self.insert(store, plans + [Samples.entry(link: 2)])
        let first = try await store.entries(EntryQuery(states: [.planned], limit: 1)).map(\.id)
        _ = try await store.markSent(first, at: 123)
        let counts = try await store.outboxCounts()
        let told = counts.map { "\($0.mapping) \($0.target) \($0.kind) \($0.state) \($0.count)" }
        #expect(told == Self.counted)
    }

    private static let counted = [
        "accounts hubspot update planned 1", "contacts salesforce create planned 1",
        "contacts salesforce update planned 1", "contacts salesforce update sent 1",
    ]

    @Test func `open creates are found by the record they come from`() async throws {
        let store = try Samples.store()
        try await self.insert(store, [Samples.entry(link: nil, sourceID: "555")])
        let known = try await store.load(mapping: "contacts", side: .hubspot, ids: ["555", "556"])
        #expect(known.map(\.remoteID) == ["555"])
        #expect(known.first?.link == nil)
        #expect(known.first?.entries.count == 1)
        #expect(try await store.load(mapping: "contacts", side: .salesforce, ids: ["555"]).isEmpty)
    }
}
