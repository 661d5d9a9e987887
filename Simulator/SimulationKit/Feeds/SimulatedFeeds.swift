import HTTPTransport
import MockHubSpot
import MockSalesforce
import SyncCore

/// What happens to both CRMs' event feeds and to the foreign app that listens to them.
package struct SimulatedFeeds: Sendable {
    package struct Plan: Sendable, Hashable, Codable {
        /// How many things happen.
        package var turns: Int
        /// The longest time between two of them, in milliseconds.
        package var pauseMax: Int
        /// The longest time for which the app is away or takes nothing, in milliseconds.
        package var awayMax: Int
        /// How long both CRMs keep what can be asked for again, in milliseconds.
        package var retention: Int64
        /// Of a hundred messages how many get lost on each of their two ways.
        package var lostPercent: Int
        /// How often somebody looks at what is due, in milliseconds.
        package var look: Int64
        /// Changes of one Salesforce transaction beyond which one event stands for the rest.
        package var overflowThreshold: Int
        /// `v1` or `v2`: which of HubSpot's old signatures comes with the third.
        package var oldSignature: String
        /// How long the app waits where HubSpot's journal has nothing new, in milliseconds.
        package var journalPause: Int64
        /// How many of the journal's files it asks for at once.
        package var journalBatch: Int
    }

    /// How the org tells its events badly.
    package enum Disturbance: Sendable, Hashable {
        case gaps, doubles, swaps
    }

    /// Pause, act, length and record.
    static let choicesOfOne = 4

    private enum Act: Int, CaseIterable {
        case nothing, goAway, stopTaking, dropSession, endSessions, goBack
        case tellGaps, tellTwice, tellSwapped, tellPlainly, loseEvents
        case importAtOnce, forgetPerson, dawdle
    }

    let observer: FeedObserver
    private var number = 0

    init(_ observer: FeedObserver) {
        self.observer = observer
    }

    private var pair: SimulatedPair { self.observer.pair }

    /// The app and both CRMs' feeds for this run.
    func setUp() {
        let plan = self.observer.plan
        self.pair.world.with { state, _ in
            state.salesforce.settings.credentials.append(FeedObserver.credential)
            state.salesforce.settings.streaming.retention = plan.retention
            state.salesforce.settings.streaming.overflowThreshold = plan.overflowThreshold
            state.hubspot.settings.journal.retention = plan.retention
            state.hubspot.settings.webhooks.oldSignature = plan.oldSignature
            state.hubspot.settings.webhooks.shuffles = true
        }
    }

    /// Lets things happen until it is over; then nothing is wrong any more.
    mutating func run(until isOver: @Sendable () -> Bool) async throws {
        let choices = self.pair.choices
        let plan = self.observer.plan
        for _ in 0..<plan.turns {
            let pause = choices.choose(.feeds, below: plan.pauseMax)
            let act = Act(rawValue: choices.choose(.feeds, below: Act.allCases.count)) ?? .nothing
            let length = Int64(choices.choose(.feeds, below: plan.awayMax))
            let record = choices.choose(.feeds, below: 1_000)
            try await self.pair.time.sleep(milliseconds: Int64(pause))
            if isOver() { break }
            try self.carryOut(act, length, record)
        }
        while !isOver() { try await self.pair.time.sleep(milliseconds: plan.look) }
        self.observer.trouble { $0 = FeedTroubles() }
        self.disturb { _ in }
    }

    private mutating func carryOut(_ act: Act, _ length: Int64, _ record: Int) throws {
        guard act != .nothing else { return }
        let now = self.pair.time.wallMilliseconds
        self.pair.lines?.withLock { $0.append("\(now) feeds: \(act) \(length) \(record)") }
        switch act {
        case .nothing: break
        case .goAway:
            self.hit(.observerAway)
            self.observer.trouble { $0.awayUntil = now + length }
        case .stopTaking:
            self.hit(.webhooksRefused)
            self.observer.trouble { troubles in
                troubles.refusal = .init(rawValue: record % FeedTroubles.Refusal.allCases.count)
                troubles.refusesUntil = now + length
            }
        case .dropSession: self.observer.trouble { $0.dropsSession = true }
        case .endSessions: self.pair.world.with { state, _ in state.salesforce.expireSessions() }
        case .goBack: self.observer.trouble { $0.goesBack = 1 + record % 50 }
        case .tellGaps: self.disturb(.gaps) { $0.gapEveryNthEvent = 1 + record % 4 }
        case .tellTwice: self.disturb(.doubles) { $0.doubleEveryNthDelivery = 1 + record % 4 }
        case .tellSwapped: self.disturb(.swaps) { $0.swapEveryNthDelivery = 2 + record % 4 }
        case .tellPlainly: self.disturb { _ in }
        case .loseEvents:
            self.hit(.salesforceEventsLost)
            self.observer.note { $0.lostByOrg.append(now) }
            self.pair.world.with { state, now in
                state.salesforce.forgetEvents(at: state.time(.salesforce, at: now))
            }
        case .importAtOnce: try self.importAtOnce(20 + record % 180)
        case .forgetPerson: try self.forgetPerson()
        case .dawdle: self.observer.trouble { $0.dawdles = true }
        }
    }

    private func hit(_ probe: Probe) { self.pair.recorder.probes.hit(probe) }

    private func disturb(
        _ kind: Disturbance? = nil,
        _ change: (inout MockSalesforceStreamingSettings) -> Void
    ) {
        if let kind { self.observer.note { $0.disturbed.insert(kind) } }
        self.pair.world.with { state, now in
            // What was committed until now is told as it was.
            state.salesforce.publishEvents(at: state.time(.salesforce, at: now))
            state.salesforce.settings.streaming.gapEveryNthEvent = nil
            state.salesforce.settings.streaming.doubleEveryNthDelivery = nil
            state.salesforce.settings.streaming.swapEveryNthDelivery = nil
            change(&state.salesforce.settings.streaming)
        }
    }

    /// Somebody brings many people into the org in one transaction.
    private mutating func importAtOnce(_ count: Int) throws {
        self.number += 1
        let round = self.number
        self.hit(.recordsImported)
        try self.pair.world.with { state, now in
            let rows = (0..<count).map { place in
                [
                    MockSalesforceRecord.Field("Email", .text("f\(round).\(place)@example.com")),
                    MockSalesforceRecord.Field("LastName", .text("Feed \(round) \(place)")),
                ]
            }
            let time = state.time(.salesforce, at: now)
            _ = try state.salesforce.create(object: "Contact", rows: rows, at: time)
        }
    }

    /// Somebody comes and wants to be forgotten before anybody has noticed.
    private mutating func forgetPerson() throws {
        self.number += 1
        let round = self.number
        self.hit(.personForgotten)
        try self.pair.world.with { state, now in
            let time = state.time(.hubspot, at: now)
            let id = try state.hubspot.create(
                fields: [("email", "g\(round)@example.com"), ("lastname", "Gone \(round)")],
                at: time
            )
            try state.hubspot.forgetForPrivacy(id, at: time)
        }
    }
}

extension SimulatedFeeds.Plan {
    /// `day`: how long people work, in milliseconds.
    static func drawn(_ random: inout SeededRandom, day: Int) -> Self {
        let days = 72 * 3_600_000
        let turns = 24
        return Self(
            turns: turns,
            pauseMax: max(1, 2 * day / turns),
            awayMax: random.pick([60_000, max(60_000, day / 4), max(60_000, day * 9 / 10)]),
            // The vendors' three days, and less where a run is shorter than that.
            retention: day > days
                ? Int64(days) : random.pick([Int64(days), Int64(max(600_000, day / 8))]),
            lostPercent: random.pick([0, 2, 10]),
            look: day > 24 * 3_600_000 ? 20_000 : 1_000,
            overflowThreshold: random.pick([20, 200, 100_000]),
            oldSignature: random.pick(["v1", "v2"]),
            journalPause: random.pick([5_000, 120_000]),
            journalBatch: random.pick([1, 3, 100])
        )
    }
}
