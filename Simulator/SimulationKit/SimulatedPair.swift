import CRMInterface
package import HTTPTransport
import HubSpotConnector
import MockHubSpot
import MockSalesforce
import SalesforceConnector
package import SyncCore
package import SyncRuntime
package import SyncStore

/// The whole engine on the simulation's executor, clock and network, with both mocks behind it.
package final class SimulatedPair: Sendable {
    package let executor: SimulationExecutor
    package let time: VirtualTime
    package let world: MockWorld
    package let weather: Locked<SimulatedNetwork.Weather>
    package let store: SQLiteSyncStore
    let choices: Choices
    /// Sees every decision of every process.
    let decisions = DecisionLog()
    /// What happened, a line each, where somebody wants to read it.
    package let lines: Locked<[String]>?
    private let inner: MockTransport
    private let sabotage: Sabotage?
    /// The mapped fields besides the e-mail address.
    let fields: [SimulatedField]
    /// When which record was hidden from the integration user.
    let hidden = Locked<[HiddenSpan]>([])

    package convenience init(seed: UInt64, sabotage: Sabotage? = nil) throws {
        try self.init(choices: Choices(seed: seed), sabotage: sabotage)
    }

    package init(
        choices: Choices,
        fields: [SimulatedField] = SimulatedField.texts,
        sabotage: Sabotage? = nil,
        traces: Bool = false
    ) throws {
        self.sabotage = sabotage
        self.fields = fields
        self.choices = choices
        let lines = traces ? Locked<[String]>([]) : nil
        self.lines = lines
        let executor = SimulationExecutor(choices: choices)
        let time = VirtualTime(executor)
        self.executor = executor
        self.time = time
        self.world = MockWorld(
            hubspot: MockHubSpot(settings: SimulatedField.hubspotSettings),
            salesforce: MockSalesforce(settings: SimulatedField.salesforceSettings),
            time: time
        )
        self.weather = Locked(.calm)
        self.inner = MockTransport(world: self.world) { request in
            executor.note(request.url.utf8)
            executor.note(request.body)
            lines?.withLock { lines in
                let body = String(decoding: request.body.prefix(4000), as: UTF8.self)
                lines.append("\(time.wallMilliseconds) \(request.method) \(request.url) \(body)")
            }
        }
        self.store = try SQLiteSyncStore.inMemory(now: { time.wallMilliseconds })
    }

    /// A new process on the same store.
    package func runner() async throws -> PairRunner {
        try await self.runner(of: SimulatedProcess(self.executor))
    }

    /// The engine on a process of its own, on the same store.
    package func runner(
        of process: SimulatedProcess,
        _ adjust: @Sendable (inout RuntimeSettings) -> Void = { _ in }
    ) async throws -> PairRunner {
        var settings = RuntimeSettings()
        settings.sabotage = self.sabotage
        settings.observer = self.decisions
        settings.parkedWait = settings.searchLagHorizon
        adjust(&settings)
        let store = SimulatedStore(self.store, of: process)
        let network = SimulatedNetwork(
            inner: self.inner,
            time: self.time,
            weather: self.weather,
            choices: self.choices,
            process: process
        )
        let sequence = SequenceSource()
        func gate(_ side: Side) async throws -> RateLimiter {
            RateLimiter(
                side: side,
                transport: network,
                store: store,
                time: self.time,
                sequence: sequence,
                limits: try await CallLimits.restored(
                    side: side,
                    store: store,
                    time: self.time,
                    sabotage: self.sabotage
                ),
                sabotage: self.sabotage,
                progress: { _ in }
            )
        }
        let credential = MockSalesforceCredential.standard
        let credentials = StoreCredentials(store: store)
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
                mappings: [SimulatedField.mapping(self.fields)],
                required: ["Contact": ["LastName"]],
                connections: [.hubspot: hubspot, .salesforce: salesforce],
                store: store,
                time: self.time,
                settings: settings
            )
        )
    }
}
