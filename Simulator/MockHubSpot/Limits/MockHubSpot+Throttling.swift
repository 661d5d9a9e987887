import HTTPTransport
import WireJSON

/// Refusals of calls that are over a limit.
extension MockHubSpot {
    /// The 429 of a limit (HubSpot: usage guidelines), with the headers that every reply has but
    /// those of searches.
    mutating func throttled(
        _ policy: RateLimits.Policy,
        _ app: Int,
        isSearch: Bool,
        _ now: Int64
    ) -> HTTPResponse {
        let (name, word): (String, String) =
            switch policy {
            case .tenSecondlyRolling: ("TEN_SECONDLY_ROLLING", "ten_secondly_rolling")
            case .secondly: ("SECONDLY", "secondly")
            case .daily: ("DAILY", "daily")
            }
        let isOAuth = self.settings.apps[app].isOAuth
        // No record of an installed app's group was found.
        let group =
            policy == .tenSecondlyRolling && !isOAuth ? "publicapi:private-apps-api-calls" : nil
        let request = self.requestID()
        var response = self.error(429, "You have reached your \(word) limit.", now: now) { root in
            root.member("errorType", "RATE_LIMIT")
            root.member("policyName", name)
            if let group { root.member("groupName", group) }
            root.member("requestId", request)
        }
        if !isSearch {
            response.headers += self.limits.headers(
                app: app,
                isOAuth: isOAuth,
                at: now,
                isUsedUp: policy == .tenSecondlyRolling
            )
        }
        if self.settings.sendsRetryAfter,
            let seconds = self.limits.secondsToWait(policy, app: app, at: now)
        {
            response.headers.append(HTTPHeader("Retry-After", String(seconds)))
        }
        return response
    }

    /// From a generator of its own, so that what is drawn afterwards stays what it was.
    private func requestID() -> String {
        var state = self.generator
        var other = SeededGenerator(seed: ~state.next())
        let digits = other.hex(30)
        func part(_ start: Int, _ length: Int) -> Substring {
            digits.dropFirst(start).prefix(length)
        }
        return "\(part(0, 8))-\(part(8, 4))-4\(part(12, 3))-a\(part(15, 3))-\(part(18, 12))"
    }
}
