import SyncCore
import Testing

struct BatchPackerTests {
    private static func entry(
        _ id: Int64,
        object: String = "Contact",
        kind: OutboxEntry.Kind = .update,
        priority: PriorityClass = .field,
        target: Side = .salesforce,
        targetID: String? = nil,
        sourceID: String? = nil
    ) -> OutboxEntry {
        OutboxEntry(
            id: id,
            mapping: "contacts",
            link: kind == .update ? id : nil,
            target: target,
            object: object,
            kind: kind,
            priority: priority,
            targetID: kind == .update ? targetID ?? "T\(id)" : nil,
            sourceID: sourceID ?? "S\(id)",
            fields: []
        )
    }

    @Test func `S24: a thousand updates of one object go in one call of five collections`() {
        let packer = BatchPacker(collectionMax: 200, collectionsMax: 5)
        let calls = packer.pack((1...1_001).map { Self.entry(Int64($0)) })
        #expect(calls.map(\.count) == [1_000, 1])
    }

    @Test func `objects, kinds and key properties do not share a collection`() {
        let packer = BatchPacker(collectionMax: 100, collectionsMax: 1)
        let calls = packer.pack([
            Self.entry(1), Self.entry(2, object: "Lead"), Self.entry(3, kind: .create),
            Self.entry(4),
            Self.entry(5, object: "contacts", kind: .create, target: .hubspot, sourceID: "003a"),
            Self.entry(6, object: "contacts", kind: .create, target: .hubspot, sourceID: "00Qb"),
        ])
        #expect(calls.map { $0.map(\.id) } == [[1, 4], [2], [3], [5], [6]])
    }

    @Test func `the most urgent entry goes first, whichever collection it is in`() {
        let packer = BatchPacker(collectionMax: 2, collectionsMax: 1)
        let calls = packer.pack([
            Self.entry(1, priority: .newRecord), Self.entry(2, priority: .backfill),
            Self.entry(3, priority: .backfill), Self.entry(4, priority: .backfill),
            Self.entry(5, object: "Lead", priority: .field),
        ])
        #expect(calls.map { $0.map(\.id) } == [[1, 2], [5], [3, 4]])
    }

    @Test func `at most one entry of a record is in all calls together`() {
        let packer = BatchPacker(collectionMax: 200, collectionsMax: 5)
        let calls = packer.pack([
            Self.entry(1, targetID: "A"), Self.entry(2, priority: .manual, targetID: "A"),
            Self.entry(3, targetID: "B"),
        ])
        #expect(calls.map { $0.map(\.id) } == [[2, 3]])
    }

    @Test func `a record with a write on its way waits`() {
        let packer = BatchPacker(collectionMax: 200, collectionsMax: 5)
        let calls = packer.pack(
            [Self.entry(1, targetID: "A"), Self.entry(2, targetID: "B")],
            inFlight: [Self.entry(9, targetID: "A")]
        )
        #expect(calls.map { $0.map(\.id) } == [[2]])
        #expect(packer.pack([], inFlight: []).isEmpty)
    }

    @Test func `collections shrink to 50 and to single records after locks`() {
        #expect(BatchPacker.shrunk(200) == 50)
        #expect(BatchPacker.shrunk(100) == 50)
        #expect(BatchPacker.shrunk(50) == 1)
        #expect(BatchPacker.shrunk(1) == 1)
    }

    @Test(arguments: [(1, 1), (200, 1), (1_000, 1), (1_001, 2), (10_000, 10)])
    func `the forecast is what the packer does`(count: Int, calls: Int) {
        let entries = (1...count).map { Self.entry(Int64($0)) }
        var forecast = WriteForecast(collectionMax: 200, collectionsMax: 5)
        for entry in entries { forecast.add(entry) }
        #expect(forecast.calls == calls)
        #expect(BatchPacker(collectionMax: 200, collectionsMax: 5).pack(entries).count == calls)
    }

    @Test func `a forecast counts guarded writes by the condition that each carries`() {
        let entries = (1...1_001).map { id in
            var entry = Self.entry(Int64(id))
            entry.needsGuard = id <= 51
            return entry
        }
        var shared = WriteForecast(collectionMax: 200, collectionsMax: 5)
        var strict = WriteForecast(collectionMax: 200, collectionsMax: 5, conditionalMax: 25)
        for entry in entries {
            shared.add(entry)
            strict.add(entry)
        }
        #expect(shared.calls == 2)
        // 950 in one call of five collections, 51 in three of 25.
        #expect(strict.calls == 4)
    }
}
