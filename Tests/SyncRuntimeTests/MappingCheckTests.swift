import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// A list of fields that changes under a store: what is stored is by the old one.
struct MappingCheckTests {
    private static func mapping(_ revision: Int64) -> ObjectMapping {
        var mapping = StepFixture.step([("firstname", .text)]).mapping
        mapping.revision = revision
        return mapping
    }

    @Test func `fields may change while nothing is linked or planned`() async throws {
        let store = try SQLiteSyncStore.inMemory { 0 }
        let check = MappingCheck(store: store)
        for revision in [1, 2, 3] as [Int64] {
            #expect(try await check.run([Self.mapping(revision)]).isEmpty)
        }
    }

    /// A linked Ada whose phone and name are known, and a write of her name.
    private static func filled(_ store: SQLiteSyncStore) async throws {
        var link = StepFixture.link(StepFixture.blob("Ada", "123"))
        link.id = 0
        _ = try await store.commit(PageCommit(records: [RecordCommit(link: link)]))
        let stored = try #require(
            try await store.load(mapping: "contacts", side: .hubspot, ids: [link.hubspotID]).first?
                .link
        )
        let entry = OutboxEntry(
            mapping: "contacts",
            link: stored.id,
            target: .salesforce,
            object: "Contact",
            kind: .update,
            targetID: stored.salesforceID,
            sourceID: stored.hubspotID,
            fields: [
                .init(index: 0, value: Array("Adam".utf8), reason: "two-way"),
                .init(index: 1, value: Array("456".utf8), reason: "two-way"),
            ],
            observedHubSpot: Observation(
                values: StepFixture.blob("Adam", "456"),
                stamp: ServerTime(milliseconds: 1)
            )
        )
        _ = try await store.commit(PageCommit(records: [RecordCommit(entries: [entry])]))
    }

    private static func fields(_ names: String..., revision: Int64) -> ObjectMapping {
        var mapping = StepFixture.step(names.map { ($0, .text) }).mapping
        mapping.revision = revision
        return mapping
    }

    @Test func `other fields than those of the bases move what is stored`() async throws {
        let store = try SQLiteSyncStore.inMemory { 0 }
        let check = MappingCheck(store: store)
        _ = try await check.run([Self.fields("firstname", "phone", revision: 1)])
        try await Self.filled(store)
        let changes = try await check.run([
            Self.fields("jobtitle", "firstname", "city", revision: 2)
        ])
        #expect(changes.map(\.added) == [["jobtitle", "city"]])
        #expect(changes.map(\.removed) == [["phone"]])
        let links = try await store.links(mapping: "contacts", after: 0, limit: 10)
        let base = try #require(links.first?.hubspotBase?.values)
        #expect(Array(base) == [.unread, FieldValue(normal: "Ada"), .unread])
        #expect(links.first?.salesforceBase?.values.count == 3)
        let entries = try await store.entries(
            EntryQuery(mapping: "contacts", target: .salesforce, states: [.planned], limit: 10)
        )
        #expect(entries.first?.fields.map(\.index) == [1])
        #expect(
            entries.first?.observedHubSpot.map { Array($0.values.values) } == [
                .unread, FieldValue(normal: "Adam"), .unread,
            ]
        )
        // A second look finds nothing to do.
        #expect(
            try await check.run([Self.fields("jobtitle", "firstname", "city", revision: 2)]).isEmpty
        )
    }

    @Test func `fields that nobody noted are refused`() async throws {
        let store = try SQLiteSyncStore.inMemory { 0 }
        let check = MappingCheck(store: store)
        _ = try await check.run([Self.fields("firstname", "phone", revision: 1)])
        try await Self.filled(store)
        // As older versions stored it.
        try await store.setText(nil, for: "mapping.fields.contacts")
        await #expect {
            _ = try await check.run([Self.fields("firstname", revision: 2)])
        } throws: { error in
            (error as? SyncError)?.code == .configuration
        }
        // As it was, it goes on, and may be changed from then on.
        _ = try await check.run([Self.fields("firstname", "phone", revision: 1)])
        let changes = try await check.run([Self.fields("firstname", revision: 2)])
        #expect(changes.map(\.removed) == [["phone"]])
    }

    @Test func `another mapping's records do not matter`() async throws {
        let store = try SQLiteSyncStore.inMemory { 0 }
        let check = MappingCheck(store: store)
        var companies = Self.mapping(1)
        companies.name = "companies"
        _ = try await check.run([Self.mapping(1), companies])
        var link = StepFixture.link(StepFixture.blob("Ada"))
        link.id = 0
        _ = try await store.commit(PageCommit(records: [RecordCommit(link: link)]))
        companies.revision = 2
        #expect(try await check.run([Self.mapping(1), companies]).isEmpty)
    }
}
