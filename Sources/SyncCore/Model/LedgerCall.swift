/// One API call as the call ledger keeps it: written before the bytes leave, closed by the reply.
package struct LedgerCall: Sendable, Hashable {
    package enum Outcome: String, Sendable, Hashable, Codable {
        /// Sent; no reply yet, or never.
        case unknown
        case succeeded
        case failed
        /// Proven never to have reached the CRM: it costs nothing.
        case notSent
    }

    package var id: Int64
    package var side: Side
    /// What was called, such as `search`, `batchUpdate`, `composite` or `token`.
    package var endpoint: String
    /// What for: `detect`, `match`, `guard`, `write`, `readBack`, `schema`, `backfill`, `signIn`.
    package var purpose: String
    package var object: String?
    package var records: Int
    /// What the vendor bills for it, in calls.
    package var cost: Int
    package var outcome: Outcome
    /// The HTTP status, once known.
    package var status: Int?
    /// Wall milliseconds of the send.
    package var sentAt: Int64
    /// Wall milliseconds of the reply, or of the moment when none was waited for any longer.
    package var answeredAt: Int64?
    /// How urgent it was.
    package var priority: PriorityClass?
    /// What the reply said of everybody's calls.
    package var usage: DailyUsage?

    /// Whether it looked for changes.
    package var isPoll: Bool { self.purpose == Self.pollPurpose }

    package static let pollPurpose = "detect"

    package init(
        id: Int64 = 0,
        side: Side,
        endpoint: String,
        purpose: String,
        object: String? = nil,
        records: Int = 0,
        cost: Int = 1,
        outcome: Outcome = .unknown,
        status: Int? = nil,
        sentAt: Int64,
        answeredAt: Int64? = nil,
        priority: PriorityClass? = nil,
        usage: DailyUsage? = nil
    ) {
        self.id = id
        self.side = side
        self.endpoint = endpoint
        self.purpose = purpose
        self.object = object
        self.records = records
        self.cost = cost
        self.outcome = outcome
        self.status = status
        self.sentAt = sentAt
        self.answeredAt = answeredAt
        self.priority = priority
        self.usage = usage
    }
}
