import CRMInterface
import HTTPTransport
package import SyncCore
import SyncStore

/// Runs a pair's cycles: feeds, parked reads, matches, writes, and again until nothing is left.
package actor PairRunner {
    let pair: Pair
    let syncers: [String: ObjectSyncer]
    let resolver: ConflictResolver
    private let feeds: [Side: ChangeFeed]
    private let batchers: [Side: WriteBatcher]
    private var isStarted = false

    package init(pair: Pair) {
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
        var feeds: [Side: ChangeFeed] = [:]
        var batchers: [Side: WriteBatcher] = [:]
        for (side, connection) in pair.connections {
            feeds[side] = ChangeFeed(
                connection: connection,
                sources: Self.sources(of: side, pair.mappings, syncers),
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
        self.isStarted = true
        return isFirst
    }

    /// One pass: cycles until one brings neither a page with news nor a write.
    package func sync() async throws(SyncError) -> RunSummary {
        try await self.start()
        for _ in 0..<self.pair.settings.cyclesMax {
            let news = try await self.cycle()
            self.pair.progress(.cycleEnded(news: news))
            if news == 0 { break }
        }
        try await self.pair.store.compact(
            journalRowsMax: self.pair.settings.journalRowsMax,
            ledgerRowsMax: self.pair.settings.ledgerRowsMax
        )
        return await self.summary()
    }

    /// Everything up to the plan: reads, matches, decisions; nothing is written.
    package func preview() async throws(SyncError) -> RunSummary {
        try await self.start()
        _ = try await self.readFeeds()
        _ = try await self.decideWaiting()
        return await self.summary()
    }

    /// Polls until it is cancelled or an operator must act.
    ///
    /// What passes by itself (a CRM that cannot be reached, a limit that is used up) is waited out.
    package func run() async throws {
        var failures = 0
        while true {
            var pause = self.pair.settings.pollInterval
            do {
                _ = try await self.sync()
                failures = 0
            } catch {
                guard let wait = error.disposition.wait else { throw error }
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

    /// Sends what is planned; answers how many writes were settled.
    func push() async throws(SyncError) -> Int {
        try await self.onBothSides { side throws(SyncError) in
            try await self.batchers[side]?.push() ?? 0
        }
    }

    /// Reads parked ids and looks up unlinked records until neither brings anything new.
    func decideWaiting() async throws(SyncError) -> Int {
        let parked = try await self.resolver.readParked()
        return parked + (try await self.resolver.match())
    }

    package func summary() async -> RunSummary {
        var total = RunSummary()
        for syncer in self.syncers.values { total.add(await syncer.summary) }
        return total
    }

    // MARK: - Pieces

    private func cycle() async throws(SyncError) -> Int {
        var news = try await self.readFeeds()
        news += try await self.decideWaiting()
        news += try await self.push()
        for syncer in self.syncers.values { await syncer.cycleEnded() }
        return news
    }

    private func readFeeds() async throws(SyncError) -> Int {
        try await self.onBothSides { side throws(SyncError) in
            try await self.feeds[side]?.poll() ?? 0
        }
    }

    /// Runs a step for both CRMs side by side and adds what they answer.
    private func onBothSides(
        _ step: @Sendable @escaping (Side) async throws(SyncError) -> Int
    ) async throws(SyncError) -> Int {
        do {
            async let hubspot = step(.hubspot)
            async let salesforce = step(.salesforce)
            return try await hubspot + salesforce
        } catch let error as SyncError {
            throw error
        } catch {
            throw SyncError(
                code: .cancelled,
                cause: "The run was stopped.",
                nextStep: "Start it again: it goes on where it was."
            )
        }
    }

    private static func sources(
        of side: Side,
        _ mappings: [ObjectMapping],
        _ syncers: [String: ObjectSyncer]
    ) -> [ChangeFeed.Source] {
        mappings.flatMap { mapping -> [ChangeFeed.Source] in
            guard let syncer = syncers[mapping.name] else { return [] }
            let objects = side == .hubspot ? [mapping.hubspot] : mapping.salesforce
            return objects.map { ChangeFeed.Source(object: $0.name, syncer: syncer) }
        }
    }
}
