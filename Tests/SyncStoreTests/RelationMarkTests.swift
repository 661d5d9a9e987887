import GRDB
import SyncCore
import SyncStore
import Testing

/// Marks of records whose ties are to be looked at.
struct RelationMarkTests {
    private static let name = "deals with contacts"

    /// How many marks a pass walks over.
    private static func walked(_ path: String) throws -> Int {
        let database = try DatabaseQueue(path: path)
        let count = try database.read {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM relationDue WHERE notBefore <= 1000")
        }
        try database.close()
        return count ?? -1
    }

    private static func link(_ state: Link.State, version: Int64 = 0) -> Link {
        var link = StoreSamples.link("1", "003A")
        link.state = state
        if version > 0 { (link.id, link.version) = (1, version) }
        return link
    }

    private static func commit(
        _ store: SQLiteSyncStore,
        _ link: Link
    ) async throws -> [CommitConflict] {
        var commit = PageCommit(records: [RecordCommit(link: link)])
        commit.relations = RelationNotes(relations: [Self.name], areUpdatesNoted: true)
        return try await store.commit(commit)
    }

    private static func due(_ store: SQLiteSyncStore) async throws -> [Int64] {
        try await store.relationsDue(Self.name, ready: 1_000, limit: 10).map(\.link.id)
    }

    @Test func `no pass walks over the marks of what is left out, until it is back`() async throws {
        let folder = try StoreFolder()
        let store = try folder.open()
        #expect(try await Self.commit(store, Self.link(.active)).isEmpty)
        #expect(try await Self.due(store) == [1])
        #expect(try Self.walked(folder.path) == 1)
        let version = try #require(try await store.links(ids: [1]).first).version
        #expect(try await Self.commit(store, Self.link(.frozen, version: version)).isEmpty)
        #expect(try await Self.due(store).isEmpty)
        #expect(try Self.walked(folder.path) == 0)
        // Neither another mark nor a look that began before wakes it.
        var commit = RelationCommit(Self.name)
        commit.due = [1]
        try await store.commit(commit)
        #expect(try Self.walked(folder.path) == 0)
        let next = try #require(try await store.links(ids: [1]).first).version
        #expect(try await Self.commit(store, Self.link(.active, version: next)).isEmpty)
        #expect(try await Self.due(store) == [1])
        store.close()
    }
}
