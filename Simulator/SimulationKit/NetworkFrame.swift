package import HTTPTransport
package import SyncCore

/// One request as the wire saw it: the third count of calls beside the ledger and the bill.
package struct NetworkFrame: Sendable, Hashable {
    package var side: Side
    /// Which of the engine's processes sent it.
    package var process: Int
    /// Whether it asks for a token, which nobody bills.
    package var isToken: Bool
    package var isSearch: Bool
    /// Whether the reply says that Salesforce knows no such session.
    package var isOfNobody = false
    /// Whether the reply says that the rest of a Salesforce query has ended.
    package var hasEnded = false
    /// Whether it may change records.
    package var isWrite: Bool
    /// Its bytes folded into a number: equal requests have equal ones.
    package var digest: UInt64
    /// When it left, when it came to the CRM, and when the reply was handed over.
    package var leftAt: Int64
    package var arrivedAt: Int64?
    package var deliveredAt: Int64?
    /// Whether the CRM answered at all.
    package var status: Int?
    /// What the reply said of the day's calls: used and allowed.
    package var used: Int?
    package var allowed: Int?
    /// Which limit the reply says is used up.
    package var limit: Limit?

    package enum Limit: Sendable, Hashable {
        /// HubSpot's for a second's searches, everybody's together.
        case second
        /// Any other.
        case other
    }

    package init(_ request: HTTPRequest, process: Int, at now: Int64) {
        self.side = request.url.hasPrefix(MockTransport.hubspotURL) ? .hubspot : .salesforce
        self.process = process
        self.isToken = request.url.hasSuffix("/token")
        self.isSearch = request.url.hasSuffix("/search")
        self.isWrite = Self.isWrite(request)
        self.leftAt = now
        var digest: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in request.url.utf8 { digest = (digest ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        for byte in request.body { digest = (digest ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        self.digest = digest
    }

    private static func isWrite(_ request: HTTPRequest) -> Bool {
        let path = request.url.split(separator: "?").first ?? ""
        let verbs = ["/create", "/update", "/upsert", "/archive", "/composite"]
        guard verbs.contains(where: path.hasSuffix) else { return false }
        // A Composite carries queries as well as writes; those have a `"method":"P…"`.
        guard path.hasSuffix("/composite") else { return true }
        return request.body.firstRange(of: Array(#""method":"P"#.utf8)) != nil
    }

    /// Reads the reply's own words, without the engine's parser.
    mutating func answer(_ response: HTTPResponse) {
        self.status = response.status
        self.limit = Self.limit(response)
        self.isOfNobody = response.status == 401 && Self.says("INVALID_SESSION_ID", response)
        // A refusal is short; rows are not looked through.
        self.hasEnded =
            response.body.count < 400 && Self.says("INVALID_QUERY_LOCATOR", response)
        if let info = response.header("Sforce-Limit-Info") {
            let numbers = info.split { !$0.isNumber }.compactMap { Int($0) }
            if numbers.count >= 2 { (self.used, self.allowed) = (numbers[0], numbers[1]) }
        } else if let daily = response.header("X-HubSpot-RateLimit-Daily").flatMap({ Int($0) }),
            let left = response.header("X-HubSpot-RateLimit-Daily-Remaining").flatMap({ Int($0) })
        {
            (self.used, self.allowed) = (daily - left, daily)
        }
    }

    private static func limit(_ response: HTTPResponse) -> Limit? {
        switch response.status {
        case 429: Self.says(#""policyName":"SECONDLY""#, response) ? .second : .other
        case 403: Self.says("REQUEST_LIMIT_EXCEEDED", response) ? .other : nil
        default: nil
        }
    }

    private static func says(_ text: String, _ response: HTTPResponse) -> Bool {
        response.body.firstRange(of: Array(text.utf8)) != nil
    }
}
