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
    let store: SQLiteSyncStore
    private let mapping: ObjectMapping
    let transport: MeteredTransport
    private let fields: [(hubspot: String, salesforce: String)]
    private var sequence = SequenceSource()
    private var round = 0
    private let subject: Workload.Subject
    /// What the records are where they are no people.
    private let kind: BenchmarkMapping.Kind?

    /// Makes two empty CRMs and an empty store.
    ///
    /// `rule`: of every field but the e-mail address. `fields`: how many are mapped, 5 to 20.
    /// `path`: the store's file; in memory without one. `subject`: what the records are.
    init(
        rule: SyncRule,
        fields: Int = 5,
        path: String? = nil,
        subject: Workload.Subject = .contacts
    ) throws {
        self.subject = subject
        let time = self.time
        var hubspot = MockHubSpot()
        var settings = MockSalesforceSettings()
        if subject == .wares {
            hubspot = SimulatedWares.portal(at: time.wallMilliseconds)
            SimulatedWares.set(up: &settings)
        }
        BenchmarkMapping.prepare(&hubspot)
        settings.dailyCallsMax = 1_000_000_000
        self.world = MockWorld(
            hubspot: hubspot,
            salesforce: MockSalesforce(settings: settings),
            time: time
        )
        self.store =
            if let path {
                try SQLiteSyncStore.open(path: path, now: { time.wallMilliseconds })
            } else { try SQLiteSyncStore.inMemory(now: { time.wallMilliseconds }) }
        self.kind = BenchmarkMapping.Kind.all.first { $0.hubspot == subject.hubspot }
        self.fields = self.kind?.fields ?? BenchmarkMapping.fields(fields)
        self.mapping =
            self.kind.map { BenchmarkMapping.mapping(of: $0, rule) }
            ?? BenchmarkMapping.contacts(rule, fields: fields)
        self.transport = MeteredTransport(world: self.world)
    }

    /// Nanoseconds of CPU that the mocks took.
    var mockTime: Int64 { self.transport.mockTime }
    /// How many pieces of memory the mocks asked for.
    var mockAllocations: Int64 { self.transport.mockAllocations }
    /// Bytes of bodies that went over the wire.
    var bytes: (received: Int64, sent: Int64) { self.transport.bytes }

    /// A new process on the same store.
    ///
    /// `line`: what carries its requests, where it is not the world's own. `isForGood`: whether it waits for
    /// what a later poll will show, as `duet run` does.
    func runner(
        over line: (any HTTPTransport)? = nil,
        isForGood: Bool = false
    ) async throws -> PairRunner {
        let transport: any HTTPTransport = line ?? self.transport
        var settings = RuntimeSettings()
        if isForGood { settings.parkedWait = settings.searchLagHorizon }
        self.sequence = SequenceSource()
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
                required: [
                    "Contact": ["LastName"], "Lead": ["LastName", "Company"], "Account": ["Name"],
                    "Opportunity": ["Name", "StageName", "CloseDate"],
                ],
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
                settings: settings
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

    /// How many versions the records of each CRM have had.
    var versions: (hubspot: Int, salesforce: Int) {
        self.world.with { state, _ in
            (state.hubspot.commits(after: 0).count, state.salesforce.changes.count)
        }
    }

    /// Whether both sides show the same in every mapped field.
    var isInStep: Bool {
        self.world.with { state, _ in
            let people = state.salesforce.export(object: self.object)
            let (here, there) = self.fields[0]
            let byName = Dictionary(people.map { ($0[there], $0) }) { one, _ in one }
            return state.hubspot.export(object: self.mapping.hubspot.name).allSatisfy { contact in
                guard let name = contact[here], let person = byName[.text(name)] else {
                    return false
                }
                return self.fields.allSatisfy { field in
                    contact[field.hubspot].map { .text($0) } ?? .null == person[field.salesforce]
                }
            }
        }
    }

    /// What the records are in Salesforce.
    private var object: String { self.subject.object }

    func wait(seconds: Int64) {
        self.time.advance(milliseconds: seconds * 1_000)
    }

    // MARK: - What people do

    /// Records on both sides that are linked and in step.
    func fill(_ count: Int) async throws {
        try self.seed(count)
        self.wait(seconds: 60)
        _ = try await self.runner().backfillAndPush(self.mapping.name)
    }

    /// Records on both sides, equal and not linked.
    func seed(_ count: Int) throws {
        try self.world.with { state, now in
            for number in 0..<count {
                try state.hubspot.seed(
                    object: self.mapping.hubspot.name,
                    fields: self.hubspotFields(number),
                    at: now - 86_400_000
                )
                guard self.kind?.isMadeInSalesforce ?? true else { continue }
                try state.salesforce.seed(
                    object: self.object,
                    fields: self.salesforceFields(number),
                    at: now - 86_400_000
                )
            }
        }
    }

    /// So many records change in one CRM.
    ///
    /// `seed`: draws which; without one they are the first ones.
    func change(_ workload: Workload, _ count: Int, seed: UInt64? = nil) throws {
        self.round += 1
        switch workload.change {
        case .updatesFromHubSpot: try self.editHubSpot(count, seed)
        case .updatesFromSalesforce, .alwaysFromSalesforce: try self.editSalesforce(count, seed)
        case .createsFromHubSpot: try self.createHubSpot(count)
        case .createsFromSalesforce: try self.createSalesforce(count)
        }
    }

    private func editHubSpot(_ count: Int, _ seed: UInt64?) throws {
        try self.world.with { state, now in
            let object = self.mapping.hubspot.name
            let records = state.hubspot.export(object: object)
            for (number, record) in Self.chosen(records, count, seed).enumerated() {
                let fields = self.edited(number).map { place in
                    (self.fields[place].hubspot, "H\(self.round) \(record.id)")
                }
                try state.hubspot.edit(record.id, object: object, fields: fields, at: now)
            }
        }
    }

    private func editSalesforce(_ count: Int, _ seed: UInt64?) throws {
        try self.world.with { state, now in
            let records = state.salesforce.export(object: self.object)
            for (number, record) in Self.chosen(records, count, seed).enumerated() {
                // Postal codes are short.
                let value = MockSalesforceValue.text("S\(self.round) \(record.id.suffix(12))")
                let fields = self.edited(number).map { place in
                    MockSalesforceRecord.Field(self.fields[place].salesforce, value)
                }
                try state.salesforce.edit(record.id, fields: fields, at: now)
            }
        }
    }

    /// So many of the records: the first ones, or ones that lie anywhere among all.
    private static func chosen<Record>(
        _ records: [Record],
        _ count: Int,
        _ seed: UInt64?
    ) -> ArraySlice<Record> {
        guard let seed else { return records.prefix(count) }
        var (records, random) = (records, SeededRandom(seed: seed))
        for place in 0..<min(count, records.count) {
            records.swapAt(place, place + random.below(records.count - place))
        }
        return records.prefix(count)
    }

    /// Which fields of a record change: every tenth, one at least, other ones for each record.
    private func edited(_ number: Int) -> Set<Int> {
        // Not the e-mail address, which is who it is; of a note there is nothing else.
        guard self.fields.count > 1 else { return [0] }
        let others = self.fields.count - 1
        let changes = max(1, self.fields.count / 10)
        return Set((0..<changes).map { 1 + (number * 7 + $0 * 11) % others })
    }

    private func createHubSpot(_ count: Int) throws {
        try self.world.with { state, now in
            for number in 0..<count {
                let fields = self.hubspotFields(number + self.round * 10_000_000)
                try state.hubspot.create(
                    object: self.mapping.hubspot.name,
                    fields: fields,
                    at: now
                )
            }
        }
    }

    private func createSalesforce(_ count: Int) throws {
        try self.world.with { state, now in
            for number in 0..<count {
                try state.salesforce.create(
                    object: self.object,
                    fields: self.salesforceFields(number + self.round * 10_000_000),
                    at: now
                )
            }
        }
    }

    /// Values of some 15 bytes, of which every record has its own.
    private static func value(_ field: String, _ number: Int) -> String {
        field == "email" ? "p\(number)@example.com" : "\(field.prefix(4)) \(number * 7_919)"
    }

    private func hubspotFields(_ number: Int) -> [(String, String)] {
        self.fields.map { ($0.hubspot, Self.value($0.hubspot, number)) }
            + (self.kind?.hubspotNeeds ?? [])
    }

    private func salesforceFields(_ number: Int) -> [MockSalesforceRecord.Field] {
        let target = self.mapping.salesforce.first { $0.name == self.object }
        var fields = zip(self.fields, target?.fields ?? []).compactMap { names, field in
            field.map {
                MockSalesforceRecord.Field($0.name, .text(Self.value(names.hubspot, number)))
            }
        }
        fields += (self.kind?.salesforceNeeds ?? []).map { .init($0.0, .text($0.1)) }
        if self.subject == .leads { fields.append(.init("Company", .text("Acme"))) }
        return fields
    }

    /// The clocks pass every confirm interval, one sync runs, and they pass them again.
    func rest() async throws {
        for _ in 0..<2 {
            self.wait(seconds: 1_200)
            _ = try await self.runner().sync()
        }
        self.wait(seconds: 1_200)
    }
}
