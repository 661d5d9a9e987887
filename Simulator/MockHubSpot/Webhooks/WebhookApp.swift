/// One app's webhook settings, subscriptions and what is on its way to it.
struct WebhookApp: Sendable, Codable {
    /// Where events are sent; they are told to nobody while there is none.
    struct Target: Sendable, Codable {
        var url: String
        var concurrentMax: Int
        var createdAt: Int64
        var updatedAt: Int64
    }

    /// Events that are sent together until the app takes them.
    struct Batch: Sendable, Codable {
        var id: Int64
        var events: [WebhookEvent]
        var attempt = 0
        var dueAt: Int64
        var isUnderWay = false

        /// A snapshot has no connections: what was under way is sent again.
        private enum CodingKeys: String, CodingKey {
            case id
            case events
            case attempt
            case dueAt
        }
    }

    var target: Target?
    var subscriptions: [WebhookSubscription] = []
    var waiting: [WebhookEvent] = []
    var batches: [Batch] = []
}
