import HTTPTransport

/// The account's limits: a burst per app, one for all searches, and the day's.
struct RateLimits: Sendable, Codable {
    enum Policy: Sendable, Hashable {
        case tenSecondlyRolling
        case secondly
        case daily
    }

    private var bursts: [RollingWindow]
    private var searches: RollingWindow
    private(set) var dailyMax: Int
    private let utcOffset: Int64
    private var day: Int64 = 0
    private(set) var dailyUsed = 0

    init(settings: MockHubSpotSettings) {
        self.bursts = settings.apps.map { RollingWindow(length: 10_000, max: $0.burstMax) }
        self.searches = RollingWindow(length: 1000, max: settings.searchesPerSecondMax)
        self.dailyMax = settings.dailyMax
        self.utcOffset = settings.utcOffset
    }

    /// The account buys another tier, or gets another app: what was used stays used.
    mutating func adopt(_ settings: MockHubSpotSettings) {
        for app in settings.apps.dropFirst(self.bursts.count) {
            self.bursts.append(RollingWindow(length: 10_000, max: app.burstMax))
        }
        for (place, app) in settings.apps.enumerated() { self.bursts[place].max = app.burstMax }
        self.searches.max = settings.searchesPerSecondMax
        self.dailyMax = settings.dailyMax
    }

    /// Takes a place in every limit that applies, or names the first that is used up.
    mutating func take(
        app: Int,
        isOAuth: Bool,
        isSearch: Bool,
        at now: Int64
    ) -> Policy? {
        self.startDay(at: now)
        if !isOAuth, self.dailyUsed >= self.dailyMax { return .daily }
        if isSearch {
            guard self.searches.take(at: now) else { return .secondly }
        } else {
            guard self.bursts[app].take(at: now) else { return .tenSecondlyRolling }
        }
        if !isOAuth { self.dailyUsed += 1 }
        return nil
    }

    /// Calls of other apps of the account; answers how many the day still held.
    mutating func spend(_ calls: Int, at now: Int64) -> Int {
        self.startDay(at: now)
        let taken = max(0, min(calls, self.dailyMax - self.dailyUsed))
        self.dailyUsed += taken
        return taken
    }

    mutating func usedToday(at now: Int64) -> Int {
        self.startDay(at: now)
        return self.dailyUsed
    }

    /// The headers of a reply that is no search; the daily ones only for private apps.
    ///
    /// Where `isUsedUp`, they say that no call is left in these ten seconds.
    mutating func headers(
        app: Int,
        isOAuth: Bool,
        at now: Int64,
        isUsedUp: Bool = false
    ) -> [HTTPHeader] {
        let max = self.bursts[app].max
        let used = isUsedUp ? max : self.bursts[app].used(at: now)
        var headers = [
            HTTPHeader("X-HubSpot-RateLimit-Max", String(max)),
            HTTPHeader("X-HubSpot-RateLimit-Remaining", String(max - used)),
            HTTPHeader("X-HubSpot-RateLimit-Interval-Milliseconds", "10000"),
        ]
        if !isOAuth {
            self.startDay(at: now)
            headers.append(HTTPHeader("X-HubSpot-RateLimit-Daily", String(self.dailyMax)))
            let left = String(self.dailyMax - self.dailyUsed)
            headers.append(HTTPHeader("X-HubSpot-RateLimit-Daily-Remaining", left))
        }
        return headers
    }

    /// Seconds until a place is free again; `nil` for the daily limit.
    func secondsToWait(_ policy: Policy, app: Int, at now: Int64) -> Int64? {
        switch policy {
        case .tenSecondlyRolling: self.bursts[app].secondsToWait(at: now)
        case .secondly: self.searches.secondsToWait(at: now)
        case .daily: nil
        }
    }

    private mutating func startDay(at now: Int64) {
        let day = (now + self.utcOffset) / ServerTime.day
        guard day != self.day else { return }
        self.day = day
        self.dailyUsed = 0
    }
}
