import CRMInterface
import SyncCore
import SyncRuntime
import SyncStore
import Testing

@Suite struct StoreCredentialsTests {
    @Test func `a rotated token is found by the one it descends from, and by no other`()
        async throws
    {
        let store = try SQLiteSyncStore.inMemory(now: { 0 })
        let credentials = StoreCredentials(store: store)
        try await credentials.save(
            refreshToken: "rotated-canary",
            of: .salesforce,
            descendingFrom: "configured-canary"
        )
        func found(_ side: Side, _ configured: String) async throws -> String? {
            try await credentials.refreshToken(of: side, descendingFrom: configured)
        }
        #expect(try await found(.salesforce, "configured-canary") == "rotated-canary")
        #expect(try await found(.salesforce, "another") == nil)
        #expect(try await found(.hubspot, "configured-canary") == nil)
    }

    @Test func `the store alone tells no token`() async throws {
        let store = try SQLiteSyncStore.inMemory(now: { 0 })
        try await StoreCredentials(store: store).save(
            refreshToken: "rotated-canary",
            of: .salesforce,
            descendingFrom: "configured-canary"
        )
        let text = try #require(try await store.text("credential.salesforce"))
        #expect(!text.contains("canary"))
        // Copied to the other side's place it is not taken for that side's.
        try await store.setText(text, for: "credential.hubspot")
        let foreign = try await StoreCredentials(store: store).refreshToken(
            of: .hubspot,
            descendingFrom: "configured-canary"
        )
        #expect(foreign == nil)
    }
}
