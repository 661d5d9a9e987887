/// What happened to one marketing e-mail on its way and with its reader.
package struct MockHubSpotEmailEvent: Sendable, Hashable, Codable {
    /// The words of the e-mail events API.
    package enum Kind: String, Sendable, Hashable, CaseIterable, Codable {
        case sent = "SENT"
        case dropped = "DROPPED"
        case processed = "PROCESSED"
        case delivered = "DELIVERED"
        case deferred = "DEFERRED"
        case bounce = "BOUNCE"
        case open = "OPEN"
        case click = "CLICK"
        case print = "PRINT"
        case forward = "FORWARD"
        /// A recipient unsubscribed, or subscribed again.
        case statusChange = "STATUSCHANGE"
        case spamReport = "SPAMREPORT"
        case suppressed = "SUPPRESSED"
        case unbounce = "UNBOUNCE"
        case reply = "REPLY"
    }

    package var id: String
    package var kind: Kind
    package var recipient: String
    package var campaignID: Int64
    /// Server milliseconds.
    package var createdAt: Int64
    /// Members that only some kinds have, such as `url`, `subject` or `category`.
    package var details: [String: String]
    /// A scanner's or a forwarded copy's: left out where a query wants none.
    package var isFiltered: Bool
    /// The event of the sending that it belongs to, and its time.
    var sentID: String?
    var sentAt: Int64?
}
