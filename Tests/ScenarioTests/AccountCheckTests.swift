import CRMInterface
import HTTPTransport
import HubSpotConnector
import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// A store belongs to the portal and the org that it was first connected to.
struct AccountCheckTests {
    private static func run(
        _ store: SQLiteSyncStore,
        _ time: ManualTime,
        portal: Int64,
        token: String
    ) async throws -> [Side: StoredAccount] {
        var settings = MockHubSpotSettings()
        settings.portalID = portal
        settings.apps[0].credential = .staticToken(token)
        let world = MockWorld(
            hubspot: MockHubSpot(settings: settings),
            salesforce: MockSalesforce(),
            time: time
        )
        let gate = RateLimiter(
            side: .hubspot,
            transport: MockTransport(world: world),
            store: store,
            time: time,
            sequence: SequenceSource(),
            limits: try await CallLimits.restored(side: .hubspot, store: store, time: time),
            progress: { _ in }
        )
        let hubspot = HubSpotConnection(
            configuration: HubSpotConfiguration(
                baseURL: MockTransport.hubspotURL,
                auth: .token(token)
            ),
            gate: gate,
            credentials: StoreCredentials(store: store),
            time: time
        )
        return try await AccountCheck(store: store, connections: [.hubspot: hubspot])
            .run(credentials: [.hubspot: token])
    }

    @Test
    func `S06, S26, S72: another portal is refused by name, other credentials of the same are not`()
        async throws
    {
        let time = ManualTime()
        let store = try SQLiteSyncStore.inMemory(now: { time.wallMilliseconds })
        let first = try await Self.run(store, time, portal: 4_711, token: "pat-na1-one")
        #expect(first[.hubspot]?.id == "4711")
        let again = try await Self.run(store, time, portal: 4_711, token: "pat-na1-two")
        #expect(again[.hubspot]?.id == "4711")
        let error = await #expect(throws: SyncError.self) {
            try await Self.run(store, time, portal: 4_712, token: "pat-na1-three")
        }
        #expect(error?.code == .wrongAccount)
        for part in ["4711", "4712"] { #expect(error?.cause.contains(part) == true) }
        #expect(try await store.accounts()[.hubspot]?.id == "4711")
    }
}
