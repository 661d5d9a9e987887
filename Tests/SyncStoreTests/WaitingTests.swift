import SyncCore
import SyncStore
import Testing

/// Records that wait for the counterpart of one that they refer to.
struct WaitingTests {
    private static func parent(_ id: String) -> References.Record {
        References.Record(mapping: "companies", side: .hubspot, id: id)
    }

    private static func child(
        _ id: String,
        of parent: References.Record,
        isHeld: Bool = false,
        mapping: String = "contacts"
    ) -> WaitingRecord {
        WaitingRecord(
            mapping: mapping,
            side: .hubspot,
            object: mapping,
            remoteID: id,
            parent: parent,
            isHeld: isHeld
        )
    }

    private static func woken(_ id: String, _ cause: ParkedRecord.Cause) -> ParkedRecord {
        StoreSamples.parked(id, cause: cause, since: 1_000)
    }

    private static func commit(
        _ store: SQLiteSyncStore,
        link: Link? = nil,
        entries: [OutboxEntry] = [],
        wait: [WaitingRecord] = []
    ) async throws {
        let record = RecordCommit(link: link, entries: entries, wait: wait)
        #expect(try await store.commit(PageCommit(records: [record])).isEmpty)
    }

    private static func company(_ hubspotID: String, _ salesforceID: String) -> Link {
        StoreSamples.link(hubspotID, salesforceID, mapping: "companies")
    }

    @Test func `a link wakes what waited for either of its records, once`() async throws {
        let store = try StoreSamples.store()
        try await Self.commit(store, wait: [Self.child("1", of: Self.parent("7"))])
        try await Self.commit(store, wait: [Self.child("2", of: Self.parent("8"))])
        var other = Self.child("003", of: Self.parent("001A"))
        other.side = .salesforce
        other.parent.side = .salesforce
        try await Self.commit(store, wait: [other])
        #expect(try await store.waitingCount() == 3)
        try await Self.commit(store, link: Self.company("7", "001A"))
        let parked = try await store.parked(ready: .max, limit: 10)
        #expect(Set(parked.map(\.remoteID)) == ["1", "003"])
        #expect(parked.allSatisfy { $0.cause == .parent && $0.notBefore == 0 })
        #expect(try await store.waitingCount() == 1)
    }

    @Test func `a link that moves to another record wakes what waited for that one`() async throws {
        let store = try StoreSamples.store()
        try await Self.commit(store, link: Self.company("7", "001A"))
        try await Self.commit(store, wait: [Self.child("1", of: Self.parent("8"))])
        let loaded = try await store.load(mapping: "companies", side: .hubspot, ids: ["7"])
        var link = try #require(loaded.first?.link)
        link.hubspotID = "8"
        try await Self.commit(store, link: link)
        #expect(
            try await store.parked(ready: .max, limit: 10) == [Self.woken("1", .parent)]
        )
    }

    /// Another syncer may link the parent between a child's decision and its commit.
    @Test func `what was linked since the decision is read at once`() async throws {
        let store = try StoreSamples.store()
        try await Self.commit(store, link: Self.company("7", "001A"))
        try await Self.commit(store, wait: [Self.child("1", of: Self.parent("7"))])
        #expect(try await store.parked(ready: .max, limit: 10) == [Self.woken("1", .parent)])
        #expect(try await store.waitingCount() == 0)
    }

    @Test func `a frozen link is nobody's counterpart`() async throws {
        let store = try StoreSamples.store()
        var frozen = Self.company("7", "001A")
        frozen.state = .frozen
        try await Self.commit(store, link: frozen)
        try await Self.commit(store, link: Self.company("8", "001B"))
        try await Self.commit(store, wait: [Self.child("1", of: Self.parent("7"))])
        #expect(try await store.parkedCount() == 0)
        #expect(
            try await store.counterparts(
                mapping: "companies",
                side: .hubspot,
                ids: ["7", "8", "9"]
            ) == ["8": "001B"]
        )
        #expect(
            try await store.counterparts(mapping: "companies", side: .salesforce, ids: ["001B"])
                == ["001B": "8"]
        )
    }

    @Test func `a record that waits for another one now waits no more for the first`() async throws
    {
        let store = try StoreSamples.store()
        try await Self.commit(store, wait: [Self.child("1", of: Self.parent("7"))])
        try await Self.commit(store, wait: [Self.child("1", of: Self.parent("8"))])
        try await Self.commit(store, link: Self.company("7", "001A"))
        #expect(try await store.parkedCount() == 0)
        #expect(try await store.waitingCount() == 1)
    }

    // MARK: - What is held

    @Test func `what is held goes on when nothing will come of its parent`() async throws {
        let store = try StoreSamples.store()
        try await Self.commit(store, wait: [Self.child("1", of: Self.parent("7"), isHeld: true)])
        #expect(try await store.releaseHeld(all: false) == 1)
        #expect(try await store.parked(ready: .max, limit: 10) == [Self.woken("1", .parentless)])
        // It is released once, and still waits for the parent.
        #expect(try await store.releaseHeld(all: false) == 0)
        #expect(try await store.waitingCount() == 1)
    }

    @Test func `what is held waits while its parent is being made or looked at`() async throws {
        let store = try StoreSamples.store()
        try await Self.commit(store, wait: [Self.child("1", of: Self.parent("7"), isHeld: true)])
        var create = StoreSamples.create(from: "7")
        create.mapping = "companies"
        create.target = .salesforce
        create.object = "Account"
        try await Self.commit(store, entries: [create])
        #expect(try await store.releaseHeld(all: false) == 0)
        try await Self.commit(store, wait: [Self.child("2", of: Self.parent("8"), isHeld: true)])
        var parked = StoreSamples.parked("8")
        parked.mapping = "companies"
        _ = try await store.commit(PageCommit(records: [RecordCommit(park: [parked])]))
        #expect(try await store.releaseHeld(all: false) == 0)
    }

    @Test func `a chain waits for its first link, and a circle for nobody`() async throws {
        let store = try StoreSamples.store()
        let top = Self.child("7", of: Self.parent("6"), isHeld: true, mapping: "companies")
        try await Self.commit(store, wait: [top])
        try await Self.commit(store, wait: [Self.child("1", of: Self.parent("7"), isHeld: true)])
        #expect(try await store.releaseHeld(all: false) == 1)
        #expect(try await store.parked(ready: .max, limit: 10).map(\.remoteID) == ["7"])
        #expect(try await store.releaseHeld(all: false) == 0)

        let circle = try StoreSamples.store()
        for (one, other) in [("7", "8"), ("8", "7")] {
            let held = Self.child(one, of: Self.parent(other), isHeld: true, mapping: "companies")
            try await Self.commit(circle, wait: [held])
        }
        #expect(try await circle.releaseHeld(all: false) == 2)
    }

    @Test func `the news of a parent is not lost behind other reasons to read`() async throws {
        let store = try StoreSamples.store()
        for cause in [ParkedRecord.Cause.parent, .openEntry, .readBack, .missing, .staleRow] {
            let parked = StoreSamples.parked("1", cause: cause)
            _ = try await store.commit(PageCommit(records: [RecordCommit(park: [parked])]))
        }
        #expect(try await store.parked(ready: .max, limit: 10).map(\.cause) == [.parent])
    }
}
