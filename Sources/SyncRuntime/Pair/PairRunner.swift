import CRMInterface
import HTTPTransport
package import SyncCore
import SyncStore

/// Runs a pair's cycles: feeds, parked reads, matches, writes, and again until nothing is left.
package actor PairRunner {
    let pair: Pair
    let syncers: [String: ObjectSyncer]
    let resolver: ConflictResolver
    private let sweeps: Sweeps?
    /// Those who keep ties that are records of their own in Salesforce, in the order of the mappings.
    let relations: [RelationSyncer]
    private let feeds: [Side: ChangeFeed]
    private let batchers: [Side: WriteBatcher]
    private var isStarted = false
    /// Whether the last pass may have left what it planned: it failed, or something waits.
    private var mayHaveLeft = false
    /// Who owns records, where a mapping carries owners over.
    var directory = OwnerDirectory()
    /// Why something of this pass waits for a side's daily calls.
    private var deferrals: [Side: SyncError] = [:]
    /// How long the next look at a side waits for its daily calls, in milliseconds.
    private var pollWaits: [Side: Int64] = [:]
    /// When records were told last how they stand without other writes, on the monotonic clock.
    var statusesTold: Int64?

    package init(pair given: Pair) {
        let pair = Self.unlabelled(Self.unshared(given))
        self.pair = pair
        var settings = pair.settings
        for (side, connection) in pair.connections {
            // Both ends of the wait are read from a clock of whole seconds.
            settings.requestTimeMax[side] =
                connection.limits.requestTimeMax + ServerClock.resolution
        }
        var syncers: [String: ObjectSyncer] = [:]
        for mapping in pair.mappings {
            syncers[mapping.name] = ObjectSyncer(
                mapping: mapping,
                required: pair.required,
                settings: settings,
                store: pair.store,
                time: pair.time
            )
        }
        self.syncers = syncers
        let resolver = ConflictResolver(
            connections: pair.connections,
            syncers: syncers,
            store: pair.store,
            settings: settings,
            time: pair.time
        )
        self.resolver = resolver
        self.sweeps = pair.settings.sweeps.map { sweeps in
            Sweeps(
                connections: pair.connections,
                syncers: syncers,
                resolver: resolver,
                store: pair.store,
                time: pair.time,
                settings: sweeps
            )
        }
        self.relations = Self.relations(of: pair, syncers, resolver, settings)
        var feeds: [Side: ChangeFeed] = [:]
        var batchers: [Side: WriteBatcher] = [:]
        for (side, connection) in pair.connections {
            feeds[side] = ChangeFeed(
                connection: connection,
                sources: Self.sources(of: side, pair.mappings, syncers, self.relations),
                store: pair.store,
                time: pair.time,
                settings: FeedSettings(
                    side: side,
                    searchLagHorizon: pair.settings.searchLagHorizon,
                    sabotage: pair.settings.sabotage
                ),
                progress: pair.progress
            )
            batchers[side] = WriteBatcher(
                connection: connection,
                resolver: resolver,
                syncers: syncers,
                store: pair.store,
                settings: settings,
                time: pair.time,
                progress: pair.progress
            )
        }
        self.feeds = feeds
        self.batchers = batchers
    }

    /// Makes marks where there are none, and finds what an earlier process left on its way.
    ///
    /// - Returns: whether this was the pair's first start.
    @discardableResult
    package func start() async throws(SyncError) -> Bool {
        guard !self.isStarted else { return false }
        var isFirst = false
        for side in Side.allCases {
            if let feed = self.feeds[side], try await feed.start() { isFirst = true }
            try await self.batchers[side]?.recover()
        }
        try await self.unmatchCreates()
        try await self.keepStatuses()
        self.isStarted = true
        return isFirst
    }

    /// One pass: cycles until one brings neither a page with news nor a write.
    ///
    /// - Throws: why something waits for the day's calls, once everything else is done.
    package func sync() async throws(SyncError) -> RunSummary {
        let summary = try await self.pass(isPaced: false)
        if let error = self.deferral { throw error }
        return summary
    }

    private func pass(isPaced: Bool) async throws(SyncError) -> RunSummary {
        if self.isStarted, self.mayHaveLeft { try await self.unmatchCreates() }
        // Until it ends without a word it may leave something.
        self.mayHaveLeft = true
        try await self.start()
        var deferred = 0
        var isFirst = true
        for _ in 0..<self.pair.settings.cyclesMax {
            let news = try await self.cycle(isPaced: isPaced, sweeps: isFirst)
            isFirst = false
            self.pair.progress(.cycleEnded(news: news))
            if self.deferral != nil { deferred += 1 }
            if deferred > Self.deferredMax { break }
            guard news == 0 else { continue }
            // One that does not go on says the last word before it ends.
            guard !isPaced, try await self.tellStatuses(atOnce: true) > 0 else { break }
        }
        try await self.pair.store.compact(
            journalRowsMax: self.pair.settings.journalRowsMax,
            ledgerRowsMax: self.pair.settings.ledgerRowsMax
        )
        let pauses = self.pair.settings.pauses().mappings(at: self.pair.time.wallMilliseconds)
        self.mayHaveLeft = self.deferral != nil || !pauses.isEmpty
        return await self.summary()
    }

    /// Everything up to the plan: reads, matches, decisions; nothing is written.
    package func preview() async throws(SyncError) -> RunSummary {
        try await self.start()
        try await self.readOwners()
        _ = try await self.readFeeds(isPaced: false)
        _ = try await self.decideWaiting()
        // What waits for a parent that is only planned is shown too.
        _ = try await self.releaseHeld(all: true)
        return await self.summary()
    }

    /// Polls until it is cancelled or an operator must act.
    ///
    /// What passes by itself (a CRM that cannot be reached, a limit that is used up) is waited out.
    package func run() async throws {
        var failures = 0
        var told: Side?
        var isPaused = false
        while true {
            var pause = self.pair.settings.pollInterval
            if try await self.waits(isTold: isPaused) {
                isPaused = true
                continue
            }
            isPaused = false
            do throws(SyncError) {
                _ = try await self.pass(isPaced: true)
                failures = 0
                if let error = self.deferral {
                    pause = max(pause, self.blockedFor)
                    if error.side != told {
                        self.pair.progress(.paused(error, milliseconds: pause))
                    }
                }
                // It is said once, not with each pass.
                told = self.deferral?.side
            } catch {
                guard let wait = self.wait(after: error) else { throw self.told(error) }
                failures += 1
                pause = Backoff(base: max(wait, pause)).delay(
                    attempt: failures,
                    seed: self.pair.time.wallMilliseconds
                )
                self.pair.progress(.paused(error, milliseconds: pause))
            }
            try await self.pair.time.sleep(milliseconds: pause)
        }
    }

    /// Waits for the length of a poll where everything is paused, and says so once.
    private func waits(isTold: Bool) async throws -> Bool {
        let pauses = self.pair.settings.pauses()
        guard let held = pauses.whole(at: self.pair.time.wallMilliseconds) else { return false }
        let reason = held.reason.map { " (\($0))" } ?? ""
        let pause = self.pair.settings.pollInterval
        if !isTold {
            let error = SyncError(
                code: .cancelled,
                cause: "Everything is paused\(reason).",
                nextStep: "Go on with `duet resume`, or wait."
            )
            self.pair.progress(.paused(error, milliseconds: pause))
        }
        try await self.pair.time.sleep(milliseconds: pause)
        return true
    }

    /// What ends the runs, as people read it.
    private func told(_ error: SyncError) -> SyncError {
        guard self.pair.settings.sabotage == .stopsWordless else { return error }
        var wordless = error
        (wordless.cause, wordless.nextStep) = ("The run failed.", "Start it again.")
        return wordless
    }

    /// How long a failed pass waits, in milliseconds; `nil` where an operator must act.
    private func wait(after error: SyncError) -> Int64? {
        guard self.pair.settings.sabotage == .keepsKnocking else { return error.disposition.wait }
        return error.disposition.wait ?? self.pair.settings.pollInterval
    }

    /// Sends what is planned; answers how many writes were settled.
    ///
    /// `isAgain`: whether it was done in this cycle already.
    func push(isAgain: Bool = false) async throws(SyncError) -> Int {
        let undecided = try await self.undecided(isAgain: isAgain)
        return try await self.onBothSides { side throws(SyncError) in
            do throws(SyncError) {
                return try await self.batchers[side]?.push(undecided: undecided) ?? 0
            } catch  where error.code == .limitReached {
                await self.note(error, side)
                return 0
            }
        }
    }

    /// Records that wait for a read of both sides: another guard read of them would decide nothing.
    private func undecided(isAgain: Bool) async throws(SyncError) -> Set<String> {
        // The first push of a cycle comes right after these reads, unless the day's calls forbade them.
        guard isAgain || !self.deferrals.isEmpty else { return [] }
        let parked = try await self.pair.store.parked(
            ready: self.pair.time.wallMilliseconds,
            limit: self.pair.settings.matchBatchMax
        )
        return Set(parked.filter(\.cause.needsHistory).map(\.remoteID))
    }

    /// Reads parked ids and looks up unlinked records until neither brings anything new.
    func decideWaiting() async throws(SyncError) -> Int {
        var news = 0
        do {
            news += try await self.resolver.readParked()
        } catch  where error.code == .limitReached {
            self.note(error, error.side ?? .salesforce)
        }
        do {
            news += try await self.resolver.match()
        } catch  where error.code == .limitReached {
            self.note(error, error.side ?? .salesforce)
        }
        return news + (try await self.releaseHeld(all: false))
    }

    /// Whether records of one mapping refer to those of another.
    private var hasReferences: Bool {
        self.pair.mappings.contains { !$0.references.isEmpty }
    }

    /// Lets go on what waits for a record that will get no counterpart as things are.
    private func releaseHeld(all: Bool) async throws(SyncError) -> Int {
        guard self.hasReferences, try await self.pair.store.releaseHeld(all: all) > 0
        else { return 0 }
        do {
            return try await self.resolver.readParked() + self.resolver.match()
        } catch  where error.code == .limitReached {
            self.note(error, error.side ?? .salesforce)
            return 0
        }
    }

    /// Why something of the last pass waits for the day's calls.
    var deferral: SyncError? { Side.allCases.compactMap { self.deferrals[$0] }.first }

    package func summary() async -> RunSummary {
        var total = RunSummary()
        for syncer in self.syncers.values { total.add(await syncer.summary) }
        return total
    }

    // MARK: - Pieces

    func note(_ error: SyncError, _ side: Side) {
        self.deferrals[side] = self.deferrals[side] ?? error
    }

    private func noteNoPoll(_ error: SyncError, _ side: Side) {
        self.note(error, side)
        self.pollWaits[side] = error.disposition.wait
    }

    /// How long neither side can even be looked at, in milliseconds; 0 if one can.
    private var blockedFor: Int64 {
        guard self.pollWaits.count == self.feeds.count else { return 0 }
        return min(self.pollWaits.values.min() ?? 0, Self.blockedMax)
    }

    /// What waited before is asked for again.
    func startsAnew() {
        self.deferrals = [:]
        self.pollWaits = [:]
    }

    /// `sweeps`: whether it goes on with what no feed tells, which is decided and sent with the rest.
    private func cycle(isPaced: Bool, sweeps: Bool) async throws(SyncError) -> Int {
        self.startsAnew()
        try await self.refreshOwners()
        if self.pair.settings.readsNewFields { try await self.readUnread() }
        var news = sweeps ? try await self.sweeps?.run() ?? 0 : 0
        news += try await self.readFeeds(isPaced: isPaced)
        news += try await self.decideWaiting()
        if isPaced { _ = try await self.tellStatuses(atOnce: false) }
        for round in 0..<Self.pushesMax + (self.hasReferences ? 1 : 0) {
            let settled = try await self.push(isAgain: round > 0)
            news += settled
            if settled == 0 { break }
            // What was made may be what other records waited for.
            if self.hasReferences { news += try await self.decideWaiting() }
        }
        news += try await self.syncRelations()
        for syncer in self.syncers.values { await syncer.cycleEnded() }
        return news
    }

    /// Reads both feeds once, as a pass does.
    func lookForChanges() async throws(SyncError) -> Int {
        try await self.readFeeds(isPaced: false)
    }

    /// Nothing but what the permit has is written from now on.
    func allow(_ permit: WritePermit) async {
        for batcher in self.batchers.values { await batcher.allow(permit) }
    }

    private func readFeeds(isPaced: Bool) async throws(SyncError) -> Int {
        try await self.onBothSides { side throws(SyncError) in
            do throws(SyncError) {
                return try await self.poll(side, isPaced: isPaced)
            } catch  where error.code == .limitReached {
                await self.noteNoPoll(error, side)
                return 0
            }
        }
    }

    /// Has creates that an earlier pass left looked for anew before they go: meanwhile somebody may have made the same
    /// record, a person or the engine of another portal.
    ///
    /// Only what may go now: a look at what waits for calls, or is paused, would be as old when it goes, and cost a call
    /// with each pass. A backfill's creates, which may be millions, are not looked for twice.
    private func unmatchCreates() async throws(SyncError) {
        let now = self.pair.time.wallMilliseconds
        let paused = self.pair.settings.pauses().mappings(at: now)
        for side in Side.allCases {
            let names = self.pair.mappings.filter { mapping in
                // Where only keys tell nobody else's is looked for, and HubSpot refuses what it keeps unique.
                !mapping.matchFields.isEmpty && !paused.contains(mapping.name)
                    && (side == .salesforce || !mapping.isMatchRefused)
            }.map(\.name)
            guard !names.isEmpty else { continue }
            let budget = await self.pair.connections[side]?.budget()
            guard budget?.refusals[.newRecord] == nil else { continue }
            try await self.pair.store.unmatchCreates(names, target: side, ready: now)
        }
    }

    /// Looks for changes; `isPaced`: looks become rare where the day's calls are few.
    private nonisolated func poll(_ side: Side, isPaced: Bool) async throws(SyncError) -> Int {
        guard let feed = self.feeds[side], let connection = self.pair.connections[side] else {
            return 0
        }
        let budget = await connection.budget()
        // Where no poll tells the day's number, others may have come near the limit unseen.
        if budget.wantsUsage { _ = try await connection.account() }
        guard !isPaced || budget.pollWait == 0 else { return 0 }
        return try await feed.poll()
    }

    /// Runs a step for both CRMs side by side and adds what they answer; neither side's failure takes
    /// the other's work away.
    private func onBothSides(
        _ step: @Sendable @escaping (Side) async throws(SyncError) -> Int
    ) async throws(SyncError) -> Int {
        async let hubspot = Self.outcome(.hubspot, step)
        async let salesforce = Self.outcome(.salesforce, step)
        return try await BothOutcomes(hubspot: hubspot, salesforce: salesforce).total()
    }

    private static func outcome(
        _ side: Side,
        _ step: @Sendable (Side) async throws(SyncError) -> Int
    ) async -> Result<Int, SyncError> {
        do throws(SyncError) {
            return .success(try await step(side))
        } catch {
            return .failure(error)
        }
    }

    /// How often a cycle sends what is planned.
    ///
    /// The first writes may plan others, such as the id of a new record for the one it was made from;
    /// another look at both feeds would tell nothing about them.
    private static let pushesMax = 2

    /// How many cycles of a pass more are made for what the other side brings, once one side's calls are used up.
    ///
    /// A row that needs a read of that side is news each time that it is seen (`quota` 300016).
    private static let deferredMax = 1

    /// The longest pause when both sides' calls are used up: a limit may be raised at any time.
    private static let blockedMax: Int64 = 900_000

    /// The pair, but for the mutant that takes every row of a shared object for each mapping's.
    private static func unshared(_ pair: Pair) -> Pair {
        guard pair.settings.sabotage == .notesTwice else { return pair }
        var pair = pair
        for place in pair.mappings.indices {
            for object in pair.mappings[place].salesforce.indices {
                pair.mappings[place].salesforce[object].share?.values = .except([])
            }
        }
        return pair
    }

    /// The pair, but for the mutant that takes each tie for one with the label that is meant.
    private static func unlabelled(_ pair: Pair) -> Pair {
        var pair = pair
        if pair.settings.sabotage == .ignoresRoles {
            for place in pair.mappings.indices {
                for index in pair.mappings[place].relations.indices {
                    pair.mappings[place].relations[index].labels = []
                }
            }
        }
        guard pair.settings.sabotage == .ignoresLabels else { return pair }
        for place in pair.mappings.indices {
            for index in pair.mappings[place].fields.indices {
                guard case .reference(var targets) = pair.mappings[place].fields[index].kind else {
                    continue
                }
                for target in targets.targets.indices { targets.targets[target].kind?.label = nil }
                pair.mappings[place].fields[index].kind = .reference(targets)
            }
        }
        return pair
    }

    private static func sources(
        of side: Side,
        _ mappings: [ObjectMapping],
        _ syncers: [String: ObjectSyncer],
        _ relations: [RelationSyncer]
    ) -> [ChangeFeed.Source] {
        var sources: [ChangeFeed.Source] = []
        for mapping in mappings {
            guard let syncer = syncers[mapping.name] else { continue }
            let objects = side == .hubspot ? [mapping.hubspot] : mapping.salesforce
            for object in objects {
                // Several kinds of HubSpot's are one object in Salesforce: it is read once.
                if object.share != nil,
                    let place = sources.firstIndex(where: { $0.object == object.name })
                {
                    sources[place].others.append(syncer)
                } else {
                    sources.append(.init(object: object.name, syncer: syncer))
                }
            }
        }
        // HubSpot shows ties in no feed.
        for relation in relations where side == .salesforce {
            sources.append(.init(object: relation.relation.object.name, syncer: relation))
        }
        return sources
    }
}
