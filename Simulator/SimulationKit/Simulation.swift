import MockSalesforce
import SyncStore
import SyncCore
import HTTPTransport
import MockHubSpot
import SyncRuntime

/// One run of the whole engine: people work in bad weather while the engine's process is killed and
/// started again, then all faults end and everything must settle.
package struct Simulation: Sendable {
    /// Long enough for each wait that the engine may be in: two CRMs' longest request times, their
    /// confirm intervals and an hour of counted rounds.
    package static let settleTime: Int64 = 5_400_000
    /// How long everything must stay quiet after that.
    package static let quietTime: Int64 = 1_500_000

    package var seed: UInt64
    package var profile: SimulationProfile
    package var records: Int
    /// Breaks the engine on purpose, to see the checkers notice.
    package var sabotagesKeys: Bool

    package init(
        seed: UInt64,
        profile: SimulationProfile.Name,
        records: Int = 12,
        sabotagesKeys: Bool = false
    ) {
        self.seed = seed
        self.profile = .drawn(profile, seed: seed)
        self.records = records
        self.sabotagesKeys = sabotagesKeys
    }

    /// Runs on this thread to the end.
    ///
    /// - Throws: a `SimulationExecutor.Failure` for a run that hangs or leaves the executor.
    package func run() throws -> SimulationReport {
        let pair = try SimulatedPair(seed: self.seed, sabotagesKeys: self.sabotagesKeys)
        let kills = Locked(0)
        let versions = try pair.executor.run { try await self.program(pair, kills) }
        let evidence = try SimulationExecutor(seed: 0).run {
            try await self.evidence(pair, versions)
        }
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
            story: violations.first.map(evidence.story) ?? []
        )
    }

    /// Answers how many versions both CRMs held once everything had settled.
    private func program(_ pair: SimulatedPair, _ kills: Locked<Int>) async throws -> Int {
        var people = SimulatedPeople(pair, self.profile, seed: self.seed)
        let first = Self.start(pair)
        // A pair syncs what changes after its first start; what was there before is a backfill's.
        try await pair.time.sleep(milliseconds: 30_000)
        try people.settle(records: self.records)
        pair.weather.withLock { $0 = self.profile.weather }
        let isOver = Locked(false)
        let last = try await withThrowingTaskGroup(of: SimulatedProcess.self) { group in
            group.addTask { try await self.killing(first, pair, isOver, kills) }
            try await people.work()
            isOver.withLock { $0 = true }
            return try await group.next() ?? first
        }
        pair.weather.withLock { $0 = .calm }
        try await pair.time.sleep(milliseconds: Self.settleTime)
        let settled = Self.versions(pair)
        try await pair.time.sleep(milliseconds: Self.quietTime)
        last.kill()
        return settled
    }

    /// Kills the engine's process at moments of its own choosing; answers the one that lives.
    private func killing(
        _ first: SimulatedProcess,
        _ pair: SimulatedPair,
        _ isOver: Locked<Bool>,
        _ kills: Locked<Int>
    ) async throws -> SimulatedProcess {
        var random = SeededRandom(seed: self.seed &* 101 &+ 3)
        var process = first
        for _ in 0..<self.profile.kills {
            let day = self.profile.edits * self.profile.pauseMax / 2
            // Half of the kills come right after a start, when the most is on its way.
            let pause =
                random.happens(percent: 50)
                ? random.below(3_000) : random.below(max(1, 2 * day / self.profile.kills))
            try await pair.time.sleep(milliseconds: Int64(pause))
            if isOver.withLock({ $0 }) { break }
            process.kill()
            kills.withLock { $0 += 1 }
            try await pair.time.sleep(milliseconds: Int64(random.below(30_000)))
            process = Self.start(pair)
        }
        return process
    }

    /// Starts the engine; a supervisor starts it again when it ends.
    private static func start(_ pair: SimulatedPair) -> SimulatedProcess {
        let process = SimulatedProcess(pair.executor)
        pair.executor.start(process) {
            while true {
                do {
                    let runner = try await pair.runner()
                    try await runner.run()
                } catch {
                    try? await pair.time.sleep(milliseconds: 60_000)
                }
            }
        }
        return process
    }

    private static func versions(_ pair: SimulatedPair) -> Int {
        pair.world.with { state, _ in state.hubspot.changes.count + state.salesforce.changes.count }
    }

    private func evidence(_ pair: SimulatedPair, _ versions: Int) async throws -> Evidence {
        var evidence = pair.world.with { state, _ in
            Evidence(
                profile: self.profile,
                hubspot: state.hubspot.changes,
                salesforce: state.salesforce.changes,
                contacts: state.hubspot.export(object: "contacts"),
                people: state.salesforce.export(object: "Contact"),
                journal: [],
                ledger: [],
                billed: [
                    .hubspot: state.hubspot.usage.billedCalls(),
                    .salesforce: state.salesforce.bills().reduce(0) { $0 + $1.cost },
                ],
                throttled: state.hubspot.usage.rows.reduce(0) { $0 + $1.throttled },
                openEntries: 0,
                parked: 0,
                findings: [],
                versionsWhenSettled: versions
            )
        }
        for contact in evidence.contacts {
            evidence.journal += try await pair.store.history(
                hubspotID: contact.id,
                salesforceID: nil,
                limit: 100_000
            ).reversed()
        }
        evidence.ledger = try await pair.store.calls(since: 0)
        evidence.openEntries = try await pair.store.outboxCounts().reduce(0) { $0 + $1.count }
        evidence.parked = try await pair.store.parkedCount()
        evidence.findings = try await pair.store.findings(mapping: nil, limit: 10_000)
        return evidence
    }
}
