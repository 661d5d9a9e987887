import HTTPTransport

/// What a reply says of the day's calls: Salesforce's `Sforce-Limit-Info: api-usage=42/15000`,
/// HubSpot's `X-HubSpot-RateLimit-Daily` with what remains of it (not on searches).
struct UsageHeader {
    var used: Int
    var limit: Int

    init?(_ response: HTTPResponse) {
        if let info = response.header("Sforce-Limit-Info") {
            let numbers = info.split { !$0.isNumber }.compactMap { Int($0) }
            guard numbers.count >= 2 else { return nil }
            self.used = numbers[0]
            self.limit = numbers[1]
            return
        }
        guard let limit = response.header("X-HubSpot-RateLimit-Daily").flatMap({ Int($0) }),
            let left = response.header("X-HubSpot-RateLimit-Daily-Remaining").flatMap({ Int($0) })
        else { return nil }
        self.used = limit - left
        self.limit = limit
    }
}
