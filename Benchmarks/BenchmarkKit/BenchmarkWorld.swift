import CRMInterface
import HTTPTransport
import HubSpotConnector
import MockHubSpot
import MockSalesforce
import SalesforceConnector
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore

/// A pair of linked people on the mocks in process, ready to be measured.
final class BenchmarkWorld {
    let time = ManualTime()
    let world: MockWorld
    private let store: SQLiteSyncStore
    private let mapping: ObjectMapping
    private var sequence = SequenceSource()

    init(rule: SyncRule) throws {
        let time = self.time
        self.world = MockWorld(hubspot: MockHubSpot(), salesforce: MockSalesforce(), time: time)
        self.store = try SQLiteSyncStore.inMemory(now: { time.wallMilliseconds })
        self.mapping = Self.mapping(rule)
    }

    /// A new process on the same store.
    func runner() async throws -> PairRunner {
        self.sequence = SequenceSource()
        let transport = MockTransport(world: self.world)
        func gate(_ side: Side) async throws -> RateLimiter {
            RateLimiter(
                side: side,
                transport: transport,
                store: self.store,
                time: self.time,
                sequence: self.sequence,
                limits: try await CallLimits.restored(
                    side: side,
                    store: self.store,
                    time: self.time
                ),
                progress: { _ in }
            )
        }
        let credentials = StoreCredentials(store: self.store)
        let credential = MockSalesforceCredential.standard
        return PairRunner(
            pair: Pair(
                name: "benchmark",
                mappings: [self.mapping],
                required: ["Contact": ["LastName"], "Lead": ["LastName", "Company"]],
                connections: [
                    .hubspot: HubSpotConnection(
                        configuration: HubSpotConfiguration(
                            baseURL: MockTransport.hubspotURL,
                            auth: .token("pat-na1-integration")
                        ),
                        gate: try await gate(.hubspot),
                        credentials: credentials,
                        time: self.time
                    ),
                    .salesforce: SalesforceConnection(
                        configuration: SalesforceConfiguration(
                            loginURL: MockTransport.salesforceURL,
                            clientID: credential.clientID,
                            clientSecret: credential.clientSecret,
                            auth: .refreshToken(credential.refreshToken)
                        ),
                        gate: try await gate(.salesforce),
                        credentials: credentials,
                        time: self.time
                    ),
                ],
                store: self.store,
                time: self.time,
                settings: RuntimeSettings()
            )
        )
    }

    /// The calls each mock has billed so far.
    func billed() -> (hubspot: Int, salesforce: Int) {
        self.world.with { state, _ in
            (
                state.hubspot.usage.billedCalls(),
                state.salesforce.bills().reduce(0) { $0 + $1.cost }
            )
        }
    }

    func wait(seconds: Int64) {
        self.time.advance(milliseconds: seconds * 1_000)
    }

    private static func mapping(_ rule: SyncRule) -> ObjectMapping {
        let names: [(String, String, SyncRule)] = [
            ("email", "Email", .twoWay), ("firstname", "FirstName", rule),
            ("lastname", "LastName", rule), ("jobtitle", "Title", rule), ("phone", "Phone", rule),
        ]
        func shape(_ name: String) -> FieldShape {
            FieldShape(type: name.lowercased() == "email" ? .email : .text, lengthMax: 80)
        }
        let target = names.map { ObjectMapping.Field?(.init(name: $0.1, shape: shape($0.1))) }
        return ObjectMapping(
            name: "contacts",
            hubspot: .init(
                name: "contacts",
                fields: names.map { .init(name: $0.0, shape: shape($0.0)) },
                keyField: nil
            ),
            hubspotKeyFields: ["Contact": "sf_contact_key", "Lead": "sf_lead_key"],
            salesforce: [
                .init(name: "Contact", fields: target, keyField: "HubSpot_Record_ID__c"),
                .init(name: "Lead", fields: target, keyField: "HubSpot_Record_ID__c"),
            ],
            createAs: "Contact",
            fields: names.enumerated().map { index, name in
                FieldMapping(
                    index: index,
                    hubspot: name.0,
                    salesforce: name.1,
                    rule: name.2,
                    kind: name.0 == "email" ? .identity : .plain
                )
            },
            matchFields: [0]
        )
    }
}
