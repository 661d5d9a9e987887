/// All apps' webhooks; its chance is its own, so that requests keep theirs.
struct WebhookCenter: Sendable, Codable {
    /// By app id.
    var apps: [Int64: WebhookApp] = [:]
    var generator: SeededGenerator
    private var subscriptions: Int64 = 0
    private var events: Int64 = 0
    private var batches: Int64 = 0

    init(seed: UInt64) {
        self.generator = SeededGenerator(seed: seed ^ 0x5745_4248)
    }

    mutating func nextSubscriptionID() -> Int64 {
        self.subscriptions += 1
        return 1_000 + self.subscriptions
    }

    mutating func nextEventID() -> Int64 {
        self.events += 1
        return 3_816_000_000 + self.events
    }

    mutating func nextBatchID() -> Int64 {
        self.batches += 1
        return self.batches
    }

    /// Whether a chance of so many in a hundred comes true.
    mutating func happens(_ percent: Int) -> Bool {
        percent > 0 && Int(self.generator.next() % 100) < percent
    }
}
