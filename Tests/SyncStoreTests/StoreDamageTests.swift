import GRDB
import SyncCore
@testable import SyncStore
import Testing

struct StoreDamageTests {
    /// Where foreign bytes lie, and what reads them.
    private enum Place: String, CaseIterable {
        case hubspotBase, salesforceBase, hubspotObservation, salesforceObservation, payload, stage
    }

    private func filled() async throws -> SQLiteSyncStore {
        let store = try StoreSamples.store()
        let seen = Observation(
            values: StoreSamples.blob("a"),
            stamp: ServerTime(milliseconds: 1)
        )
        var link = StoreSamples.link("1", "003A")
        link.hubspotBase = StoreSamples.blob("a")
        link.salesforceBase = StoreSamples.blob("a")
        var entry = StoreSamples.update()
        entry.observedHubSpot = seen
        entry.observedSalesforce = seen
        let record = RecordCommit(link: link, entries: [entry])
        _ = try await store.commit(PageCommit(records: [record]))
        try await store.stage(
            [StoreSamples.staged("a", keys: ["0:x"])],
            progress: StoreSamples.progress
        )
        return store
    }

    private func read(_ store: SQLiteSyncStore, _ place: Place) async throws {
        switch place {
        case .hubspotBase, .salesforceBase:
            _ = try await store.load(mapping: "contacts", side: .hubspot, ids: ["1"])
        case .hubspotObservation, .salesforceObservation, .payload:
            _ = try await store.entries(EntryQuery(states: [.planned], limit: 10))
        case .stage:
            _ = try await store.staged(
                mapping: "contacts",
                side: .salesforce,
                matchKeys: ["0:x"]
            )
        }
    }

    private func column(_ place: Place) -> (table: String, column: String) {
        switch place {
        case .hubspotBase: ("link", "hubspotBase")
        case .salesforceBase: ("link", "salesforceBase")
        case .hubspotObservation: ("outbox", "hubspotValues")
        case .salesforceObservation: ("outbox", "salesforceValues")
        case .payload: ("outbox", "payload")
        case .stage: ("stage", "data")
        }
    }

    @Test(
        arguments: [
            [], [0], [1], [2, 0], [0xFF, 0xFF, 0xFF], [1, 200], [1, 2, 3, 0x61],
            [1] + [UInt8](repeating: 0xFF, count: 20), Array("{\"json\":1}".utf8),
            [1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F],
        ] as [[UInt8]]
    )
    func `foreign bytes are reported as damage, never taken for "nothing known"`(
        bytes: [UInt8]
    ) async throws {
        for place in Place.allCases {
            let store = try await self.filled()
            try await self.read(store, place)
            let (table, column) = self.column(place)
            try store.write {
                try $0.execute(
                    sql: "UPDATE \(table) SET \(column) = ?",
                    arguments: [bytes.data]
                )
            }
            let error = await #expect(throws: SyncError.self, "\(place)") {
                try await self.read(store, place)
            }
            #expect(error?.code == .storeDamaged, "\(place)")
        }
    }

    @Test(arguments: ["target", "kind", "state"])
    func `a word this version does not know is reported as damage`(column: String) async throws {
        let store = try await self.filled()
        try store.write { try $0.execute(sql: "UPDATE outbox SET \(column) = 'strange'") }
        let error = await #expect(throws: SyncError.self) {
            try await store.load(mapping: "contacts", side: .hubspot, ids: ["1"])
        }
        #expect(error?.code == .storeDamaged)
    }

    @Test func `a link in a state this version does not know is frozen`() async throws {
        let store = try await self.filled()
        try store.write { try $0.execute(sql: "UPDATE link SET state = 'strange'") }
        let loaded = try await store.load(mapping: "contacts", side: .hubspot, ids: ["1"])
        #expect(loaded.map { $0.link?.state } == [.frozen])
    }

    @Test func `on a full disk a commit fails whole and the store goes on afterwards`() async throws
    {
        let folder = try StoreFolder()
        let store = try folder.open()
        defer { store.close() }
        _ = try await store.commit(
            PageCommit(records: [RecordCommit(link: StoreSamples.link("1", "003A"))])
        )
        try self.limitPages(store, spare: 2)
        let large = String(repeating: "x", count: 200_000)
        var big = StoreSamples.link("3", "003C")
        big.hubspotBase = StoreSamples.blob(large)
        let page = PageCommit(records: [
            RecordCommit(link: StoreSamples.link("2", "003B")), RecordCommit(link: big),
        ])
        let error = await #expect(throws: SyncError.self) { try await store.commit(page) }
        #expect(error?.code == .storeFull)
        #expect(error?.cause == "The disk is full; the store kept what it had.")
        #expect(error.map { !"\($0)".contains("xxx") } == true)

        #expect(try await store.linkCount(mapping: "contacts") == 1)
        let kept = try await store.load(mapping: "contacts", side: .hubspot, ids: ["1", "2", "3"])
        #expect(kept.map(\.remoteID) == ["1"])

        try self.limitPages(store, spare: 10_000)
        #expect(try await store.commit(page).isEmpty)
        #expect(try await store.linkCount(mapping: "contacts") == 3)
    }

    /// Lets the file grow by this many pages at most.
    private func limitPages(_ store: SQLiteSyncStore, spare: Int) throws {
        try store.database.writeWithoutTransaction { database in
            let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            try database.execute(sql: "PRAGMA max_page_count = \(pages + spare)")
        }
    }
}
