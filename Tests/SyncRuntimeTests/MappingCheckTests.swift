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
        for revision in [1, 2, 3] as [Int64] { try await check.run([Self.mapping(revision)]) }
    }

    @Test(arguments: [true, false])
    func `other fields than those of the bases are refused`(isLinked: Bool) async throws {
        let store = try SQLiteSyncStore.inMemory { 0 }
        let check = MappingCheck(store: store)
        try await check.run([Self.mapping(1)])
        var link = StepFixture.link(StepFixture.blob("Ada"))
        link.id = 0
        let entry = OutboxEntry(
            mapping: "contacts",
            link: nil,
            target: .hubspot,
            object: "contacts",
            kind: .create,
            targetID: nil,
            sourceID: "003",
            fields: []
        )
        let commit = isLinked ? RecordCommit(link: link) : RecordCommit(entries: [entry])
        _ = try await store.commit(PageCommit(records: [commit]))
        await #expect {
            try await check.run([Self.mapping(2)])
        } throws: { error in
            (error as? SyncError)?.code == .configuration
        }
        // As it was, it goes on.
        try await check.run([Self.mapping(1)])
    }

    @Test func `another mapping's records do not matter`() async throws {
        let store = try SQLiteSyncStore.inMemory { 0 }
        let check = MappingCheck(store: store)
        var companies = Self.mapping(1)
        companies.name = "companies"
        try await check.run([Self.mapping(1), companies])
        var link = StepFixture.link(StepFixture.blob("Ada"))
        link.id = 0
        _ = try await store.commit(PageCommit(records: [RecordCommit(link: link)]))
        companies.revision = 2
        try await check.run([Self.mapping(1), companies])
    }
}
