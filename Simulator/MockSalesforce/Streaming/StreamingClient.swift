/// One client between its handshake and its end.
struct StreamingClient: Sendable, Codable {
    struct Subscription: Sendable, Codable {
        var channel: String
        /// The id of the last event that was delivered or passed over.
        var after: Int64
    }

    let id: String
    /// The access token that shook hands.
    let token: String
    let cookie: String
    /// In the order in which they were made.
    var subscriptions: [Subscription] = []
    /// Without a connect until then the server forgets it.
    var expiresAt: Int64
    var connects = 0
    /// The connect that waits for an answer.
    var held: BayeuxMessage?
    /// It has said goodbye; only a held connect still waits for the answer to that.
    var isGone = false

    /// A snapshot has no connections: a connect that was held is sent again.
    private enum CodingKeys: String, CodingKey {
        case id
        case token
        case cookie
        case subscriptions
        case expiresAt
        case connects
        case isGone
    }
}
