import MockSalesforce

/// Whoever listens to Salesforce's change events is told each committed change once, in the order of
/// the commits, with what changed; or is told that something is missing: by a gap, an overflow, or the
/// refusal of an id that is too old.
struct ChangeEventsAreComplete: Checker {
    static let name = "changeEventsAreComplete"

    func violations(in evidence: Evidence) -> [String] {
        guard let feeds = evidence.feeds, let since = Self.start(feeds) else { return [] }
        let told = Self.unique(feeds)
        return self.order(told) + self.doubles(feeds) + self.refusals(feeds, told)
            + self.records(evidence, feeds, told, since)
    }

    /// When the first subscription to new events was taken.
    private static func start(_ feeds: ObservedFeeds) -> Int64? {
        feeds.notices.first { notice in
            if case .subscribed = notice.kind { true } else { false }
        }?.at
    }

    /// Each event once, in the order of their ids.
    private static func unique(_ feeds: ObservedFeeds) -> [ChangeMessage] {
        var known: Set<Int64> = []
        return feeds.events.filter { known.insert($0.replayID).inserted }
            .sorted { $0.replayID < $1.replayID }
    }

    // MARK: - Order

    private func order(_ told: [ChangeMessage]) -> [String] {
        zip(told, told.dropFirst()).compactMap { first, second in
            guard
                second.committedAt < first.committedAt || second.commitNumber < first.commitNumber
            else { return nil }
            return "event \(second.replayID) of \(second.committedAt) comes after "
                + "\(first.replayID) of \(first.committedAt)"
        }
    }

    /// What one subscription brings twice, or an older event after a newer one, though the org does
    /// not disturb its deliveries.
    private func doubles(_ feeds: ObservedFeeds) -> [String] {
        var newest: (session: Int, reply: Int, id: Int64) = (0, 0, 0)
        var problems: [String] = []
        for event in feeds.events {
            defer {
                newest =
                    event.session == newest.session
                    ? (event.session, event.reply, max(newest.id, event.replayID))
                    : (event.session, event.reply, event.replayID)
            }
            guard event.session == newest.session, event.replayID <= newest.id else { continue }
            // A swap or a double stays within its reply.
            let isDisturbed =
                event.reply == newest.reply
                && (event.replayID == newest.id
                    ? feeds.disturbed.contains(.doubles) : feeds.disturbed.contains(.swaps))
            guard !isDisturbed else { continue }
            problems.append("event \(event.replayID) after \(newest.id) at \(event.at)")
        }
        return problems
    }

    // MARK: - Ids that are too old

    private func refusals(_ feeds: ObservedFeeds, _ told: [ChangeMessage]) -> [String] {
        var committed: [Int64: Int64] = [:]
        for event in told { committed[event.replayID] = event.committedAt }
        return feeds.notices.compactMap { notice in
            let id: Int64
            let isRefused: Bool
            switch notice.kind {
            case .refused(let replay): (id, isRefused) = (replay, true)
            case .subscribed(let replay) where replay > 0: (id, isRefused) = (replay, false)
            case .subscribed, .unknownClient, .unauthorized: return nil
            }
            guard let committedAt = committed[id] else {
                return "the observer asked for \(id), which nobody told it"
            }
            if isRefused, committedAt > Self.horizon(of: notice.at + Self.slack, feeds) {
                return "\(id) of \(committedAt) was refused at \(notice.at) although it was kept"
            }
            if !isRefused, committedAt <= Self.horizon(of: notice.at - Self.slack, feeds) {
                return "\(id) of \(committedAt) was taken at \(notice.at) although it was gone"
            }
            return nil
        }
    }

    /// What was committed until then is not kept at a time.
    private static func horizon(of time: Int64, _ feeds: ObservedFeeds) -> Int64 {
        let lost = feeds.lostByOrg.filter { $0 <= time }.max() ?? 0
        return max(time - feeds.plan.retention, lost)
    }

    // MARK: - Record by record

    private func records(
        _ evidence: Evidence,
        _ feeds: ObservedFeeds,
        _ told: [ChangeMessage],
        _ since: Int64
    ) -> [String] {
        let committed = CommittedChange.all(in: evidence).filter { $0.at > since }
        var overflows: Set<Int64> = []
        for event in told where event.isOverflow { overflows.insert(event.committedAt) }
        let missed = Self.missed(feeds)
        func isExcused(_ change: CommittedChange) -> Bool {
            change.at > feeds.endedAt - Self.catchUp || change.at <= missed
                || overflows.contains(change.second) || Self.isLostByOrg(change, feeds)
        }
        var events: [String: [ChangeMessage]] = [:]
        for event in told where !event.isOverflow {
            for id in event.records { events[id, default: []].append(event) }
        }
        var problems = self.overflows(told, committed, feeds)
        var changes: [String: [CommittedChange]] = [:]
        for change in committed { changes[change.record, default: []].append(change) }
        for id in Set(changes.keys).union(events.keys).sorted() {
            var left = (changes[id] ?? [])[...]
            for event in events[id] ?? [] {
                // Of two commits of one second the other one may be the one that was lost.
                let place =
                    left.firstIndex {
                        $0.isTold(by: event) && $0.differences(from: event).isEmpty
                    } ?? left.firstIndex { $0.isTold(by: event) }
                guard let place else {
                    problems.append(
                        "\(id): nobody committed \(event.type) of event \(event.replayID), "
                            + "\(event.committedAt)"
                    )
                    continue
                }
                problems += left[..<place].filter { !isExcused($0) }.map(Self.untold)
                problems += left[place].differences(from: event)
                left = left[(place + 1)...]
            }
            problems += left.filter { !isExcused($0) }.map(Self.untold)
        }
        return problems
    }

    /// Whether the org lost the event before it looked at who waits for it: nobody is told of that.
    private static func isLostByOrg(_ change: CommittedChange, _ feeds: ObservedFeeds) -> Bool {
        feeds.lostByOrg.contains { lost in
            change.at <= lost && lost - change.at <= feeds.plan.look + Self.slack
        }
    }

    private static func untold(_ change: CommittedChange) -> String {
        "\(change.record): \(change.kind) of \(change.at) was told to nobody"
    }

    /// What was committed until then may be gone: whoever asks for everything gets what is kept.
    private static func missed(_ feeds: ObservedFeeds) -> Int64 {
        feeds.notices.compactMap { notice in
            guard notice.kind == .subscribed(replay: -2) else { return nil }
            return self.horizon(of: notice.at + Self.slack, feeds)
        }.max() ?? .min
    }

    /// An overflow stands for a transaction that was large enough.
    private func overflows(
        _ told: [ChangeMessage],
        _ committed: [CommittedChange],
        _ feeds: ObservedFeeds
    ) -> [String] {
        told.filter(\.isOverflow).compactMap { event in
            let sizes = Dictionary(
                committed.filter { $0.second == event.committedAt }.map {
                    ($0.transaction, $0.weight)
                },
                uniquingKeysWith: +
            )
            guard (sizes.values.max() ?? 0) <= feeds.plan.overflowThreshold else { return nil }
            return "event \(event.replayID) tells an overflow of a small transaction"
        }
    }

    /// Stamps are whole seconds, and a request is on its way for up to another one.
    private static let slack: Int64 = 3_000
    /// How long the observer may take for the last changes of a run, in milliseconds.
    private static let catchUp: Int64 = 900_000
}
