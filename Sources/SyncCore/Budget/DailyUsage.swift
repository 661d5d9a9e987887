/// A day's calls as a reply's headers told them: by everybody, not by us alone.
package struct DailyUsage: Sendable, Hashable {
    package var used: Int
    package var allowed: Int

    package init(used: Int, allowed: Int) {
        self.used = used
        self.allowed = allowed
    }

    /// Reads what a reply says; `nil` where it says nothing.
    ///
    /// Salesforce counts the last 24 hours in `Sforce-Limit-Info`. HubSpot counts since midnight in
    /// the account's time zone, in two headers that search replies and OAuth apps do not get.
    package init?(headers: [(name: String, value: String)]) {
        var allowed: Int?
        var left: Int?
        for header in headers {
            switch header.name.lowercased() {
            case "x-hubspot-ratelimit-daily": allowed = Self.number(header.value)
            case "x-hubspot-ratelimit-daily-remaining": left = Self.number(header.value)
            case "sforce-limit-info":
                guard let usage = Self.salesforce(header.value) else { continue }
                self = usage
                return
            default: break
            }
        }
        guard let allowed, let left, allowed > 0 else { return nil }
        self.init(used: max(0, allowed - left), allowed: allowed)
    }

    /// Reads `api-usage=18/15000; per-app-api-usage=…`.
    private static func salesforce(_ header: String) -> Self? {
        for part in header.split(separator: ";") {
            let trimmed = part.drop { $0 == " " }
            guard trimmed.hasPrefix("api-usage=") else { continue }
            let numbers = trimmed.dropFirst("api-usage=".count).split(separator: "/").map {
                Self.number($0)
            }
            guard numbers.count == 2, let used = numbers[0], let allowed = numbers[1], allowed > 0
            else { continue }
            return Self(used: used, allowed: allowed)
        }
        return nil
    }

    /// A number that can be reckoned with: what a server says is not trusted to fit.
    private static func number(_ text: some StringProtocol) -> Int? {
        Int(text).map { min(max($0, 0), 1_000_000_000_000) }
    }
}
