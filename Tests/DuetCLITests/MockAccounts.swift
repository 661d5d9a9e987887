import CRMInterface
import DuetCLI
import HTTPTransport
import HubSpotConnector
import MockHubSpot
import MockSalesforce
import SalesforceConnector
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore

/// What the two mocks say of their fields, as a new portal and a new org do.
struct MockAccounts {
    var hubspot: [ObjectDescription]
    var salesforce: [ObjectDescription]

    static func described(
        _ settings: MockSalesforceSettings = MockSalesforceSettings(),
        portal: MockHubSpotSettings = MockHubSpotSettings(),
        junctions: [String] = []
    ) async throws -> MockAccounts {
        let (hubspot, salesforce) = try await Self.connected(settings, portal: portal)
        return MockAccounts(
            hubspot: try await hubspot.describe(ObjectKind.all.map(\.hubspot)),
            salesforce: try await salesforce.describe(
                ObjectKind.all.flatMap { $0.salesforce.map(\.object) } + junctions
            )
        )
    }

    /// Connections to a new portal and a new org, whose clocks are ahead of this machine's by so many milliseconds.
    static func connected(
        _ settings: MockSalesforceSettings,
        portal: MockHubSpotSettings,
        auth: HubSpotConfiguration.Auth = .token("pat-na1-integration"),
        clockLead: Int64 = 0,
        prepare: (inout MockHubSpot, Int64) throws -> Void = { _, _ in }
    ) async throws -> (hubspot: HubSpotConnection, salesforce: SalesforceConnection) {
        let time = ManualTime()
        var mock = MockHubSpot(settings: portal)
        try prepare(&mock, time.wallMilliseconds)
        let world = MockWorld(
            hubspot: mock,
            salesforce: MockSalesforce(settings: settings),
            time: ManualTime(wallMilliseconds: time.wallMilliseconds + clockLead)
        )
        let store = try SQLiteSyncStore.inMemory(now: { time.wallMilliseconds })
        let transport = MockTransport(world: world)
        func gate(_ side: Side) async throws -> RateLimiter {
            RateLimiter(
                side: side,
                transport: transport,
                store: store,
                time: time,
                sequence: SequenceSource(),
                limits: try await CallLimits.restored(side: side, store: store, time: time),
                progress: { _ in }
            )
        }
        let credentials = StoreCredentials(store: store)
        let hubspot = HubSpotConnection(
            configuration: HubSpotConfiguration(
                baseURL: MockTransport.hubspotURL,
                auth: auth
            ),
            gate: try await gate(.hubspot),
            credentials: credentials,
            time: time
        )
        let salesforce = SalesforceConnection(
            configuration: SalesforceConfiguration(
                loginURL: MockTransport.salesforceURL,
                clientID: MockSalesforceCredential.standard.clientID,
                clientSecret: MockSalesforceCredential.standard.clientSecret,
                auth: .refreshToken(MockSalesforceCredential.standard.refreshToken)
            ),
            gate: try await gate(.salesforce),
            credentials: credentials,
            time: time
        )
        return (hubspot, salesforce)
    }

    /// What is wrong with a configuration here; empty where nothing is.
    func problems(_ configuration: Configuration) -> [String] {
        do {
            _ = try MappingCompiler.compile(
                configuration,
                hubspot: self.hubspot,
                salesforce: self.salesforce
            )
            return []
        } catch {
            return error.problems.map(\.message)
        }
    }
}
