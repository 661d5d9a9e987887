/// All limits of one CRM together: bursts, search, and the org's daily calls.
package struct CallLimits: Sendable {
    /// The windows that a granted call holds a place in.
    package struct Place: Sendable, Hashable {
        var names: [String]
    }

    package enum Take: Sendable, Hashable {
        case granted(Place)
        /// Try again after so many milliseconds, or when a reply comes.
        case wait(milliseconds: Int64)
        case exhausted(SyncError)
    }

    private let side: Side
    private var windows: [String: SlidingWindow]
    private var concurrent = 0
    private let concurrentMax: Int
    /// Salesforce's daily calls: used and allowed, from the usage header.
    package private(set) var daily: (used: Int, allowed: Int)?
    /// The share of the day's calls that is left to others.
    private let reservePercent: Int

    /// `reservePercent`: how much of the org's daily calls stays untouched.
    package init(side: Side, concurrentMax: Int = 8, reservePercent: Int = 5) {
        self.side = side
        self.concurrentMax = concurrentMax
        self.reservePercent = reservePercent
        switch side {
        case .hubspot:
            // The smallest tier's burst until a header tells the real one; search: 5 a second,
            // one of them left to the portal's other apps (HubSpot: usage guidelines).
            self.windows = [
                Self.burst: SlidingWindow(placesMax: 100, milliseconds: 10_000),
                Self.search: SlidingWindow(placesMax: 4, milliseconds: 1_000),
            ]
        case .salesforce:
            self.windows = [:]
        }
    }

    package mutating func take(isSearch: Bool, isFree: Bool, now: Int64) -> Take {
        if isFree { return .granted(Place(names: [])) }
        if let error = self.exhausted() { return .exhausted(error) }
        guard self.concurrent < self.concurrentMax else {
            return .wait(milliseconds: Self.replyWait)
        }
        let names = (isSearch ? [Self.search, Self.burst] : [Self.burst]).filter {
            self.windows[$0] != nil
        }
        var longest: Int64 = 0
        for name in names {
            longest = max(longest, self.windows[name]?.wait(now: now) ?? Self.replyWait)
        }
        guard longest == 0 else { return .wait(milliseconds: longest) }
        for name in names { self.windows[name]?.take() }
        self.concurrent += 1
        return .granted(Place(names: names + [Self.slot]))
    }

    package mutating func finished(_ place: Place, now: Int64) {
        for name in place.names where name != Self.slot { self.windows[name]?.finished(now: now) }
        if place.names.contains(Self.slot) { self.concurrent -= 1 }
    }

    /// Takes up the calls of an earlier process, so that a restart does not burst.
    package mutating func restore(answeredAt: Int64, isSearch: Bool) {
        self.windows[Self.burst]?.restore(answeredAt: answeredAt)
        if isSearch { self.windows[Self.search]?.restore(answeredAt: answeredAt) }
    }

    /// Adopts what a reply's headers say of the limits.
    package mutating func learn(header name: String, value: String) {
        switch name.lowercased() {
        case "x-hubspot-ratelimit-max":
            if let max = Int(value), max > 0 { self.windows[Self.burst]?.adjust(placesMax: max) }
        case "sforce-limit-info":
            if let usage = Self.usage(value) { self.daily = usage }
        default: break
        }
    }

    /// Reads `api-usage=18/15000; per-app-api-usage=…`.
    package static func usage(_ header: String) -> (used: Int, allowed: Int)? {
        for part in header.split(separator: ";") {
            let trimmed = part.drop { $0 == " " }
            guard trimmed.hasPrefix("api-usage=") else { continue }
            let numbers = trimmed.dropFirst("api-usage=".count).split(separator: "/").map {
                Int($0)
            }
            if numbers.count == 2, let used = numbers[0], let allowed = numbers[1] {
                return (used, allowed)
            }
        }
        return nil
    }

    private func exhausted() -> SyncError? {
        guard let daily = self.daily, daily.allowed > 0 else { return nil }
        let usable = daily.allowed - daily.allowed * self.reservePercent / 100
        guard daily.used >= usable else { return nil }
        return SyncError(
            code: .limitReached,
            side: self.side,
            cause: "Salesforce's daily API calls are used up: \(daily.used) of \(daily.allowed), "
                + "\(self.reservePercent) % stay for others.",
            nextStep: "It goes on by itself when the org's rolling 24 hours allow it; try later.",
            disposition: .pausePair(milliseconds: 900_000)
        )
    }

    private static let burst = "burst"
    private static let search = "search"
    private static let slot = "slot"
    /// How long to wait where only a reply frees a place, in milliseconds.
    private static let replyWait: Int64 = 20
}
