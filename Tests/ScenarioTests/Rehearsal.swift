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

/// A pair on the two mocks in process: what every scenario plays on.
final class Rehearsal {
    let time: ManualTime
    let world: MockWorld
    let store: SQLiteSyncStore
    let mapping: ObjectMapping
    private(set) var mappings: [ObjectMapping]
    private(set) var runner: PairRunner
    let transport: any HTTPTransport
    private var sequence = SequenceSource()
    private let life = Locked(MortalTransport.Life())
    private let settings: RuntimeSettings
    /// What Salesforce demands of new records beside what `standard` says, by object.
    private let required: [String: [String]]

    init(
        rule: SyncRule = .twoWay,
        createAs: String = "Contact",
        hasKeys: Bool = true,
        world given: MockWorld? = nil,
        time: ManualTime = ManualTime(),
        settings: RuntimeSettings = RuntimeSettings(),
        mapping: ObjectMapping? = nil,
        others: [ObjectMapping] = [],
        required: [String: [String]] = [:],
        before: @escaping @Sendable (HTTPRequest) -> Void = { _ in }
    ) async throws {
        self.time = time
        self.settings = settings
        self.required = required
        let world =
            given ?? MockWorld(hubspot: MockHubSpot(), salesforce: MockSalesforce(), time: time)
        self.world = world
        self.store = try SQLiteSyncStore.inMemory(now: { time.wallMilliseconds })
        self.transport = MortalTransport(
            inner: MockTransport(world: world, before: before),
            life: self.life
        )
        self.mapping =
            mapping ?? Self.mapping(rule: rule, createAs: createAs, hasKeys: hasKeys)
        self.mappings = [self.mapping] + others
        self.runner = try await Self.runner(
            self.mappings,
            self.store,
            self.transport,
            time,
            self.sequence,
            settings,
            required
        )
    }

    /// Leaves a contact to be read by id with the next sync.
    func park(_ contact: String) async throws {
        let parked = ParkedRecord(
            mapping: "contacts",
            side: .hubspot,
            object: "contacts",
            remoteID: contact,
            cause: .missing,
            since: self.time.wallMilliseconds
        )
        _ = try await self.store.commit(PageCommit(records: [RecordCommit(park: [parked])]))
    }

    /// Ends the process as a crash does, and starts another one with other mappings.
    func restart(with mappings: [ObjectMapping]) async throws {
        self.mappings = mappings
        try await self.restart()
    }

    /// Ends the process as a crash does, and starts another one on the same store.
    func restart() async throws {
        self.sequence = SequenceSource()
        self.runner = try await Self.runner(
            self.mappings,
            self.store,
            self.transport,
            self.time,
            self.sequence,
            self.settings,
            self.required
        )
    }

    static func runner(
        _ mappings: [ObjectMapping],
        _ store: SQLiteSyncStore,
        _ transport: any HTTPTransport,
        _ time: ManualTime,
        _ sequence: SequenceSource,
        _ settings: RuntimeSettings,
        _ required: [String: [String]]
    ) async throws -> PairRunner {
        PairRunner(
            pair: Pair(
                name: "rehearsal",
                mappings: mappings,
                required: [
                    "Contact": ["LastName"], "Lead": ["LastName", "Company"], "Account": ["Name"],
                    "Opportunity": ["Name", "StageName", "CloseDate"],
                ].merging(required) { _, told in told },
                connections: try await Self.connections(store, transport, time, sequence),
                store: store,
                time: time,
                settings: settings
            )
        )
    }

    /// Both mocks' connections.
    static func connections(
        _ store: SQLiteSyncStore,
        _ transport: any HTTPTransport,
        _ time: ManualTime,
        _ sequence: SequenceSource
    ) async throws -> [Side: any CRMConnection] {
        func gate(_ side: Side) async throws -> RateLimiter {
            RateLimiter(
                side: side,
                transport: transport,
                store: store,
                time: time,
                sequence: sequence,
                limits: try await CallLimits.restored(side: side, store: store, time: time),
                progress: { _ in }
            )
        }
        let credentials = StoreCredentials(store: store)
        let hubspot = HubSpotConnection(
            configuration: HubSpotConfiguration(
                baseURL: MockTransport.hubspotURL,
                auth: .token("pat-na1-integration")
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
        return [.hubspot: hubspot, .salesforce: salesforce]
    }

    /// E-mail, names, job title and phone; the company for leads.
    static func mapping(
        rule: SyncRule = .twoWay,
        createAs: String = "Contact",
        hasKeys: Bool = true
    ) -> ObjectMapping {
        let names: [(hubspot: String, contact: String?, lead: String?, rule: SyncRule)] = [
            ("email", "Email", "Email", .twoWay), ("firstname", "FirstName", "FirstName", rule),
            ("lastname", "LastName", "LastName", rule), ("jobtitle", "Title", "Title", rule),
            ("phone", "Phone", "Phone", rule), ("company", nil, "Company", .preferSalesforce),
        ]
        let fields = names.enumerated().map { index, name in
            FieldMapping(
                index: index,
                hubspot: name.hubspot,
                salesforce: name.contact ?? name.lead ?? "",
                rule: name.rule,
                kind: name.hubspot == "email" ? .identity : .plain,
                defaults: [
                    "lastname": [.emailLocalPart, .text("Unknown")], "company": [.text("Unknown")],
                ][
                    name.hubspot
                ] ?? []
            )
        }
        func shape(_ name: String) -> FieldShape {
            FieldShape(type: name.lowercased() == "email" ? .email : .text, lengthMax: nil)
        }
        let lengths = ["LastName": 80, "FirstName": 40, "Title": 128, "Phone": 40, "Company": 255]
        func target(_ name: String?) -> ObjectMapping.Field? {
            name.map { name in
                var field = ObjectMapping.Field(name: name, shape: shape(name))
                field.shape.lengthMax = lengths[name] ?? 80
                return field
            }
        }
        let key = hasKeys ? "HubSpot_Record_ID__c" : nil
        return ObjectMapping(
            name: "contacts",
            hubspot: .init(
                name: "contacts",
                fields: names.map { .init(name: $0.hubspot, shape: shape($0.hubspot)) },
                keyField: nil
            ),
            hubspotKeyFields: hasKeys ? ["Contact": "sf_contact_key", "Lead": "sf_lead_key"] : [:],
            salesforce: [
                .init(name: "Contact", fields: names.map { target($0.contact) }, keyField: key),
                .init(name: "Lead", fields: names.map { target($0.lead) }, keyField: key),
            ],
            createAs: createAs,
            fields: fields,
            matchFields: [0]
        )
    }

    /// Lets so many requests through and then none; the last one's reply may be lost.
    func kill(after requests: Int, losesReply: Bool) {
        self.life.withLock { $0 = .init(requestsLeft: requests, losesLastReply: losesReply) }
    }

    func revive() {
        self.life.withLock { $0 = .init() }
    }

    /// Stands between Duet and both CRMs; `nil` lets a request pass.
    func answers(_ answer: (@Sendable (HTTPRequest) -> HTTPResponse?)?) {
        self.life.withLock { $0.answer = answer }
    }

    /// A request that was held up on its way arrives at last.
    @discardableResult
    func arrives(_ request: HTTPRequest) throws -> HTTPResponse {
        try MockTransport(world: self.world).deliver(request)
    }

    // MARK: - People

    @discardableResult
    func hubspotCreates(_ fields: KeyValuePairs<String, String>) throws -> String {
        try self.hubspotCreates("contacts", fields)
    }

    @discardableResult
    func hubspotCreates(
        _ object: String,
        _ fields: KeyValuePairs<String, String>
    ) throws -> String {
        try self.world.with { state, now in
            try state.hubspot.create(
                object: object,
                fields: fields.map { ($0.key, $0.value) },
                at: now
            )
        }
    }

    func hubspotEdits(
        _ id: String,
        of object: String = "contacts",
        _ fields: KeyValuePairs<String, String>
    ) throws {
        try self.world.with { state, now in
            let values = fields.map { ($0.key, $0.value) }
            try state.hubspot.edit(id, object: object, fields: values, at: now)
        }
    }

    @discardableResult
    func salesforceCreates(
        _ object: String,
        _ fields: KeyValuePairs<String, String>
    ) throws -> String {
        try self.world.with { state, now in
            try state.salesforce.create(
                object: object,
                fields: fields.map { .init($0.key, .text($0.value)) },
                at: now
            )
        }
    }

    func salesforceEdits(_ id: String, _ fields: KeyValuePairs<String, String>) throws {
        try self.world.with { state, now in
            try state.salesforce.edit(
                id,
                fields: fields.map { .init($0.key, $0.value.isEmpty ? .null : .text($0.value)) },
                at: now
            )
        }
    }

    // MARK: - Looking

    func hubspot(_ id: String, _ name: String, of object: String = "contacts") -> String {
        self.hubspotRecords(object).first { $0.id == id }?[name] ?? ""
    }

    func salesforce(_ id: String, _ name: String) -> String {
        self.world.with { state, _ in state.salesforce.record(id)?[name].text ?? "" }
    }

    var contacts: [MockHubSpotRecord] { self.hubspotRecords("contacts") }

    func hubspotRecords(_ object: String) -> [MockHubSpotRecord] {
        self.world.with { state, _ in state.hubspot.export(object: object) }
    }

    func records(_ object: String) -> [MockSalesforceRecord] {
        self.world.with { state, _ in state.salesforce.export(object: object) }
    }

    /// The calls each mock has billed.
    var billed: [Side: Int] {
        self.world.with { state, _ in
            [
                .hubspot: state.hubspot.usage.billedCalls(),
                .salesforce: state.salesforce.bills().reduce(0) { $0 + $1.cost },
            ]
        }
    }

    /// The calls that the ledger has.
    func ledger() async throws -> [Side: Int] {
        var calls: [Side: Int] = [.hubspot: 0, .salesforce: 0]
        for call in try await self.store.calls(since: 0) {
            calls[call.side, default: 0] += call.cost
        }
        return calls
    }

    /// Syncs, and says how many records this process has made and changed so far, in both CRMs.
    func writes() async throws -> Int {
        let summary = try await self.runner.sync()
        return summary.createdInHubSpot + summary.createdInSalesforce + summary.updatedInHubSpot
            + summary.updatedInSalesforce
    }

    /// How many calls of a purpose got no reply.
    func unknownCalls(_ side: Side, purpose: String) async throws -> Int {
        try await self.store.calls(since: 0).filter {
            $0.side == side && $0.purpose == purpose && $0.outcome == .unknown
        }.reduce(0) { $0 + $1.calls }
    }

    /// Lets the search index catch up.
    func wait(seconds: Int64 = 30) {
        self.time.advance(milliseconds: seconds * 1_000)
    }

    func findings() async throws -> [Finding] {
        try await self.store.findings(mapping: nil, limit: 10_000).map(\.finding)
    }

    /// When each open finding was told last.
    func lastSeen() async throws -> [Int64] {
        try await self.store.findings(mapping: nil, limit: 10_000).map(\.lastSeen)
    }

    func openEntries() async throws -> Int {
        try await self.store.outboxCounts().reduce(0) { $0 + $1.count }
    }
}
