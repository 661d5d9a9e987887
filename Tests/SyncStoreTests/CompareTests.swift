import SyncCore
import SyncStore
import Testing

/// What the store says of a row without reading its record whole.
struct CompareTests {
    private static let values = StoreSamples.blob("Ada", "Lovelace")

    private static func row(
        _ id: String,
        stamp: Int64 = 5_000,
        values: RecordBlob = Self.values,
        key: String? = "003A",
        fate: RecordRow.Fate = .live,
        formerIDs: [String] = []
    ) -> RecordRow {
        RecordRow(
            id: id,
            object: "contacts",
            stamp: ServerTime(milliseconds: stamp),
            fate: fate,
            values: values,
            counterpartID: key,
            formerIDs: formerIDs
        )
    }

    private static func linked(
        _ change: (inout Link) -> Void = { _ in }
    ) async throws -> SQLiteSyncStore {
        let store = try StoreSamples.store()
        var link = StoreSamples.link("1", "003A")
        link.hubspotBase = Self.values
        link.salesforceBase = StoreSamples.blob("Ada", "")
        link.hubspotStamp = ServerTime(milliseconds: 5_000)
        change(&link)
        _ = try await store.commit(PageCommit(records: [RecordCommit(link: link)]))
        return store
    }

    private static func compare(
        _ store: SQLiteSyncStore,
        _ row: RecordRow
    ) async throws -> StoredRecord {
        try await store.compare(mapping: "contacts", side: .hubspot, rows: [row])[0]
    }

    private static func isInStep(_ stored: StoredRecord) -> Bool {
        guard case .inStep(let stamp) = stored else { return false }
        return stamp == ServerTime(milliseconds: 5_000)
    }

    @Test func `a row that shows the base is in step`() async throws {
        let store = try await Self.linked()
        #expect(Self.isInStep(try await Self.compare(store, Self.row("1"))))
        #expect(Self.isInStep(try await Self.compare(store, Self.row("1", stamp: 9_000))))
        // Without its key only a version that was seen before is.
        #expect(Self.isInStep(try await Self.compare(store, Self.row("1", key: nil))))
    }

    @Test func `whatever has to be decided is read whole`() async throws {
        let store = try await Self.linked()
        for row in [
            Self.row("1", values: StoreSamples.blob("Ada", "King")),
            Self.row("1", stamp: 9_000, key: nil), Self.row("1", fate: .deleted),
            Self.row("1", formerIDs: ["7"]),
        ] {
            let known = try await Self.compare(store, row).record
            #expect(known?.link?.salesforceID == "003A", "\(row.fate)")
        }
    }

    @Test(arguments: ["frozen", "no base here", "no base there"])
    func `a link that is not settled is read whole`(what: String) async throws {
        let store = try await Self.linked { link in
            switch what {
            case "frozen": link.state = .frozen
            case "no base here": link.hubspotBase = nil
            default: link.salesforceBase = nil
            }
        }
        #expect(try await Self.compare(store, Self.row("1")).record?.link != nil)
    }

    @Test func `an open entry of another record leaves its neighbours as they are`() async throws {
        let store = try await Self.linked()
        _ = try await store.commit(
            PageCommit(records: [
                RecordCommit(entries: [StoreSamples.create(from: "9")]),
                RecordCommit(entries: [StoreSamples.update(link: 1)]),
            ])
        )
        let stored = try await store.compare(
            mapping: "contacts",
            side: .hubspot,
            rows: [Self.row("1"), Self.row("2")]
        )
        #expect(stored[0].record?.entries.count == 1)
        guard case .unknown = stored[1] else {
            Issue.record("a record that nobody knows")
            return
        }
    }

    @Test func `the answers stand in the order of the rows`() async throws {
        let store = try await Self.linked()
        let other = Self.row("1", values: StoreSamples.blob("B", "C"))
        let rows = [Self.row("8"), Self.row("1"), other]
        let stored = try await store.compare(mapping: "contacts", side: .hubspot, rows: rows)
        guard case .unknown = stored[0], case .inStep = stored[1], case .known = stored[2] else {
            Issue.record("out of order")
            return
        }
    }
}
