import SyncCore
import SyncStore
import Testing

struct RoundTripTests {
    private static let long = String(repeating: "é", count: 300)

    static let links: [Link] = [
        StoreSamples.link("1", "003A"),
        Link(
            mapping: "people",
            hubspotID: "9007199254740993",
            salesforceID: "003000000000001AAA",
            salesforceObject: "Lead",
            state: .frozen,
            hubspotBase: RecordBlob(values: [.blank, FieldValue(normal: Self.long)]),
            salesforceBase: RecordBlob(values: []),
            hubspotStamp: ServerTime(milliseconds: 0),
            salesforceStamp: ServerTime(milliseconds: 1_767_225_600_123),
            schemaRevision: .max
        ),
    ]

    @Test(arguments: RoundTripTests.links)
    func `a link comes back as it was committed, numbered, in its first version`(
        link: Link
    ) async throws {
        let store = try StoreSamples.store()
        let conflicts = try await store.commit(PageCommit(records: [RecordCommit(link: link)]))
        #expect(conflicts.isEmpty)
        var expected = link
        expected.id = 1
        expected.version = 1
        for side in Side.allCases {
            let id = link.recordID(on: side)
            let loaded = try await store.load(mapping: link.mapping, side: side, ids: [id])
            #expect(loaded.map(\.remoteID) == [id])
            #expect(loaded.map(\.link) == [expected])
            #expect(loaded.allSatisfy { $0.entries.isEmpty })
        }
    }

    @Test func `a changed link replaces every field and grows its version`() async throws {
        let store = try StoreSamples.store()
        _ = try await store.commit(PageCommit(records: [RecordCommit(link: Self.links[1])]))
        var changed = Link(
            id: 1,
            mapping: "people",
            hubspotID: "2",
            salesforceID: "003B",
            salesforceObject: "Contact",
            version: 1,
            schemaRevision: 3
        )
        _ = try await store.commit(PageCommit(records: [RecordCommit(link: changed)]))
        changed.version = 2
        let loaded = try await store.load(mapping: "people", side: .hubspot, ids: ["2"])
        #expect(loaded.map(\.link) == [changed])
        let old = try await store.load(
            mapping: "people",
            side: .hubspot,
            ids: [Self.links[1].hubspotID]
        )
        #expect(old.isEmpty)
    }

    static let entries: [OutboxEntry] = {
        let plain = StoreSamples.update(link: 7)
        var full = StoreSamples.create(from: "003Z", state: .unmatched)
        full.target = .salesforce
        full.object = "Lead"
        full.priority = .backfill
        full.targetID = "00Q"
        full.writesKey = true
        full.needsGuard = true
        full.fields = [
            .init(index: 0, value: [], reason: "cleared at HubSpot"),
            .init(index: 400, value: [0, 0x0A, 0xFF], reason: ""),
            .init(index: 3, value: Array(Self.long.utf8), reason: "größer \u{1F600}"),
        ]
        full.attempts = [
            .init(sentAt: 0), .init(sentAt: 1_767_225_600_123, fate: .refused),
        ]
        full.observedHubSpot = Observation(
            values: StoreSamples.blob("a", ""),
            stamp: ServerTime(milliseconds: 5)
        )
        full.observedSalesforce = Observation(
            values: RecordBlob(values: []),
            stamp: ServerTime(milliseconds: -6)
        )
        full.notBefore = 1_767_225_600_124
        return [plain, full]
    }()

    @Test(
        arguments: RoundTripTests.entries,
        [OutboxEntry.State.unmatched, .planned, .sent, .unknown]
    )
    func `an open entry comes back as it was committed, in every state`(
        entry: OutboxEntry,
        state: OutboxEntry.State
    ) async throws {
        let store = try StoreSamples.store()
        var entry = entry
        entry.state = state
        _ = try await store.commit(PageCommit(records: [RecordCommit(entries: [entry])]))
        entry.id = 1
        let query = EntryQuery(states: [state], limit: 10)
        #expect(try await store.entries(query) == [entry])
    }

    @Test(arguments: PriorityClass.allCases)
    func `every priority comes back`(priority: PriorityClass) async throws {
        let store = try StoreSamples.store()
        var entry = StoreSamples.update()
        entry.priority = priority
        _ = try await store.commit(PageCommit(records: [RecordCommit(entries: [entry])]))
        let found = try await store.entries(EntryQuery(states: [.planned], limit: 1))
        #expect(found.map(\.priority) == [priority])
    }

    /// What was observed is replaced apart: a batch that settles holds an older copy of it.
    @Test func `an entry can be replaced by another in every field`() async throws {
        let store = try StoreSamples.store()
        let (plain, full) = (Self.entries[0], Self.entries[1])
        _ = try await store.commit(PageCommit(records: [RecordCommit(entries: [plain])]))
        var replacement = full
        replacement.id = 1
        _ = try await store.commit(PageCommit(records: [RecordCommit(entries: [replacement])]))
        let query = EntryQuery(states: [.unmatched, .planned], limit: 10)
        var expected = replacement
        expected.observedHubSpot = plain.observedHubSpot
        expected.observedSalesforce = plain.observedSalesforce
        #expect(try await store.entries(query) == [expected])

        let observed = try Side.allCases.map { side in
            EntryObservation(
                entry: 1,
                side: side,
                observation: try #require(
                    replacement.observed(on: side) ?? plain.observed(on: side)
                )
            )
        }
        _ = try await store.commit(PageCommit(records: [RecordCommit(observed: observed)]))
        for look in observed {
            let entry = try #require(try await store.entries(query).first)
            #expect(entry.observed(on: look.side) == look.observation)
        }
    }

    @Test func `a history line comes back, blank values apart from absent ones`() async throws {
        let store = try StoreSamples.store()
        let lines = [
            JournalEntry(
                kind: .decided,
                mapping: "contacts",
                hubspotID: "1",
                salesforceID: "003A",
                target: .salesforce,
                field: "email",
                hubspotValue: [0, 0xFF],
                salesforceValue: [],
                hubspotBase: Array(Self.long.utf8),
                salesforceBase: nil,
                reason: "HubSpot wins",
                at: 42
            ),
            JournalEntry(
                kind: .rejected,
                mapping: "contacts",
                hubspotID: "1",
                salesforceID: nil,
                reason: "",
                at: 43
            ),
        ]
        _ = try await store.commit(PageCommit(records: [RecordCommit(journal: lines)]))
        let history = try await store.history(hubspotID: "1", salesforceID: nil, limit: 10)
        #expect(history == lines.reversed())
    }

    @Test(arguments: [
        FeedMark(
            side: .hubspot,
            object: "contacts",
            read: ServerTime(milliseconds: 10),
            confirmed: ServerTime(milliseconds: 5),
            scanLowerBound: ServerTime(milliseconds: 3),
            scanLastID: "77"
        ),
        FeedMark(
            side: .salesforce,
            object: "Lead",
            read: ServerTime(milliseconds: 0),
            confirmed: ServerTime(milliseconds: 0)
        ),
    ])
    func `a mark comes back, and its next value replaces it`(mark: FeedMark) async throws {
        let store = try StoreSamples.store()
        _ = try await store.commit(PageCommit(marks: [mark]))
        #expect(try await store.marks() == [mark])
        let next = FeedMark(
            side: mark.side,
            object: mark.object,
            read: mark.read.adding(seconds: 1),
            confirmed: mark.confirmed.adding(seconds: 1)
        )
        _ = try await store.commit(PageCommit(marks: [next]))
        #expect(try await store.marks() == [next])
    }

    @Test func `accounts of both sides come back`() async throws {
        let store = try StoreSamples.store()
        #expect(try await store.accounts().isEmpty)
        let portal = StoredAccount(
            id: "1",
            recordBaseURL: "https://a.example",
            verifiedCredential: nil
        )
        var org = StoredAccount(id: "00D", recordBaseURL: "", verifiedCredential: "digest")
        try await store.save(account: portal, of: .hubspot)
        try await store.save(account: org, of: .salesforce)
        #expect(try await store.accounts() == [.hubspot: portal, .salesforce: org])
        org.verifiedCredential = "other"
        try await store.save(account: org, of: .salesforce)
        #expect(try await store.accounts()[.salesforce] == org)
    }

    @Test(arguments: [
        "token", "", "line\nline", "\u{1F600}", String(repeating: "x", count: 100_000),
    ])
    func `a text comes back, is replaced and is taken away`(text: String) async throws {
        let store = try StoreSamples.store()
        #expect(try await store.text("name") == nil)
        try await store.setText(text, for: "name")
        try await store.setText("another", for: "other name")
        #expect(try await store.text("name") == text)
        try await store.setText("next", for: "name")
        #expect(try await store.text("name") == "next")
        try await store.setText(nil, for: "name")
        #expect(try await store.text("name") == nil)
        #expect(try await store.text("other name") == "another")
        try await store.setText(nil, for: "never set")
    }
}
