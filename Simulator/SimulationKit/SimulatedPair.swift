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
    /// The clocks of the engine's machine.
    package let engineTime: SkewedTime
    package let wire: SimulatedWire
    package let world: MockWorld
    package let weather: Locked<SimulatedNetwork.Weather>
    package let store: SQLiteSyncStore
    let choices: Choices
    /// Sees every decision of every process.
    let decisions = DecisionLog()
    /// Every time the engine froze a pair.
    package let freezes = Locked<[Evidence.Freeze]>([])
    package let successions = Locked<[Evidence.Succession]>([])
    /// Every write that a CRM refused.
    package let refusals = Locked<[Evidence.Refusal]>([])
    /// What happened, a line each, where somebody wants to read it.
    package let lines: Locked<[String]>?
    /// Counts what happens and keeps it where somebody wants to see it again.
    package let recorder: Recorder
    /// The durable marks, transaction by transaction.
    package let marks = Locked<[MarkSample]>([])
    /// Changes that a mark passed although nothing accounted for them.
    package let passedChanges = Locked<[String]>([])
    /// What the engine said of passes that failed.
    package let messages = Locked<[String]>([])
    /// What administrators broke for a while.
    package let breaks = Locked<[SchemaBreak]>([])
    /// When a flow of the org rewrote which field.
    package let rewrites = Locked<[SchemaBreak]>([])
    /// What a foreign app was told by both CRMs' event feeds, where one listens.
    package let observed = Locked<ObservedFeeds?>(nil)
    private let audit: MarkAudit
    package let disk: SimulatedDisk
    /// What the engine's configuration holds to sign in with; each new process reads it.
    let keys: Locked<SimulatedKeys>
    /// What HubSpot said of its segments' members.
    package let segments = Locked<[SegmentSample]>([])
    /// What people and other apps made of records that nobody has mapped, by their own book.
    let book = Locked(UnmappedBook())
    /// What another integration asked both CRMs for.
    package let bystander = Locked(BystanderFacts())
    /// When either CRM was slow.
    let slow = Locked<[SlowSpan]>([])
    /// When either CRM let the integration in no longer, and why.
    package let shut = Locked<[ShutDoor]>([])
    /// What ended a process of the engine that was not killed.
    package let stops = Locked<[Evidence.Stop]>([])
    /// The numbers of the processes that were killed.
    package let deaths = Locked<Set<Int>>([])
    /// Every request of every process, as the wire saw it.
    package let frames = Locked<[NetworkFrame]>([])
    /// What others did to the calls of both CRMs.
    package let foreign = Locked<[ForeignCalls]>([])
    /// How often a pass ended with something that waits for the day's calls.
    package let deferrals = Locked(0)
    private let processes = Locked(0)
    private let quota: SimulatedQuota?
    private let hasNarrowLimits: Bool
    private let isGuardStrict: Bool
    private let sabotage: Sabotage?
    /// The mapped fields of people besides the e-mail address.
    let fields: [SimulatedField]
    /// What is kept in step.
    let objects: [SimulatedObject]
    /// Changes only where the list of fields does, while no process runs.
    private let configured: Locked<[ObjectMapping]>
    /// Which fields the configuration named from when on, where that changes.
    let fieldLists = Locked<[FieldList]>([])
    /// Those of tasks and calls, where they are kept in step.
    let activities: [ObjectMapping]
    /// Who tied which record to which company in HubSpot, where records belong to companies.
    let ties: TieWatch?
    /// Who plays which role in a deal, where that is kept in step.
    let roles: RoleWatch?
    /// Who is in the segments that say what is synced, as people say.
    let members = Locked(MemberBook())
    /// Whom an operator erased.
    let erased = Locked<[ErasedPerson]>([])
    /// What people said of whom tasks, calls and wares are with.
    let partnerWords = Locked<[PartnerWord]>([])
    /// When an operator let go the deletes that were held; `nil` where nobody has.
    let deletesLetGo = Locked<Int64?>(nil)
    /// When which record was hidden from the integration user.
    let hidden = Locked<[HiddenSpan]>([])

    package convenience init(seed: UInt64, sabotage: Sabotage? = nil) throws {
        try self.init(choices: Choices(seed: seed), sabotage: sabotage)
    }

    package init(
        choices: Choices,
        fields: [SimulatedField] = SimulatedField.texts,
        objects: [SimulatedObject]? = nil,
        hasActivities: Bool = false,
        hasRoles: Bool = false,
        sabotage: Sabotage? = nil,
        traces: Bool = false,
        isRecorded: Bool = false,
        quota: SimulatedQuota? = nil,
        hasNarrowLimits: Bool = false,
        isGuardStrict: Bool = false,
        checksRights: Bool = false,
        worlds: SimulatedWorlds.Plan? = nil
    ) throws {
        self.isGuardStrict = isGuardStrict
        self.hasNarrowLimits = hasNarrowLimits
        self.quota = quota
        self.sabotage = sabotage
        self.fields = fields
        self.keys = Locked(SimulatedKeys(isInstalled: worlds?.signIn?.hubspotLifetime != nil))
        self.objects = objects ?? [.contacts(fields)]
        self.activities = hasActivities ? SimulatedActivities.mappings : []
        var mappings = self.objects.map(\.mapping) + self.activities
        if hasRoles { RoleLabel.relate(&mappings) }
        self.configured = Locked(mappings)
        self.choices = choices
        let lines = traces ? Locked<[String]>([]) : nil
        self.lines = lines
        let executor = SimulationExecutor(choices: choices)
        let time = VirtualTime(executor)
        self.executor = executor
        self.time = time
        let recorder = Recorder(isKept: isRecorded, start: time.wallMilliseconds) {
            time.monotonicMilliseconds
        }
        self.recorder = recorder
        let names = self.activities.map(\.name)
        self.world = Self.world(self.objects, names, hasRoles, checksRights, worlds, time)
        self.weather = Locked(.calm)
        self.engineTime = SkewedTime(time)
        let ties = self.objects.count > 1 ? TieWatch(self.objects, self.world, time) : nil
        self.ties = ties
        let roles = hasRoles ? RoleWatch(self.world, time) : nil
        self.roles = roles
        self.wire = SimulatedWire(
            executor,
            time: time,
            world: self.world,
            inner: Self.transport(to: self.world, executor, time, ties, roles, lines),
            recorder: recorder,
            lines: lines
        )
        self.store = try .inMemory(now: { time.wallMilliseconds }, sabotage: sabotage)
        self.disk = try SimulatedDisk(
            self.store,
            choices: choices,
            probes: recorder.probes,
            sabotage: sabotage
        )
        self.audit = MarkAudit(
            world: self.world,
            store: self.store,
            objects: self.objects,
            mappings: self.configured,
            hidden: self.hidden,
            members: self.members,
            breaks: self.breaks
        )
    }

    /// The way to both CRMs, on which each request is noted.
    private static func transport(
        to world: MockWorld,
        _ executor: SimulationExecutor,
        _ time: VirtualTime,
        _ ties: TieWatch?,
        _ roles: RoleWatch?,
        _ lines: Locked<[String]>?
    ) -> MockTransport {
        MockTransport(world: world) { request in
            ties?.arrives(request)
            roles?.arrives(request)
            executor.note(request.url.utf8)
            executor.note(request.body)
            lines?.withLock { lines in
                let body = String(decoding: request.body.prefix(4000), as: UTF8.self)
                lines.append("\(time.wallMilliseconds) \(request.method) \(request.url) \(body)")
            }
        }
    }

    private static func world(
        _ objects: [SimulatedObject],
        _ activities: [String],
        _ hasRoles: Bool,
        _ checksRights: Bool,
        _ worlds: SimulatedWorlds.Plan?,
        _ time: VirtualTime
    ) -> MockWorld {
        var portal = SimulatedField.hubspotSettings
        let more = Set(objects.map(\.name) + activities).subtracting(portal.objects.map(\.name))
        portal.objects += MockHubSpotObject.standard.filter { more.contains($0.name) }
        var org = Self.salesforceSettings(checksRights)
        let hasWares = objects.contains { $0.type != nil }
        let hasMembers = objects.contains { $0.segment != nil }
        if hasWares || hasRoles || hasMembers { portal.apps.append(OtherApp.hubspot) }
        if hasWares { SimulatedWares.set(up: &org) }
        if objects.contains(where: \.tells) {
            SimulatedObject.define(in: &portal)
            SimulatedObject.define(in: &org)
        }
        if objects.contains(where: \.isOwned) {
            portal.owners.append(SimulatedOwners.hubspot)
            org.users.append(SimulatedOwners.salesforce)
        }
        var hubspot = MockHubSpot(settings: SimulatedWorlds.settings(portal, worlds))
        if hasWares {
            let isMade = SimulatedWares.make(in: &hubspot, at: time.wallMilliseconds)
            precondition(isMade, "the portal's own object is another than the mapping names")
        }
        if hasRoles {
            let isMade = RoleLabel.make(in: &hubspot, at: time.wallMilliseconds)
            precondition(isMade, "the portal's labels are others than the mapping names")
        }
        if hasMembers {
            let isMade = SimulatedMembers.make(objects, in: &hubspot, at: time.wallMilliseconds)
            precondition(isMade, "the portal's segments are others than the mappings name")
        }
        return MockWorld(
            hubspot: hubspot,
            salesforce: MockSalesforce(settings: SimulatedWorlds.settings(org, worlds)),
            time: time
        )
    }

    private static func salesforceSettings(_ checksRights: Bool) -> MockSalesforceSettings {
        var settings = SimulatedField.salesforceSettings
        if checksRights { settings.permissions = .init(profiles: [SimulatedRights.profile]) }
        return settings
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
        let room = self.hasNarrowLimits ? EngineRoom(self.choices) : nil
        if room != nil { self.recorder.probes.hit(.limitsNarrowed) }
        var settings = self.settings
        if let most = room?.matchBatchMax { settings.matchBatchMax = most }
        adjust(&settings)
        let store = SimulatedStore(
            self.store,
            of: process,
            disk: self.disk,
            recorder: self.recorder,
            sabotage: self.sabotage,
            committed: self.note,
            marked: self.note
        )
        let wire = SimulatedNetwork(
            wire: self.wire,
            time: self.time,
            weather: self.weather,
            choices: self.choices,
            process: process,
            requestTimeMax: settings.requestTimeMax,
            frames: self.frames,
            number: self.processes.withLock { number in
                number += 1
                return number
            }
        )
        let time = self.engineTime
        let clock = ServerClock(time, sabotage: self.sabotage)
        let network = RecordedWire(wire, self.recorder)
        let sequence = SequenceSource()
        func gate(_ side: Side) async throws -> RateLimiter {
            RateLimiter(
                side: side,
                transport: network,
                store: store,
                time: time,
                sequence: sequence,
                limits: try await CallLimits.restored(
                    side: side,
                    store: store,
                    time: time,
                    budget: self.budget(of: side),
                    sabotage: self.sabotage
                ),
                clock: clock,
                sabotage: self.sabotage,
                progress: self.hear
            )
        }
        var connections = try await self.connections(store, gate)
        if let room { connections = connections.mapValues { NarrowConnection($0, room) } }
        if settings.readsNewFields { try await self.bringFields(of: store) }
        return PairRunner(
            pair: Pair(
                name: "simulation",
                mappings: self.mappings,
                required: self.required,
                connections: connections,
                store: store,
                time: clock,
                settings: settings,
                progress: self.hear
            )
        )
    }

    /// Without what Salesforce takes no new record, by object.
    private var required: [String: [String]] {
        Dictionary(self.objects.map { ($0.salesforce, $0.required) }) { first, _ in first }
    }

    private var settings: RuntimeSettings {
        var settings = RuntimeSettings()
        settings.sabotage = self.sabotage
        settings.observer = self.decisions
        settings.parkedWait = settings.searchLagHorizon
        settings.isGuardStrict = self.isGuardStrict
        settings.readsNewFields = self.fieldLists.withLock { !$0.isEmpty }
        return settings
    }

    private func connections(
        _ store: SimulatedStore,
        _ gate: (Side) async throws -> RateLimiter
    ) async throws -> [Side: any CRMConnection] {
        let credential = MockSalesforceCredential.standard
        let credentials = StoreCredentials(store: store)
        let hubspot = HubSpotConnection(
            configuration: HubSpotConfiguration(
                baseURL: MockTransport.hubspotURL,
                auth: self.keys.withLock { $0.hubspotAuth }
            ),
            gate: try await gate(.hubspot),
            credentials: credentials,
            time: self.engineTime,
            sabotage: self.sabotage
        )
        let salesforce = SalesforceConnection(
            configuration: SalesforceConfiguration(
                loginURL: MockTransport.salesforceURL,
                clientID: credential.clientID,
                clientSecret: credential.clientSecret,
                auth: self.keys.withLock { $0.salesforceAuth }
            ),
            gate: try await gate(.salesforce),
            credentials: credentials,
            time: self.engineTime
        )
        return [.hubspot: hubspot, .salesforce: salesforce]
    }

    @Sendable private func hear(_ event: ProgressEvent) {
        guard case .paused(let error, _) = event else { return }
        self.messages.withLock { $0.append(error.cause + " " + error.nextStep) }
        guard error.code == .limitReached else { return }
        self.deferrals.withLock { $0 += 1 }
    }

    /// The engine's newest process ends by itself and says why.
    func stopped(by error: SyncError) {
        let number = self.processes.withLock { $0 }
        let now = self.time.wallMilliseconds
        self.stops.withLock { $0.append(Evidence.Stop(process: number, at: now, error: error)) }
        self.lines?.withLock { $0.append("\(now) engine stops: \(error)") }
    }

    /// The engine's newest process was killed.
    func died() {
        let number = self.processes.withLock { $0 }
        _ = self.deaths.withLock { $0.insert(number) }
    }

    private func budget(of side: Side) -> BudgetSettings {
        var budget = BudgetSettings(side: side)
        if let quota = self.quota {
            budget.sharePercent = quota.sharePercent
            budget.reservePercent = quota.reservePercent
        }
        return budget
    }

    /// What the engine keeps in step, as the configuration has it now.
    private var mappings: [ObjectMapping] { self.configured.withLock { $0 } }

    /// What `duet` does at each start.
    private func bringFields(of store: SimulatedStore) async throws {
        // With another number of fields nothing could be read at all.
        let isAsLong = self.fieldLists.withLock { lists in
            lists.count > 1 && Set(lists.suffix(2).map(\.fields.count)).count == 1
        }
        guard self.sabotage != .comparesByPlace || !isAsLong else { return }
        _ = try await MappingCheck(store: store).run(self.mappings)
    }

    /// The configuration names these fields of contacts from now on, besides those that are always there.
    func configure(_ fields: [SimulatedField], place: Int) {
        let now = self.time.wallMilliseconds
        self.fieldLists.withLock { $0.append(FieldList(from: now, fields: fields)) }
        self.lines?.withLock { lines in
            let told = fields.map { "\($0.hubspot) \($0.rule.rawValue)" }
            lines.append("\(now) the configuration names \(told) at place \(place)")
        }
        guard self.sabotage != .keepsOldLists || self.fieldLists.withLock({ $0.count == 1 }) else {
            return
        }
        self.configured.withLock { mappings in
            guard let contacts = mappings.firstIndex(where: { $0.name == "contacts" }) else {
                return
            }
            let all = SimulatedFieldLists.fields(self.fields, fields, place: place)
            mappings[contacts] = SimulatedObject.contacts(all).mapping
            mappings[contacts].revision = Self.revision(all)
        }
    }

    /// Another number for each other list, as the configuration's compiler gives it.
    private static func revision(_ fields: [SimulatedField]) -> Int64 {
        let names = fields.map { "\($0.hubspot)\u{0}\($0.salesforce)\u{0}" }
        let hash = names.joined().utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01b3
        }
        return Int64(bitPattern: hash >> 1)
    }

    /// By what the engine tells a person.
    var peopleFields: PeopleFields? {
        self.mappings.first { $0.name == "contacts" }.flatMap { PeopleFields($0) }
    }

    /// Puts the store's backup in its place, where there is one.
    func goBack() async throws {
        guard try await self.disk.goBack(at: self.time.wallMilliseconds) else { return }
        self.audit.startsAnew()
        self.lines?.withLock { $0.append("\(self.time.wallMilliseconds) the backup is restored") }
    }

    private func note(_ marks: [FeedMark]) async throws(SyncError) {
        for mark in marks {
            let left = try await self.audit.left(behind: mark)
            guard !left.isEmpty else { continue }
            self.passedChanges.withLock { $0 += left }
        }
        self.marks.withLock { samples in
            samples += marks.map { mark in
                MarkSample(
                    mark: mark,
                    serverTime: self.world.with { $0.time(mark.side, at: $1) },
                    restores: self.disk.forgotten.spans.count
                )
            }
        }
    }

    /// What the engine stored that checkers hold it to.
    private func note(_ record: RecordCommit) {
        let now = self.time.wallMilliseconds
        self.members.withLock { $0.note(record, at: now) }
        let links = ([record.link].compactMap { $0 } + record.freeze)
        let lines = record.journal.filter {
            $0.kind == .linked && $0.reason == RecordStep.wasMerged
        }
        self.successions.withLock { successions in
            for line in lines {
                guard let hubspotID = line.hubspotID, let salesforceID = line.salesforceID else {
                    continue
                }
                successions.append(
                    .init(hubspotID: hubspotID, salesforceID: salesforceID, at: now)
                )
            }
        }
        self.freezes.withLock { freezes in
            for link in links {
                let open = freezes.indices.filter {
                    freezes[$0].until == nil && freezes[$0].holds(link)
                }
                if link.state == .active {
                    for place in open { freezes[place].until = now }
                } else if open.isEmpty {
                    freezes.append(Evidence.Freeze(link, at: now))
                }
            }
        }
        if let lines = self.lines {
            let told = CommitText.lines(record).map { "\(now)   \($0)" }
            lines.withLock { $0 += told }
        }
        let isTold = !record.raise.isEmpty || !record.park.isEmpty
        let refused = record.entries.filter { $0.state == .rejected }.compactMap {
            self.refusal(of: $0, in: record, at: now, isTold: isTold)
        }
        self.refusals.withLock { $0 += refused }
    }

    private func refusal(
        of entry: OutboxEntry,
        in record: RecordCommit,
        at now: Int64,
        isTold: Bool
    ) -> Evidence.Refusal? {
        guard let mapping = self.mappings.first(where: { $0.name == entry.mapping }) else {
            return nil
        }
        return Evidence.Refusal(
            mapping: entry.mapping,
            target: entry.target,
            sourceID: entry.sourceID,
            targetID: entry.targetID,
            fields: entry.fields.map { mapping.fields[$0.index].hubspot },
            named: entry.fields.compactMap { field in
                mapping.fields[field.index]
                    .referred(FieldValue(bytes: field.value), on: entry.target)?.id
            },
            at: now,
            isTold: isTold,
            left: entry.fields.filter { field in
                !record.entries.contains { other in
                    other.state == .planned && other.target == entry.target
                        && other.fields.contains { $0.index == field.index }
                }
            }.map { mapping.fields[$0.index].hubspot },
            isUpdate: entry.kind == .update
        )
    }
}
