import MockSalesforce
import SyncStore
package import SyncCore
import HTTPTransport
import MockHubSpot
import SyncRuntime

/// One run of the whole engine: people work in bad weather while the engine's process is killed and
/// started again, then all faults end and everything must settle.
package struct Simulation: Sendable {
    /// Long enough for each wait that the engine may be in: two CRMs' longest request times, their
    /// confirm intervals, an hour of counted rounds and one of a held field.
    package var settleTime: Int64 = 7_200_000
    /// How long everything must stay quiet after that.
    package var quietTime: Int64 = 1_500_000
    package var seed: UInt64
    package var profile: SimulationProfile
    package var records: Int
    /// Breaks the engine on purpose, to see the checkers notice.
    package var sabotage: Sabotage?
    /// At which of its moments the first process dies; 0 for none.
    package var deathPoint = 0
    /// Whether the report tells everything that happened.
    package var traces = false
    /// Whether the report holds a recording; the run is the same with and without.
    package var isRecorded = false
    /// Given the world of the run before it is let go.
    package var whenOver: @Sendable (SimulatedPair) -> Void = { _ in }
    private let tape: Tape?

    package init(
        seed: UInt64,
        profile: SimulationProfile.Name,
        records: Int? = nil,
        sabotage: Sabotage? = nil
    ) {
        self.seed = seed
        self.profile = .drawn(profile, seed: seed)
        self.records = records ?? SimulationProfile.records(profile)
        self.sabotage = sabotage
        self.tape = nil
        if self.profile.quota != nil { self.settleTime = SimulatedQuota.settleTime }
    }

    /// The run that a tape holds.
    package init(tape: Tape) {
        self.seed = tape.seed
        self.profile = tape.profile
        self.records = tape.records
        self.sabotage = tape.sabotage
        self.deathPoint = tape.deathPoint
        self.settleTime = tape.settleTime ?? self.settleTime
        self.quietTime = tape.quietTime ?? self.quietTime
        self.tape = tape
        if self.profile.quota != nil { self.settleTime = SimulatedQuota.settleTime }
    }

    /// Runs on this thread to the end.
    ///
    /// - Throws: a `HungSimulation` for a run that hangs, leaves the executor or fails itself.
    package func run() throws -> SimulationReport {
        let choices = self.tape.map(Choices.init(tape:)) ?? Choices(seed: self.seed)
        let pair = try SimulatedPair(
            choices: choices,
            fields: self.profile.fields,
            objects: SimulatedObject.all(in: self.profile),
            hasActivities: self.profile.objects?.hasActivities == true,
            hasRoles: self.profile.roles != nil,
            sabotage: self.sabotage,
            traces: self.traces,
            isRecorded: self.isRecorded,
            quota: self.profile.quota,
            hasNarrowLimits: self.profile.hasNarrowLimits,
            isGuardStrict: self.profile.isGuardStrict == true,
            checksRights: self.profile.rights != nil,
            worlds: self.profile.worlds
        )
        defer { self.leave(pair) }
        try self.setUp(pair)
        if let quota = self.profile.quota { SimulatedNeighbours(pair, quota, acts: 1).start() }
        let kills = Locked(0)
        let points = Locked(0)
        let living = Locked<SimulatedProcess?>(nil)
        let calmAt = Locked<Int64>(0)
        let settled: Settled
        do {
            settled = try pair.executor.run {
                try await self.program(pair, living, kills, points, calmAt)
            }
        } catch {
            throw HungSimulation(error, tape: self.tape(of: choices))
        }
        let first = living.withLock { $0 }
        var evidence = try SimulationExecutor(seed: 0).run {
            try await self.evidence(pair, settled)
        }
        evidence.kills = kills.withLock { $0 }
        self.complete(&evidence, pair)
        evidence.calmAt = calmAt.withLock { $0 }
        evidence.spread()
        let violations = Checkers.violations(in: evidence)
        return SimulationReport(
            seed: self.seed,
            profile: self.profile,
            traceHash: pair.executor.trace,
            violations: violations,
            records: evidence.contacts.count + evidence.people.count,
            jobs: pair.executor.jobs,
            virtualTime: pair.executor.now,
            hubspotCalls: evidence.billed[.hubspot] ?? 0,
            salesforceCalls: evidence.billed[.salesforce] ?? 0,
            unknownCalls: evidence.ledger.filter { $0.outcome == .unknown }
                .reduce(0) { $0 + $1.calls },
            kills: kills.withLock { $0 },
            conflicts: evidence.journal.count { $0.kind == .conflict },
            raced: NoSilentLoss().fates(in: evidence).raced,
            findings: evidence.findings.count,
            decisions: pair.decisions.decisions,
            cells: pair.decisions.cells,
            deferrals: pair.deferrals.withLock { $0 },
            story: violations.first.map(evidence.told) ?? [],
            points: first?.points ?? 0,
            workPoints: points.withLock { $0 },
            lines: pair.lines?.withLock { $0 } ?? [],
            tape: self.tape(of: choices),
            probes: Self.probes(pair, evidence),
            bystander: evidence.bystander,
            recording: Self.recording(pair, evidence)
        )
    }

    /// What the run noted beside both CRMs and the store.
    private func complete(_ evidence: inout Evidence, _ pair: SimulatedPair) {
        evidence.feeds = pair.observed.withLock { $0 }
        evidence.transactions = pair.world.with { state, _ in state.salesforce.transactions }
        evidence.marks = pair.marks.withLock { $0 }
        evidence.passedChanges = pair.passedChanges.withLock { $0 }
        evidence.deletesLetGo = pair.deletesLetGo.withLock { $0 }
        evidence.messages = pair.messages.withLock { $0 }
        evidence.members = pair.members.withLock { $0 }
        evidence.fieldLists = pair.fieldLists.withLock { $0 }
        evidence.breaks = pair.breaks.withLock { $0 }
        evidence.rewrites = pair.rewrites.withLock { $0 }
        evidence.segments = pair.segments.withLock { $0 }
        evidence.shut = pair.shut.withLock { $0 }
        evidence.slow = pair.slow.withLock { $0 }
        evidence.unmapped = UnmappedWorld(pair)
        evidence.stops = pair.stops.withLock { $0 }
        evidence.deaths = pair.deaths.withLock { $0 }
        evidence.secrets = pair.keys.withLock { $0.secrets }
        if self.profile.worlds?.signIn != nil {
            evidence.secrets += pair.world.with { state, _ in
                state.hubspot.tokensGiven + state.salesforce.tokensGiven
            }
        }
        evidence.bystander = pair.bystander.withLock { $0 }
        evidence.storeFaults = pair.disk.faults
    }

    /// How both CRMs are this time.
    private func setUp(_ pair: SimulatedPair) throws {
        SimulatedTies.prepare(pair, self.profile.ties)
        SimulatedRoles.prepare(pair, self.profile.roles)
        SimulatedFieldLists.prepare(pair, self.profile.lists)
        pair.world.with { state, _ in
            state.hubspot.settings.indexDelay = self.profile.indexDelay
            if self.sabotage == .readsBySearch {
                // Whoever reads records by search sees what the index shows.
                state.hubspot.settings.readDelay = self.profile.indexDelay
            }
            self.sabotageFeeds(&state)
            state.hubspot.setLimits(burst: self.profile.burst)
            if let rows = self.profile.pageRowsMax {
                state.hubspot.settings.searchRowsMax = rows
                state.salesforce.settings.pageRowsMax = rows
            }
            state.hubspot.settings.mergeKeepsPrimaryID = self.profile.lives?.keepsID ?? false
            if self.profile.rules?.wordsDuplicatesOtherwise == true {
                state.salesforce.settings.misspellsDuplicateResult = false
                state.salesforce.settings.listsDuplicateResults = false
            }
            if let reads = self.profile.lives?.mergedIDsInReads {
                state.hubspot.settings.mergedIDsInReads = reads
            }
            if let updates = self.profile.lives?.mergedIDsInUpdates {
                state.hubspot.settings.mergedIDsInUpdates = updates
            }
        }
        try SimulatedFamily.prepare(pair, self.profile.family)
    }

    private func sabotageFeeds(_ state: inout MockWorld.State) {
        switch self.sabotage {
        case .losesChangeEvents: state.salesforce.settings.streaming.loseEveryNthEvent = 7
        case .losesJournalEvents: state.hubspot.settings.journal.loseEveryNthEvent = 7
        case .keepsOldSegments: state.hubspot.settings.refreshesLists = false
        case .losesWebhooks: state.hubspot.settings.webhooks.lossPercent = 10
        default: break
        }
    }

    private func leave(_ pair: SimulatedPair) {
        pair.empty()
        self.whenOver(pair)
    }

    private func tape(of choices: Choices) -> Tape {
        let usual = Simulation(seed: 0, profile: .calm)
        var tape = Tape(
            seed: self.seed,
            profile: self.profile,
            records: self.records,
            sabotage: self.sabotage,
            choices: choices.taken
        )
        tape.deathPoint = self.deathPoint
        tape.settleTime = self.settleTime == usual.settleTime ? nil : self.settleTime
        tape.quietTime = self.quietTime == usual.quietTime ? nil : self.quietTime
        return tape
    }

    /// Answers how far both CRMs were once everything had settled.
    private func program(
        _ pair: SimulatedPair,
        _ living: Locked<SimulatedProcess?>,
        _ kills: Locked<Int>,
        _ points: Locked<Int>,
        _ calmAt: Locked<Int64>
    ) async throws -> Settled {
        var people = SimulatedPeople(pair, self.profile)
        let observer = self.profile.feeds.map { FeedObserver(pair, $0) }
        if let observer {
            SimulatedFeeds(observer).setUp()
            pair.executor.start(SimulatedProcess(pair.executor)) { await observer.run() }
        }
        let clocks = self.profile.clocks.map { SimulatedClocks(pair: pair, plan: $0) }
        clocks?.start()
        self.start(pair, living, dyingAt: self.deathPoint, kills)
        // A pair syncs what changes after its first start; what was there before is a backfill's.
        try await pair.time.sleep(milliseconds: 30_000)
        try people.settle(records: self.records)
        pair.ties?.peopleActed()
        pair.weather.withLock { $0 = self.profile.weather }
        if self.profile.commitDelay > 0 {
            // Whoever is on both sides has been matched by then: a record that stays invisible for
            // minutes after it was made has a double that no look-up can prevent.
            try await pair.time.sleep(milliseconds: 120_000)
            pair.world.with { state, _ in
                state.salesforce.settings.commitDelay = self.profile.commitDelay
            }
        }
        let isOver = Locked(false)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.killing(pair, living, isOver, kills) }
            if let clocks {
                group.addTask {
                    try await clocks.run({ living.withLock { $0 } }) { isOver.withLock { $0 } }
                }
            }
            if self.profile.hasQuarrel {
                group.addTask {
                    try await SimulatedQuarrel(pair: pair).run { isOver.withLock { $0 } }
                }
            }
            if let observer {
                group.addTask {
                    var feeds = SimulatedFeeds(observer)
                    try await feeds.run { isOver.withLock { $0 } }
                }
            }
            self.fail(pair, until: isOver, in: &group)
            try await people.work()
            isOver.withLock { $0 = true }
            try await group.waitForAll()
        }
        try await self.calm(pair)
        if self.profile.hasAdministrators {
            // What was refused is known to the engine by then.
            try await pair.time.sleep(milliseconds: 900_000)
            try people.editAgain()
        }
        calmAt.withLock { $0 = pair.time.wallMilliseconds }
        try await pair.time.sleep(milliseconds: 120_000)
        points.withLock { $0 = living.withLock { $0?.points ?? 0 } }
        try await pair.time.sleep(milliseconds: self.settleTime - 120_000)
        let settled = Settled(versions: Self.versions(pair), billed: Self.billed(pair))
        pair.recorder.settled()
        try await pair.time.sleep(milliseconds: self.quietTime)
        living.withLock { $0 }?.kill()
        observer?.ends()
        return settled
    }

    /// Once sweeps have seen what people deleted, an operator answers for what is held of it.
    private func answerDeletes(_ pair: SimulatedPair) async throws {
        guard self.profile.sweepSettings != nil || self.profile.family?.carried != nil else {
            return
        }
        try await pair.time.sleep(milliseconds: 1_200_000)
        if let carried = self.profile.family?.carried {
            try await SimulatedDeletes.answer(pair, carried)
        }
        if self.profile.ties != nil { try await SimulatedTies.answer(pair) }
    }

    /// Nothing goes wrong any more.
    private func calm(_ pair: SimulatedPair) async throws {
        pair.weather.withLock { $0 = .calm }
        pair.wire.mend()
        if self.profile.troubles != nil { SimulatedTroubles.end(pair) }
        try await self.answerDeletes(pair)
    }

    /// The disk fails and neither CRM can be reached, as the profile says.
    private func fail(
        _ pair: SimulatedPair,
        until isOver: Locked<Bool>,
        in group: inout ThrowingTaskGroup<Void, any Error>
    ) {
        if let plan = self.profile.disk {
            group.addTask {
                try await SimulatedDiskFaults(pair: pair, plan: plan)
                    .run { isOver.withLock { $0 } }
            }
        }
        if let plan = self.profile.troubles {
            group.addTask {
                try await SimulatedTroubles(pair: pair, plan: plan).run { isOver.withLock { $0 } }
            }
        }
        if let plan = self.profile.outages {
            let weather = self.profile.weather
            group.addTask {
                try await SimulatedOutages(pair: pair, plan: plan, weather: weather)
                    .run { isOver.withLock { $0 } }
            }
        }
    }

    /// Kills the engine's process at moments of its own choosing.
    private func killing(
        _ pair: SimulatedPair,
        _ living: Locked<SimulatedProcess?>,
        _ isOver: Locked<Bool>,
        _ kills: Locked<Int>
    ) async throws {
        let day = self.profile.edits * self.profile.pauseMax / 2
        for _ in 0..<self.profile.kills {
            // Half of the kills come right after a start, when the most is on its way.
            let isSoon = pair.choices.happens(.kills, percent: 50)
            let pause = pair.choices.choose(
                .kills,
                below: isSoon ? 3_000 : max(1, 2 * day / self.profile.kills)
            )
            let dead = pair.choices.choose(.kills, below: self.profile.deadMax)
            try await pair.time.sleep(milliseconds: Int64(pause))
            if isOver.withLock({ $0 }) { break }
            if let process = living.withLock({ $0 }) {
                process.kill()
                pair.died()
                pair.disk.stopped(at: pair.time.wallMilliseconds)
                // Where requests land late, those of the dead arrive as well.
                if self.profile.weather.wire?.lateLandingsPercent ?? 0 > 0 {
                    pair.wire.stops(process)
                }
            }
            kills.withLock { $0 += 1 }
            pair.recorder.mark(.killed)
            let goesBack =
                self.profile.disk?.restores == true && pair.choices.happens(.disk, percent: 50)
            if goesBack { try await pair.goBack() }
            if let plan = self.profile.lists { SimulatedFieldLists.turn(pair, plan) }
            if let plan = self.profile.erasures { try await SimulatedErasures.erase(pair, plan) }
            // Nobody restores a backup within a minute.
            try await pair.time.sleep(milliseconds: max(Int64(dead), goesBack ? 60_000 : 0))
            self.start(pair, living, kills)
        }
    }

    /// Starts the engine; a supervisor starts it again when it ends or dies.
    private func start(
        _ pair: SimulatedPair,
        _ living: Locked<SimulatedProcess?>,
        dyingAt point: Int = 0,
        _ kills: Locked<Int>
    ) {
        let process = SimulatedProcess(pair.executor, dyingAt: point)
        living.withLock { $0 = process }
        pair.lines?.withLock { $0.append("\(pair.time.wallMilliseconds) engine starts") }
        if kills.withLock({ $0 > 0 }) { pair.decisions.crashed() }
        pair.recorder.mark(.started)
        process.whenItDies {
            kills.withLock { $0 += 1 }
            pair.died()
            pair.disk.stopped(at: pair.time.wallMilliseconds)
            pair.recorder.mark(.killed)
            pair.recorder.probes.hit(.diedAtMoment)
            _ = pair.executor.schedule(after: 5_000) { self.start(pair, living, kills) }
        }
        pair.executor.start(process) {
            while !Task.isCancelled {
                do {
                    let runner = try await pair.runner(of: process) {
                        $0.pollInterval = self.profile.pollInterval
                        $0.sweeps = self.profile.sweepSettings
                    }
                    try await runner.run()
                } catch {
                    let code = (error as? SyncError)?.code
                    if let error = error as? SyncError {
                        pair.stopped(by: error)
                        if self.profile.worlds?.signIn?.rotates == true {
                            SimulatedSignIn.mend(pair, after: error)
                        }
                    }
                    if code == .storeFull { pair.recorder.probes.hit(.diskFull) }
                    // What it had on its way is as lost as with a death.
                    if code == .storeFull || code == .storeDamaged { kills.withLock { $0 += 1 } }
                    try? await pair.time.sleep(milliseconds: 60_000)
                }
            }
        }
    }

    private static func versions(_ pair: SimulatedPair) -> Int {
        pair.roles?.settles()
        let ties = (pair.ties?.changes.count ?? 0) + (pair.roles?.changes.count ?? 0)
        return pair.world.with { state, _ in
            pair.objects.reduce(state.salesforce.changes.count + ties) { sum, object in
                sum + state.hubspot.changes(of: object.name).count
            }
        }
    }

    /// How far both CRMs were when everything had had its time to settle.
    private struct Settled: Sendable {
        var versions: Int
        var billed: [Side: Int]
    }

    private static func billed(_ pair: SimulatedPair) -> [Side: Int] {
        pair.world.with { state, _ in
            [
                .hubspot: state.hubspot.usage.billedCalls(app: MockHubSpotApp.standardStatic.id),
                .salesforce: state.salesforce.bills()
                    .filter { $0.credential == MockSalesforceCredential.standard.name }
                    .reduce(0) { $0 + $1.cost },
            ]
        }
    }

    private func evidence(_ pair: SimulatedPair, _ settled: Settled) async throws -> Evidence {
        let billed = Self.billed(pair)
        var evidence = pair.world.with { state, _ in
            Evidence(
                profile: self.profile,
                hubspot: state.hubspot.changes,
                salesforce: state.salesforce.changes,
                contacts: state.hubspot.export(object: "contacts"),
                people: state.salesforce.export(object: "Contact"),
                journal: [],
                ledger: [],
                billed: billed,
                throttled: state.hubspot.usage.rows
                    .filter { $0.appID == MockHubSpotApp.standardStatic.id }
                    .reduce(0) { $0 + $1.throttled - $1.throttledByDay },
                hidden: pair.hidden.withLock { $0 },
                wrongDecisions: pair.decisions.faults,
                openEntries: 0,
                parked: 0,
                findings: [],
                versionsWhenSettled: settled.versions,
                quietTime: self.quietTime,
                idleCalls: billed.merging(settled.billed) { $0 - $1 },
                wire: pair.wire.record,
                freezes: pair.freezes.withLock { $0 },
                successions: pair.successions.withLock { $0 },
                refusals: pair.refusals.withLock { $0 },
                allPeople: state.salesforce.allRecords(object: "Contact"),
                allContacts: Set(state.hubspot.changes.map(\.recordID))
                    .compactMap(state.hubspot.record).sorted { $0.id < $1.id }
            )
        }
        evidence.links = try await pair.store.load(
            mapping: "contacts",
            side: .hubspot,
            ids: evidence.allContacts.map(\.id)
        ).compactMap(\.link)
        let forgotten = pair.disk.forgotten
        evidence.forgotten = forgotten
        // The engine that came back knows nothing of them.
        for span in forgotten.spans {
            evidence.freezes.removeAll { span.contains($0.at) }
            evidence.successions.removeAll { span.contains($0.at) }
            evidence.refusals.removeAll { span.contains($0.at) }
        }
        for contact in evidence.allContacts {
            let lines = try await pair.store.history(
                hubspotID: contact.id,
                salesforceID: nil,
                limit: 100_000
            )
            let before = forgotten.lines.filter { $0.hubspotID == contact.id }
            evidence.journal +=
                before.isEmpty
                ? lines.reversed()
                : (before + lines.reversed()).sorted { $0.at < $1.at }
        }
        evidence.frames = pair.frames.withLock { $0 }
        evidence.foreign = pair.foreign.withLock { $0 }
        evidence.ledger = try await pair.store.calls(since: 0) + forgotten.calls
        evidence.openEntries = try await pair.store.outboxCounts().reduce(0) { $0 + $1.count }
        evidence.parked = try await pair.store.parkedCount()
        evidence.findings = try await pair.store.findings(mapping: nil, limit: 10_000)
        evidence.object = pair.objects.first { $0.name == "contacts" } ?? evidence.object
        pair.ties?.settles()
        evidence.versionsAtEnd = Self.versions(pair)
        try await evidence.takeApart(of: pair)
        if pair.objects.count > 1 { try await FamilyEvidence(pair).split(&evidence) }
        return evidence
    }
}
