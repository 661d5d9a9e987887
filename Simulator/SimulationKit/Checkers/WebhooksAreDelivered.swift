import MockHubSpot

/// HubSpot pushes each change that was subscribed to until it is taken or its attempts are used up:
/// at most a hundred to a request, signed, ten times again within a day and with the pauses that
/// the mock names.
struct WebhooksAreDelivered: Checker {
    static let name = "webhooksAreDelivered"

    func violations(in evidence: Evidence) -> [String] {
        guard let feeds = evidence.feeds, feeds.webhooksSince > 0 else { return [] }
        return self.requests(feeds) + self.batches(feeds) + self.events(evidence, feeds)
    }

    // MARK: - Requests

    private func requests(_ feeds: ObservedFeeds) -> [String] {
        var problems: [String] = []
        for attempt in feeds.attempts {
            let name = "delivery \(attempt.batch), attempt \(attempt.attempt)"
            problems += attempt.faults.map { "\(name): \($0)" }
            if attempt.events.isEmpty || attempt.events.count > Self.eventsMax {
                problems.append("\(name) has \(attempt.events.count) events")
            }
            let isOther = attempt.events.contains { event in
                event.attempt != attempt.attempt || event.portalID != 9_900_001
                    || event.appID != MockHubSpotApp.standardOAuth.id
            }
            if isOther { problems.append("\(name) names another attempt, portal or app") }
        }
        let starts = feeds.attempts.map { ($0.sentAt, 1) }
        let ends = feeds.attempts.map { ($0.endedAt, -1) }
        var underWay = 0
        // What ends at a time makes room for what starts then.
        for (at, step) in (starts + ends).sorted(by: { $0 < $1 }) {
            underWay += step
            if underWay > Self.underWayMax {
                problems.append("\(underWay) deliveries were under way at \(at)")
                break
            }
        }
        return problems
    }

    // MARK: - Attempts

    private func batches(_ feeds: ObservedFeeds) -> [String] {
        let delays = MockHubSpotWebhookSettings().retryDelays
        let batches = Dictionary(grouping: feeds.attempts, by: \.batch)
        return batches.sorted { $0.key < $1.key }.flatMap { batch, attempts -> [String] in
            let attempts = attempts.sorted { $0.sentAt < $1.sentAt }
            var problems: [String] = []
            if attempts.map(\.attempt) != Array(0..<attempts.count) {
                problems.append("delivery \(batch) has attempts \(attempts.map(\.attempt))")
            }
            if attempts.count > delays.count + 1 {
                problems.append("delivery \(batch) was tried \(attempts.count) times")
            }
            for (first, second) in zip(attempts, attempts.dropFirst()) {
                let pause = second.sentAt - first.endedAt
                let delay = delays[min(first.attempt, delays.count - 1)]
                if first.isTaken {
                    problems.append("delivery \(batch) was sent again after it was taken")
                } else if pause < delay * 9 / 10 || pause > Self.latest(delay, feeds) {
                    problems.append("delivery \(batch) came again after \(pause) ms, not \(delay)")
                }
                if first.events.map(\.event) != second.events.map(\.event) {
                    problems.append("delivery \(batch) has other events in another attempt")
                }
            }
            if let last = attempts.last, !last.isTaken, last.attempt < delays.count,
                last.endedAt + Self.latest(delays[last.attempt], feeds) < feeds.endedAt
            {
                problems.append("delivery \(batch) was given up after \(attempts.count) attempts")
            }
            return problems
        }
    }

    /// The longest pause for a delay, in milliseconds.
    private static func latest(_ delay: Int64, _ feeds: ObservedFeeds) -> Int64 {
        delay * 11 / 10 + feeds.plan.look + Self.slack
    }

    // MARK: - Events

    private func events(_ evidence: Evidence, _ feeds: ObservedFeeds) -> [String] {
        // The ids under which each event was sent: one that has happened twice has two.
        var sent: [PushedEvent: Set<Int64>] = [:]
        for attempt in feeds.attempts {
            for event in attempt.events { sent[event.event, default: []].insert(event.id) }
        }
        var wanted: [PushedEvent: Int] = [:]
        var order: [PushedEvent] = []
        for event in ToldChange.all(in: evidence).flatMap(\.pushed) {
            if wanted[event] == nil { order.append(event) }
            wanted[event, default: 0] += 1
        }
        var problems: [String] = []
        for event in order where event.occurredAt > feeds.webhooksSince {
            let isLate = event.occurredAt > feeds.endedAt - Self.slack - feeds.plan.look
            let (count, times) = (sent[event]?.count ?? 0, wanted[event] ?? 0)
            if count > times || (count < times && !isLate) {
                problems.append("\(event) was sent as \(count) events, not \(times)")
            }
        }
        let invented = sent.keys.filter { wanted[$0] == nil }.map(\.description).sorted()
        return problems + invented.map { "nobody did \($0)" }
    }

    private static let eventsMax = 100
    private static let underWayMax = 10
    /// How long a delivery may wait for its turn, in milliseconds.
    private static let slack: Int64 = 300_000
}
