import SyncCore
import SyncStore
import Testing

struct StageTests {
    private func staged(_ records: [StagedRecord]) async throws -> SQLiteSyncStore {
        let store = try StoreSamples.store()
        try await store.stage(records, progress: StoreSamples.progress)
        return store
    }

    private func ids(
        _ store: SQLiteSyncStore,
        _ keys: [String],
        mapping: String = "contacts",
        side: Side = .salesforce
    ) async throws -> [String] {
        try await store.staged(mapping: mapping, side: side, matchKeys: keys).map(\.row.id)
    }

    @Test(arguments: [
        BackfillProgress(mapping: "contacts", phase: .readingSalesforce),
        BackfillProgress(
            mapping: "contacts",
            phase: .readingHubSpot,
            object: "contacts",
            lastID: "88",
            recordsRead: 12_345
        ),
        BackfillProgress(mapping: "contacts", phase: .matching, recordsRead: 1),
        BackfillProgress(mapping: "contacts", phase: .done),
    ])
    func `progress comes back and is replaced, however it was stored`(
        progress: BackfillProgress
    ) async throws {
        let store = try StoreSamples.store()
        let other = BackfillProgress(mapping: "people", phase: .done, recordsRead: 3)
        #expect(try await store.backfill(mapping: "contacts") == nil)
        try await store.setBackfill(other)
        try await store.setBackfill(progress)
        #expect(try await store.backfill(mapping: "contacts") == progress)
        var next = progress
        next.recordsRead += 1
        _ = try await store.commit(PageCommit(backfill: next))
        #expect(try await store.backfill(mapping: "contacts") == next)
        next.recordsRead += 1
        try await store.stage([], progress: next)
        #expect(try await store.backfill(mapping: "contacts") == next)
        #expect(try await store.backfill(mapping: "people") == other)
    }

    @Test func `a staged record comes back with its values and keys`() async throws {
        let record = StagedRecord(
            mapping: "contacts",
            side: .hubspot,
            row: RecordRow(
                id: "7",
                object: "contacts",
                stamp: ServerTime(milliseconds: 1_767_225_600_123),
                values: RecordBlob(values: [.blank, FieldValue(normal: "é")]),
                counterpartID: "003A"
            ),
            matchKeys: ["0:a@b.example", "1:+49 30 1"]
        )
        let bare = StoreSamples.staged("8", keys: [], side: .hubspot)
        let store = try await self.staged([record, bare])
        let found = try await store.staged(
            mapping: "contacts",
            side: .hubspot,
            afterID: nil,
            limit: 10
        )
        #expect(found == [record, bare])
    }

    @Test func `records are found by any of their keys, once, in id order`() async throws {
        let store = try await self.staged([
            StoreSamples.staged("c", keys: ["0:x", "1:y"]),
            StoreSamples.staged("a", keys: ["0:x"]),
            StoreSamples.staged("b", keys: ["1:z"]),
            StoreSamples.staged("d", keys: ["0:x"], mapping: "people"),
            StoreSamples.staged("e", keys: ["0:x"], side: .hubspot),
        ])
        #expect(try await self.ids(store, ["0:x"]) == ["a", "c"])
        #expect(try await self.ids(store, ["1:y", "0:x"]) == ["a", "c"])
        #expect(try await self.ids(store, ["1:z", "none"]) == ["b"])
        #expect(try await self.ids(store, ["0:X"]).isEmpty)
        #expect(try await self.ids(store, []).isEmpty)
        #expect(try await self.ids(store, ["0:x"], mapping: "people") == ["d"])
        #expect(try await self.ids(store, ["0:x"], side: .hubspot) == ["e"])
    }

    @Test func `a record read again replaces the first, its old keys included`() async throws {
        let store = try await self.staged([StoreSamples.staged("a", keys: ["0:old", "1:same"])])
        var again = StoreSamples.staged("a", keys: ["0:new", "1:same"])
        again.row.stamp = ServerTime(milliseconds: 99)
        try await store.stage([again], progress: StoreSamples.progress)
        for keys in [["0:new"], ["1:same"]] {
            let found = try await store.staged(
                mapping: "contacts",
                side: .salesforce,
                matchKeys: keys
            )
            #expect(found == [again])
        }
        #expect(try await self.ids(store, ["0:old"]).isEmpty)
    }

    @Test func `the stage is walked in id order by pages`() async throws {
        let store = try await self.staged(
            ["3", "1", "5", "2", "4"].map { StoreSamples.staged($0, keys: []) }
        )
        var pages: [[String]] = []
        var last: String?
        while pages.count < 10 {
            let page = try await store.staged(
                mapping: "contacts",
                side: .salesforce,
                afterID: last,
                limit: 2
            ).map(\.row.id)
            guard let end = page.last else { break }
            pages.append(page)
            last = end
        }
        #expect(pages == [["1", "2"], ["3", "4"], ["5"]])
    }

    @Test func `unstaging takes out the record with its keys, alone or in a page's commit`()
        async throws
    {
        let records = ["a", "b", "c"].map { StoreSamples.staged($0, keys: ["0:x", "1:\($0)"]) }
        let store = try await self.staged(records)
        try await store.unstage(mapping: "contacts", side: .salesforce, ids: ["a", "unknown"])
        #expect(try await self.ids(store, ["0:x"]) == ["b", "c"])
        #expect(try await self.ids(store, ["1:a"]).isEmpty)
        try await store.unstage(mapping: "people", side: .salesforce, ids: ["b"])
        try await store.unstage(mapping: "contacts", side: .hubspot, ids: ["b"])
        #expect(try await self.ids(store, ["0:x"]) == ["b", "c"])
        _ = try await store.commit(PageCommit(unstage: [records[1]]))
        #expect(try await self.ids(store, ["0:x"]) == ["c"])
        // Staged anew it has only the keys it has now.
        try await store.stage(
            [StoreSamples.staged("a", keys: ["0:x"])],
            progress: StoreSamples.progress
        )
        #expect(try await self.ids(store, ["1:a"]).isEmpty)
        #expect(try await self.ids(store, ["0:x"]) == ["a", "c"])
    }
}
