import SyncCore
import SyncStore
import Testing

/// Which records' word of how they stand may be out of date.
struct DueStatusTests {
    private static func due(
        after state: Link.State,
        mapping: String = "contacts"
    ) async throws -> [SyncStatus] {
        let store = try StoreSamples.store()
        try await store.keepStatuses(mapping, madeUpAs: "duet_status")
        var link = StoreSamples.link("1", "003A")
        link.state = state
        #expect(try await store.commit(PageCommit(records: [RecordCommit(link: link)])).isEmpty)
        return try await store.statusesDue("contacts", on: [.hubspot, .salesforce], limit: 10)
            .map(\.status)
    }

    @Test func `a pair that is stored at rest has something to tell`() async throws {
        #expect(try await Self.due(after: .outside) == [.notIncluded, .notIncluded])
        #expect(try await Self.due(after: .goneFromHubSpot) == [.error])
    }

    @Test func `a new pair in step has nothing to tell`() async throws {
        #expect(try await Self.due(after: .active).isEmpty)
    }

    @Test func `nothing is due of a mapping whose records tell nothing`() async throws {
        #expect(try await Self.due(after: .outside, mapping: "companies").isEmpty)
    }
}
