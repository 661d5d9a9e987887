/// All limits of one CRM together: bursts, search, and the org's daily calls.
package struct CallLimits: Sendable {
    /// The windows that a granted call holds a place in.
    package struct Place: Sendable, Hashable {
        var names: [String]
        /// Whether it is one of the calls that may run side by side.
        var isCounted = true
    }

    package enum Take: Sendable, Hashable {
        case granted(Place)
        /// Try again after so many milliseconds, or when a reply comes.
        case wait(milliseconds: Int64)
        case exhausted(SyncError)
    }

    private let sabotage: Sabotage?
    private let side: Side
    private var windows: [String: SlidingWindow]
    private var concurrent = 0
    private let concurrentMax: Int
    /// The day's calls as a reply's headers told them last: used, allowed, and when.
    package private(set) var daily: (used: Int, allowed: Int, seenAt: Int64)?
    /// HubSpot tells the day's limit and what is left of it in two headers.
    private var hubspotDay: (allowed: Int?, left: Int?)
    /// How many calls of a hundred of the day's are left to others.
    private let reservePercent: Int

    /// `reservePercent`: how much of the org's daily calls stays untouched.
    package init(
        side: Side,
        concurrentMax: Int = 8,
        reservePercent: Int = 5,
        sabotage: Sabotage? = nil
    ) {
        self.sabotage = sabotage
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
        if isFree { return .granted(Place(names: [], isCounted: false)) }
        return self.take(isSearch ? [Self.search, Self.burst] : [Self.burst], count: 1, now: now)
    }

    /// Takes so many ordinary places at once, for calls that follow each other.
    package mutating func hold(_ count: Int, now: Int64) -> Take {
        self.take([Self.burst], count: max(1, count), now: now)
    }

    private mutating func take(_ windows: [String], count: Int, now: Int64) -> Take {
        if let error = self.exhausted(now: now) { return .exhausted(error) }
        guard self.concurrent < self.concurrentMax else {
            return .wait(milliseconds: Self.replyWait)
        }
        let isIgnored = self.sabotage == .ignoresLimits
        let names = isIgnored ? [] : windows.filter { self.windows[$0] != nil }
        var longest: Int64 = 0
        for name in names {
            let wait = self.windows[name]?.wait(now: now, places: count)
            longest = max(longest, wait ?? Self.replyWait)
        }
        guard longest == 0 else { return .wait(milliseconds: longest) }
        for name in names {
            for _ in 0..<count { self.windows[name]?.take() }
        }
        self.concurrent += 1
        return .granted(Place(names: names))
    }

    /// A call in a place was answered.
    ///
    /// `isLast`: whether no further call follows in the same hold.
    package mutating func finished(_ place: Place, now: Int64, isLast: Bool = true) {
        for name in place.names { self.windows[name]?.finished(now: now) }
        if isLast { self.leave(place) }
    }

    /// Gives back places of a hold in which nothing was sent, and the hold itself.
    package mutating func release(_ place: Place, unused: Int) {
        for name in place.names {
            for _ in 0..<unused { self.windows[name]?.cancel() }
        }
        self.leave(place)
    }

    private mutating func leave(_ place: Place) {
        guard place.isCounted else { return }
        self.concurrent = max(0, self.concurrent - 1)
    }

    /// Takes up the calls of an earlier process, so that a restart does not burst.
    package mutating func restore(answeredAt: Int64, isSearch: Bool) {
        self.windows[Self.burst]?.restore(answeredAt: answeredAt)
        if isSearch { self.windows[Self.search]?.restore(answeredAt: answeredAt) }
    }

    /// Adopts what a reply's headers say of the limits.
    package mutating func learn(header name: String, value: String, now: Int64) {
        switch name.lowercased() {
        case "x-hubspot-ratelimit-max":
            if let max = Int(value), max > 0 { self.windows[Self.burst]?.adjust(placesMax: max) }
        case "x-hubspot-ratelimit-interval-milliseconds":
            if let window = Int64(value) { self.windows[Self.burst]?.adjust(milliseconds: window) }
        case "x-hubspot-ratelimit-daily":
            self.hubspotDay.allowed = Int(value)
            self.learnDay(now: now)
        case "x-hubspot-ratelimit-daily-remaining":
            self.hubspotDay.left = Int(value)
            self.learnDay(now: now)
        case "sforce-limit-info":
            if let usage = Self.usage(value) { self.daily = (usage.used, usage.allowed, now) }
        default: break
        }
    }

    private mutating func learnDay(now: Int64) {
        guard let allowed = self.hubspotDay.allowed, let left = self.hubspotDay.left else { return }
        self.daily = (max(0, allowed - left), allowed, now)
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

    /// The day's calls are used up, as far as is known.
    ///
    /// What others use is told by replies only, so one call in a quarter of an hour goes through
    /// and brings the present number.
    private mutating func exhausted(now: Int64) -> SyncError? {
        guard let daily = self.daily, daily.allowed > 0 else { return nil }
        let usable = daily.allowed - daily.allowed * self.reservePercent / 100
        guard daily.used >= usable else { return nil }
        guard now - daily.seenAt < Self.probeWait else {
            self.daily?.seenAt = now
            return nil
        }
        let name = self.side == .hubspot ? "HubSpot's" : "Salesforce's"
        return SyncError(
            code: .limitReached,
            side: self.side,
            cause: "\(name) daily API calls are used up: \(daily.used) of \(daily.allowed), "
                + "\(self.reservePercent) % stay for others.",
            nextStep: "It goes on by itself when the day's calls allow it; try later.",
            disposition: .pausePair(milliseconds: Self.probeWait)
        )
    }

    private static let burst = "burst"
    private static let search = "search"
    /// How long a used-up day is believed without a new reply, in milliseconds.
    private static let probeWait: Int64 = 900_000
    /// How long to wait where only a reply frees a place, in milliseconds.
    private static let replyWait: Int64 = 20
}
