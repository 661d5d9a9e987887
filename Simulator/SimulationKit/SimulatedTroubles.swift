import HTTPTransport
import MockHubSpot
import MockSalesforce
import SyncCore

/// A CRM, or what stands before it, answers with errors for some minutes, or takes its time.
package struct SimulatedTroubles: Sendable {
    package struct Plan: Sendable, Hashable, Codable {
        /// How many times something may begin.
        package var turns: Int
        /// The longest time between two of them, in milliseconds.
        package var pauseMax: Int
        /// How long one lasts at most, in milliseconds.
        package var lengthMax: Int
        /// The longest time that a slow CRM takes for a reply, in milliseconds.
        package var slownessMax: Int
        /// Whether CRMs also refuse for limits, leave batches undone without a word and end tokens early;
        /// older tapes know nothing of it.
        package var refuses: Bool?

        /// `day`: how long people work at most, in milliseconds.
        static func drawn(_ random: inout SeededRandom, day: Int) -> Self {
            let turns = 10
            return Plan(
                turns: turns,
                pauseMax: max(1, day / turns),
                lengthMax: random.pick([60_000, 300_000, 1_200_000]),
                slownessMax: random.pick([5_000, 30_000, 90_000])
            )
        }
    }

    /// Pause, what, where, in which way, how often, how long.
    static let choicesOfOne = 6

    private enum Kind: Int, CaseIterable { case none, page, failure, slowness }

    let pair: SimulatedPair
    let plan: Plan

    /// What proxies answer with in the place of a CRM.
    static let statuses = [429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 530, 408]

    /// In which ways HubSpot fails; `badGatewayAfterCommit` and `dropAfterCommit` have done it.
    static let failures: [MockHubSpotFault] = [
        .serverError, .badGateway, .badGatewayAfterCommit, .unavailable, .malformedBody,
        .dropAfterCommit, .dropBeforeCommit, .migrating(retryAfter: 300),
    ]

    func run(until isOver: @Sendable () -> Bool) async throws {
        let choices = self.pair.choices
        for _ in 0..<self.plan.turns {
            let pause = choices.choose(.troubles, below: self.plan.pauseMax)
            let kind = Kind(rawValue: choices.choose(.troubles, below: Kind.allCases.count))
            let side: Side = choices.choose(.troubles, below: 2) == 0 ? .hubspot : .salesforce
            let way = choices.choose(.troubles, below: 1_000)
            let every = 1 + choices.choose(.troubles, below: 3)
            let length = choices.choose(.troubles, below: self.plan.lengthMax)
            try await self.pair.time.sleep(milliseconds: Int64(pause))
            if isOver() { break }
            guard let kind, kind != .none else { continue }
            self.begin(kind, side, way, every)
            try await self.pair.time.sleep(milliseconds: Int64(length))
            Self.end(self.pair)
            self.pair.recorder.mark(.calm)
        }
    }

    private func begin(_ kind: Kind, _ side: Side, _ way: Int, _ every: Int) {
        let text: String
        switch kind {
        case .none: return
        case .page:
            let status = Self.statuses[way % Self.statuses.count]
            text = "a proxy answers \(status)"
            self.answer(status, side, every)
        case .failure:
            text =
                self.plan.refuses == true && way >= 250
                ? self.refuse(side, way, every) : self.fail(side, way, every)
        case .slowness:
            let slowness = 500 + Int64(way) * Int64(self.plan.slownessMax) / 1_000
            text = "every reply takes \(slowness) ms"
            let span = SlowSpan(
                side: side,
                milliseconds: slowness,
                from: self.pair.time.wallMilliseconds
            )
            self.pair.slow.withLock { $0.append(span) }
            self.pair.world.with { state, _ in
                switch side {
                case .hubspot: state.hubspot.faults.latencyMilliseconds = slowness
                case .salesforce: state.salesforce.faults.latencyMilliseconds = slowness
                }
            }
        }
        self.pair.recorder.mark(.fault, side, text)
        let now = self.pair.time.wallMilliseconds
        self.pair.lines?.withLock { $0.append("\(now) troubles: \(side), \(text)") }
    }

    private func answer(_ status: Int, _ side: Side, _ every: Int) {
        self.pair.world.with { state, _ in
            switch side {
            case .hubspot:
                state.hubspot.faults.replaceRules(by: [.init(.status(status), every: every)])
            case .salesforce:
                // Everything for the whole time, or the next few requests.
                let count = every == 1 ? Self.requestsMax : every
                state.salesforce.faults.coming = Array(repeating: .status(status), count: count)
            }
        }
    }

    private func fail(_ side: Side, _ way: Int, _ every: Int) -> String {
        self.pair.world.with { state, _ in
            if side == .hubspot {
                let fault = Self.failures[way % Self.failures.count]
                state.hubspot.faults.replaceRules(by: [.init(fault, every: every)])
                return "every request no. \(every): \(fault)"
            }
            switch way % 4 {
            case 0:
                state.salesforce.faults.serverErrorEveryNth = every
                return "every request no. \(every): 500"
            case 1:
                state.salesforce.faults.malformedBodyEveryNth = every
                return "every request no. \(every): done, no JSON"
            case 2:
                state.salesforce.faults.dropAfterCommitEveryNthCreate = every
                return "every create no. \(every): done, then no reply"
            default:
                let people = state.salesforce.export(object: "Contact").map(\.id)
                let held = people.enumerated().filter { $0.offset % (every + 1) == 0 }
                state.salesforce.faults.lockedRecordIDs = Set(held.map(\.element))
                return "another transaction holds \(held.count) contacts"
            }
        }
    }

    /// What is right is refused, or passed over.
    private func refuse(_ side: Side, _ way: Int, _ every: Int) -> String {
        let isInstalled = self.pair.keys.withLock { $0.isInstalled }
        return self.pair.world.with { state, _ in
            // A session that ends by the clock and then a new one at once would be a refusal.
            let endsByItself = state.salesforce.settings.sessionLifetime != nil
            switch (side, way % 4) {
            case (.hubspot, 0):
                state.hubspot.faults.replaceRules(by: [.init(.throttled, every: every)])
                return "every request no. \(every): 429 for ten seconds"
            case (.hubspot, 1):
                state.hubspot.faults.replaceRules(
                    by: [.init(.emptyBatch, every: every, of: .writes)]
                )
                return "every write no. \(every): not done, neither results nor errors"
            case (.hubspot, 2...) where isInstalled:
                // Once: a second one in a row would be no token's end but a refusal.
                state.hubspot.faults.coming =
                    Array(repeating: nil, count: every) + [.expiredToken]
                return "after \(every) requests the token has ended"
            case (.hubspot, _):
                state.hubspot.faults.coming = Self.turns(Self.hubspotTurns, way)
                return "the next \(Self.hubspotTurns.count) requests each fail in another way"
            case (.salesforce, 0):
                state.salesforce.faults.requestLimitEveryNth = every
                return "every request no. \(every): the day's calls are used up"
            case (.salesforce, 1) where !endsByItself:
                state.salesforce.faults.expiredSessionEveryNth = 3 + every
                return "every request no. \(3 + every): the session is over"
            case (.salesforce, 2):
                state.salesforce.settings.cursorLifetime = 50
                return "the later pages of queries have ended before anybody reads them"
            case (.salesforce, _):
                let turns = Self.salesforceTurns.filter { !endsByItself || $0 != .expiredSession }
                state.salesforce.faults.coming = Self.turns(turns, way)
                return "the next \(turns.count) requests each fail in another way"
            }
        }
    }

    /// The same in turn from another one on.
    private static func turns<Fault>(_ faults: [Fault], _ way: Int) -> [Fault] {
        let start = way / 4 % faults.count
        return Array(faults[start...] + faults[..<start])
    }

    private static let hubspotTurns: [MockHubSpotFault?] = [
        .throttled, .unavailable, nil, .truncatedBody, .locked, .dropAfterCommit, nil,
        .gatewayTimeoutAfterCommit, .migrating(retryAfter: 20), .dropBeforeCommit,
    ]

    private static let salesforceTurns: [MockSalesforceFault] = [
        .requestLimit, .lockedRows, .serverError, .dropAfterCommit, .truncatedBody, .unavailable,
        .expiredSession, .malformedBody, .dropBeforeCommit,
    ]

    /// Both CRMs answer as usual again.
    static func end(_ pair: SimulatedPair) {
        let now = pair.time.wallMilliseconds
        pair.slow.withLock { spans in
            for place in spans.indices where spans[place].to == nil { spans[place].to = now }
        }
        pair.world.with { state, _ in
            state.hubspot.faults.replaceRules(by: [])
            state.hubspot.faults.coming = []
            state.hubspot.faults.latencyMilliseconds = 0
            state.salesforce.faults.coming = []
            state.salesforce.faults.serverErrorEveryNth = nil
            state.salesforce.faults.malformedBodyEveryNth = nil
            state.salesforce.settings.cursorLifetime =
                MockSalesforceSettings().cursorLifetime
            state.salesforce.faults.requestLimitEveryNth = nil
            state.salesforce.faults.expiredSessionEveryNth = nil
            state.salesforce.faults.dropAfterCommitEveryNthCreate = nil
            state.salesforce.faults.lockedRecordIDs = []
            state.salesforce.faults.latencyMilliseconds = 0
        }
    }

    /// More than the engine sends in the longest of them.
    private static let requestsMax = 2_000
}
