import CRMInterface
package import HTTPTransport
import HubSpotConnector
import MockHubSpot
import MockSalesforce
import SalesforceConnector
import SyncCore
package import SyncRuntime
package import SyncStore

/// The whole engine on the simulation's executor, clock and network, with both mocks behind it.
package final class SimulatedPair: Sendable {
    package static let fields = [
        ("firstname", "FirstName"), ("lastname", "LastName"), ("jobtitle", "Title"),
        ("phone", "Phone"),
    ]

    package let executor: SimulationExecutor
    package let time: VirtualTime
    package let world: MockWorld
    package let weather: Locked<SimulatedNetwork.Weather>
    package let store: SQLiteSyncStore
    private let network: SimulatedNetwork

    /// Breaks the engine on purpose: creates go out without their key.
    private let sabotagesKeys: Bool

    package init(seed: UInt64, sabotagesKeys: Bool = false) throws {
        self.sabotagesKeys = sabotagesKeys
        let executor = SimulationExecutor(seed: seed)
        let time = VirtualTime(executor)
        self.executor = executor
        self.time = time
        self.world = MockWorld(hubspot: MockHubSpot(), salesforce: MockSalesforce(), time: time)
        self.weather = Locked(.calm)
        self.network = SimulatedNetwork(
            inner: MockTransport(world: self.world) { request in
                executor.note(request.url.utf8)
                executor.note(request.body)
            },
            time: time,
            weather: self.weather,
            seed: seed ^ 0xA5A5
        )
        self.store = try SQLiteSyncStore.inMemory(now: { time.wallMilliseconds })
    }

    /// A new process on the same store.
    package func runner() async throws -> PairRunner {
        var settings = RuntimeSettings()
        settings.sabotagesKeys = self.sabotagesKeys
        let sequence = SequenceSource()
        func gate(_ side: Side) async throws -> RateLimiter {
            RateLimiter(
                side: side,
                transport: self.network,
                store: self.store,
                time: self.time,
                sequence: sequence,
                limits: try await CallLimits.restored(
                    side: side,
                    store: self.store,
                    time: self.time
                ),
                progress: { _ in }
            )
        }
        let credential = MockSalesforceCredential.standard
        let credentials = StoreCredentials(store: self.store)
        let hubspot = HubSpotConnection(
            configuration: HubSpotConfiguration(
                baseURL: MockTransport.hubspotURL,
                auth: .token("pat-na1-integration")
            ),
            gate: try await gate(.hubspot),
            credentials: credentials,
            time: self.time
        )
        let salesforce = SalesforceConnection(
            configuration: SalesforceConfiguration(
                loginURL: MockTransport.salesforceURL,
                clientID: credential.clientID,
                clientSecret: credential.clientSecret,
                auth: .refreshToken(credential.refreshToken)
            ),
            gate: try await gate(.salesforce),
            credentials: credentials,
            time: self.time
        )
        return PairRunner(
            pair: Pair(
                name: "simulation",
                mappings: [Self.mapping],
                required: ["Contact": ["LastName"]],
                connections: [.hubspot: hubspot, .salesforce: salesforce],
                store: self.store,
                time: self.time,
                settings: settings
            )
        )
    }

    private static let mapping: ObjectMapping = {
        let names = [("email", "Email")] + SimulatedPair.fields
        func shape(_ name: String) -> FieldShape {
            FieldShape(type: name.lowercased() == "email" ? .email : .text, lengthMax: 40)
        }
        return ObjectMapping(
            name: "contacts",
            hubspot: .init(
                name: "contacts",
                fields: names.map { .init(name: $0.0, shape: shape($0.0)) },
                keyField: nil
            ),
            hubspotKeyFields: ["Contact": "sf_contact_key"],
            salesforce: [
                .init(
                    name: "Contact",
                    fields: names.map { .init(name: $0.1, shape: shape($0.1)) },
                    keyField: "HubSpot_Record_ID__c"
                )
            ],
            createAs: "Contact",
            fields: names.enumerated().map { index, name in
                FieldMapping(
                    index: index,
                    hubspot: name.0,
                    salesforce: name.1,
                    rule: .twoWay,
                    kind: index == 0 ? .identity : .plain
                )
            },
            matchFields: [0]
        )
    }()
}
