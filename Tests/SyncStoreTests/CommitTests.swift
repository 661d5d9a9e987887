import SyncCore
import SyncStore
import Testing

/// What every store must do with decisions; SQLite's is the first.
struct CommitTests {
    private func stored(_ store: SQLiteSyncStore, _ link: Link) async throws -> Link {
        _ = try await store.commit(PageCommit(records: [RecordCommit(link: link)]))
        let known = try await store.load(
            mapping: link.mapping,
            side: .hubspot,
            ids: [link.hubspotID]
        )
        return try #require(known.first?.link)
    }

    @Test func `a link comes back as it was stored, from either side`() async throws {
        let store = try Samples.store()
        let link = try await self.stored(store, Samples.link())
        var expected = Samples.link()
        expected.id = link.id
        expected.version = 1
        #expect(link == expected)
        let other = try await store.load(mapping: "contacts", side: .salesforce, ids: ["003x1"])
        #expect(other.first?.link == expected)
        #expect(try await store.load(mapping: "other", side: .hubspot, ids: ["101"]).isEmpty)
        #expect(try await store.linkCount(mapping: "contacts") == 1)
    }

    @Test func `a decision on an old version is not applied, the rest of its page is`()
        async throws
    {
        let store = try Samples.store()
        let first = try await self.stored(store, Samples.link(1))
        let second = try await self.stored(store, Samples.link(2))
        var newer = first
        newer.hubspotBase = Samples.blob("newer")
        #expect(try await store.commit(PageCommit(records: [RecordCommit(link: newer)])).isEmpty)

        var late = first
        late.hubspotBase = Samples.blob("late")
        var fine = second
        fine.state = .frozen
        let mark = FeedMark(
            side: .hubspot,
            object: "contacts",
            read: Samples.time(9),
            confirmed: Samples.time(8)
        )
        let moved = try await store.commit(
            PageCommit(
                marks: [mark],
                records: [
                    RecordCommit(
                        link: late,
                        entries: [Samples.entry(link: late.id)],
                        raise: [Finding(code: .conflict, mapping: "contacts", hubspotID: "101")]
                    ),
                    RecordCommit(link: fine),
                ]
            )
        )
        #expect(moved == [CommitConflict(index: 0)])
        let known = try await store.load(mapping: "contacts", side: .hubspot, ids: ["101", "102"])
        #expect(known.map { $0.link?.hubspotBase } == [Samples.blob("newer"), fine.hubspotBase])
        #expect(known.map { $0.link?.state } == [.active, .frozen])
        #expect(known.flatMap(\.entries).isEmpty)
        #expect(try await store.findings(mapping: nil, limit: 9).isEmpty)
        // What is decided again lies before the mark: a death in between would lose it.
        #expect(try await store.marks().isEmpty)
        _ = try await store.commit(PageCommit(marks: [mark]))
        #expect(try await store.marks() == [mark])
    }

    @Test func `an id is parked again by the answer that takes it off`() async throws {
        let store = try Samples.store()
        let parked = ParkedRecord(
            mapping: "contacts",
            side: .hubspot,
            object: "contacts",
            remoteID: "101",
            cause: .flapping,
            since: 0
        )
        let again = RecordCommit(park: [parked], unpark: [parked])
        _ = try await store.commit(PageCommit(records: [again]))
        #expect(try await store.parked(ready: 1, limit: 9) == [parked])
    }

    @Test func `a record has one link in a mapping, on either side`() async throws {
        let store = try Samples.store()
        _ = try await self.stored(store, Samples.link(1))
        var sameHubSpot = Samples.link(2)
        sameHubSpot.hubspotID = "101"
        var sameSalesforce = Samples.link(3)
        sameSalesforce.salesforceID = "003x1"
        let moved = try await store.commit(
            PageCommit(records: [
                RecordCommit(link: sameHubSpot), RecordCommit(link: sameSalesforce),
                RecordCommit(link: Samples.link(1, mapping: "other")),
            ])
        )
        #expect(moved.map(\.index) == [0, 1])
        #expect(try await store.linkCount(mapping: "contacts") == 1)
        #expect(try await store.linkCount(mapping: "other") == 1)
    }

    @Test func `links that end together end together or not at all`() async throws {
        let store = try Samples.store()
        var first = try await self.stored(store, Samples.link(1))
        var second = try await self.stored(store, Samples.link(2))
        first.state = .frozen
        second.state = .frozen
        second.version += 1
        let moved = try await store.commit(
            PageCommit(records: [RecordCommit(freeze: [first, second])])
        )
        #expect(moved.map(\.index) == [0])
        let known = try await store.load(mapping: "contacts", side: .hubspot, ids: ["101", "102"])
        #expect(known.map { $0.link?.state } == [.active, .active])
    }

    @Test func `an update planned with a new link belongs to it, and so does a landed create`()
        async throws
    {
        let store = try Samples.store()
        _ = try await store.commit(
            PageCommit(records: [RecordCommit(entries: [Samples.entry(link: nil)])])
        )
        var landed = try #require(
            try await store.entries(EntryQuery(states: [.planned], limit: 9)).first
        )
        landed.state = .landed
        var key = Samples.entry(link: nil, target: .hubspot)
        key.kind = .update
        _ = try await store.commit(
            PageCommit(records: [RecordCommit(link: Samples.link(), entries: [landed, key])])
        )
        let known = try await store.load(mapping: "contacts", side: .salesforce, ids: ["003x1"])
        #expect(Set(known.first?.entries.map(\.state) ?? []) == [.landed, .planned])
    }

    @Test func `findings are kept once a code and record, and resolved by code and record`()
        async throws
    {
        let store = try Samples.store()
        let finding = Finding(
            code: .recordRejected,
            mapping: "contacts",
            hubspotID: "101",
            salesforceID: "003x1",
            details: ["salesforce", "STRING_TOO_LONG"]
        )
        var again = finding
        again.details = ["other"]
        for one in [finding, again] {
            _ = try await store.commit(PageCommit(records: [RecordCommit(raise: [one])]))
        }
        #expect(try await store.findings(mapping: nil, limit: 9).map(\.finding) == [again])
        #expect(try await store.findingCounts() == [.recordRejected: 1])
        #expect(try await store.findings(mapping: "other", limit: 9).isEmpty)
        var resolved = finding
        resolved.details = []
        _ = try await store.commit(PageCommit(records: [RecordCommit(resolve: [resolved])]))
        #expect(try await store.findings(mapping: nil, limit: 9).isEmpty)
    }

    @Test func `parked ids wait for their time and are kept once`() async throws {
        let store = try Samples.store()
        func parked(_ cause: ParkedRecord.Cause, notBefore: Int64) -> ParkedRecord {
            ParkedRecord(
                mapping: "contacts",
                side: .hubspot,
                object: "contacts",
                remoteID: "101",
                cause: cause,
                since: 5,
                notBefore: notBefore
            )
        }
        for one in [parked(.openEntry, notBefore: 50), parked(.missing, notBefore: 40)] {
            _ = try await store.commit(PageCommit(records: [RecordCommit(park: [one])]))
        }
        #expect(try await store.parked(ready: 49, limit: 9).isEmpty)
        let ready = try await store.parked(ready: 50, limit: 9)
        #expect(ready == [parked(.missing, notBefore: 50)])
        #expect(try await store.nextWait() == 50)
        _ = try await store.commit(PageCommit(records: [RecordCommit(unpark: ready)]))
        #expect(try await store.parkedCount() == 0)
    }

    @Test func `the history answers by either id, newest first, and for the last hour's writes`()
        async throws
    {
        let store = try Samples.store()
        func line(_ kind: JournalEntry.Kind, _ at: Int64) -> JournalEntry {
            JournalEntry(
                kind: kind,
                mapping: "contacts",
                hubspotID: "101",
                salesforceID: "003x1",
                target: .salesforce,
                field: "phone",
                hubspotValue: [1],
                salesforceValue: nil,
                hubspotBase: [],
                salesforceBase: [2],
                reason: "Two-way",
                at: at
            )
        }
        let lines = [line(.conflict, 10), line(.confirmed, 20), line(.round, 30)]
        _ = try await store.commit(PageCommit(records: [RecordCommit(journal: lines)]))
        for (hubspot, salesforce) in [("101", nil), (nil, "003x1")] as [(String?, String?)] {
            let found = try await store.history(
                hubspotID: hubspot,
                salesforceID: salesforce,
                limit: 9
            )
            #expect(found == lines.reversed())
        }
        let writes = try await store.writes(
            mapping: "contacts",
            hubspotIDs: ["101", "102"],
            since: 10
        )
        #expect(writes["101"]?.map(\.kind) == [.confirmed, .round])
        #expect(writes["102"]?.isEmpty == true)
        try await store.compact(journalRowsMax: 1, ledgerRowsMax: 1)
        let left = try await store.history(hubspotID: "101", salesforceID: nil, limit: 9)
        #expect(left == [lines[2]])
    }
}
