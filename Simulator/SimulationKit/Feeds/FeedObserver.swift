import HTTPTransport
import MockHubSpot
import MockSalesforce
import SyncCore

/// A foreign app that subscribes to every feed of both CRMs and keeps what it is told.
///
/// It asks the mocks over their real requests, on the simulation's time; the engine knows nothing
/// of it.
final class FeedObserver: Sendable {
    let pair: SimulatedPair
    let plan: SimulatedFeeds.Plan
    private let troubles = Locked(FeedTroubles())
    private let replies = Locked(0)

    init(_ pair: SimulatedPair, _ plan: SimulatedFeeds.Plan) {
        self.pair = pair
        self.plan = plan
        pair.observed.withLock { $0 = ObservedFeeds(plan: plan) }
    }

    /// The app as the org knows it.
    static let credential = MockSalesforceCredential(
        clientID: "3MVG9observer",
        clientSecret: "observer-secret",
        refreshToken: "5Aep861observer",
        userID: MockSalesforceCredential.standard.userID,
        name: "Observer"
    )

    /// The properties of contacts that it asks HubSpot for.
    static let properties: Set<String> = Set(
        ["email", "firstname", "lastname", "jobtitle", "phone", "sf_contact_key"]
            + SimulatedField.typed.map(\.hubspot)
    )

    /// Until its process ends.
    func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask {
                var listener = ChangeEventListener(self)
                await listener.run()
            }
            group.addTask {
                var reader = JournalReader(self)
                await reader.run()
            }
            group.addTask { await WebhookReceiver(self).run() }
        }
    }

    // MARK: - What is wrong

    var isAway: Bool {
        let now = self.pair.time.wallMilliseconds
        return self.troubles.withLock { now < $0.awayUntil }
    }

    /// How it takes no webhooks now, if it takes none.
    var refusal: FeedTroubles.Refusal? {
        let now = self.pair.time.wallMilliseconds
        return self.troubles.withLock { troubles in
            if now < troubles.awayUntil { return .unreachable }
            return now < troubles.refusesUntil ? troubles.refusal : nil
        }
    }

    /// - Throws: when the process ends.
    func waitWhileAway() async throws {
        let now = self.pair.time.wallMilliseconds
        let left = self.troubles.withLock { $0.awayUntil } - now
        guard left > 0 else { return }
        // The weather can clear up before the time that was meant.
        try await self.pair.time.sleep(milliseconds: min(left, 60_000))
        try await self.waitWhileAway()
    }

    func trouble(_ change: (inout FeedTroubles) -> Void) {
        self.troubles.withLock { change(&$0) }
    }

    /// Reads what is wrong and takes it away with it.
    func take<Value>(_ change: (inout FeedTroubles) -> Value) -> Value {
        self.troubles.withLock { change(&$0) }
    }

    // MARK: - What it keeps

    var now: Int64 { self.pair.world.serverTime }

    func note(_ change: (inout ObservedFeeds) -> Void) {
        self.pair.observed.withLock { observed in
            guard var feeds = observed.take() else { return }
            change(&feeds)
            observed = consume feeds
        }
    }

    /// The run is over: what was told later counts no more.
    func ends() { self.note { $0.endedAt = self.now } }

    func hit(_ probe: Probe) { self.pair.recorder.probes.hit(probe) }

    func tell(_ line: @autoclosure () -> String) {
        self.pair.lines?.withLock {
            $0.append("\(self.pair.time.wallMilliseconds) observer: \(line())")
        }
    }

    /// Counts what it was answered.
    func nextReply() -> Int {
        self.replies.withLock { replies in
            replies += 1
            return replies
        }
    }
}
