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
    private var budget: BudgetGovernor
    /// What makes a monotonic time a wall time: the day's calls outlive the process.
    private let wallOffset: Int64

    /// `wallOffset`: the wall clock less the monotonic one, in milliseconds.
    package init(
        side: Side,
        concurrentMax: Int = 8,
        budget: BudgetGovernor? = nil,
        wallOffset: Int64 = 0,
        sabotage: Sabotage? = nil
    ) {
        self.sabotage = sabotage
        self.side = side
        self.concurrentMax = concurrentMax
        self.budget =
            budget ?? BudgetGovernor(settings: BudgetSettings(side: side), sabotage: sabotage)
        self.wallOffset = wallOffset
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

    package mutating func take(
        isSearch: Bool,
        isFree: Bool,
        use: BudgetUse = BudgetUse(.field),
        now: Int64
    ) -> Take {
        if isFree { return .granted(Place(names: [], isCounted: false)) }
        return self.take(isSearch ? [Self.search, Self.burst] : [Self.burst], use, now: now)
    }

    /// Takes so many ordinary places at once, for calls that follow each other.
    package mutating func hold(
        _ count: Int,
        priority: PriorityClass = .field,
        now: Int64
    ) -> Take {
        self.take([Self.burst], BudgetUse(priority, calls: count), now: now)
    }

    private mutating func take(_ windows: [String], _ use: BudgetUse, now: Int64) -> Take {
        let wall = now + self.wallOffset
        if let error = self.refusal(of: use, self.budget.verdict(use, now: wall), wall) {
            return .exhausted(error)
        }
        guard self.concurrent < self.concurrentMax else {
            return .wait(milliseconds: Self.replyWait)
        }
        let isIgnored = self.sabotage == .ignoresLimits
        let names = isIgnored ? [] : windows.filter { self.windows[$0] != nil }
        var longest: Int64 = 0
        for name in names {
            let wait = self.windows[name]?.wait(now: now, places: use.calls)
            longest = max(longest, wait ?? Self.replyWait)
        }
        guard longest == 0 else { return .wait(milliseconds: longest) }
        if let error = self.refusal(of: use, self.budget.take(use, now: wall), wall) {
            return .exhausted(error)
        }
        for name in names {
            for _ in 0..<use.calls { self.windows[name]?.take() }
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
        if place.isCounted { self.budget.cancelled(unused) }
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
        default: break
        }
    }

    // MARK: - The day's calls

    /// A granted call is in the ledger and leaves now.
    package mutating func sent(
        _ id: Int64,
        in place: Place,
        cost: Int,
        _ use: BudgetUse,
        now: Int64
    ) {
        guard place.isCounted else { return }
        self.budget.sent(id, cost: cost, use, now: now + self.wallOffset)
    }

    /// A call has its reply, or none will come.
    ///
    /// `isUnjudged`: whether its session was refused.
    package mutating func ended(
        _ id: Int64,
        usage: DailyUsage?,
        isUnjudged: Bool = false,
        now: Int64
    ) {
        let wall = now + self.wallOffset
        self.budget.ended(id, usage: usage, isUnjudged: isUnjudged, now: wall)
    }

    /// A call in the ledger never left.
    package mutating func unsent(_ id: Int64, _ use: BudgetUse) {
        self.budget.unsent(id, use)
    }

    /// A granted call is not made.
    package mutating func cancelled(_ place: Place) {
        if place.isCounted { self.budget.cancelled(1) }
    }

    /// The CRM itself says that the day is used up.
    package mutating func refused(forMilliseconds wait: Int64, now: Int64) {
        let wall = now + self.wallOffset
        self.budget.refused(until: wall + min(max(1_000, wait), Self.refusalMax), now: wall)
    }

    /// How many calls of a class may go now, or why none; `nil` for as many as one likes.
    package func room(of priority: PriorityClass, now: Int64) -> Int? {
        self.budget.room(of: priority, now: now + self.wallOffset)
    }

    /// Why a class may not call now, if it may not.
    package func refusal(of priority: PriorityClass, now: Int64) -> SyncError? {
        let wall = now + self.wallOffset
        let use = BudgetUse(priority)
        return self.refusal(of: use, self.budget.verdict(use, now: wall), wall)
    }

    /// Why a call that was granted must not be made after all, if it must not.
    package func refusal(inHold use: BudgetUse, now: Int64) -> SyncError? {
        let wall = now + self.wallOffset
        return self.refusal(of: use, self.budget.verdict(granted: use, now: wall), wall)
    }

    /// How long the next look for changes is put off, in milliseconds.
    package func pollWait(now: Int64) -> Int64 {
        self.budget.pollWait(now: now + self.wallOffset)
    }

    package func wantsUsage(now: Int64) -> Bool {
        self.budget.wantsUsage(now: now + self.wallOffset)
    }

    package func forecast(_ use: BudgetUse, now: Int64) -> BudgetForecast {
        var forecast = self.budget.forecast(use, now: now + self.wallOffset)
        forecast.finishedAt = forecast.finishedAt.map { $0 - self.wallOffset }
        return forecast
    }

    private func refusal(
        of use: BudgetUse,
        _ verdict: BudgetVerdict,
        _ wall: Int64
    ) -> SyncError? {
        guard case .deferred(let until, let reason) = verdict else { return nil }
        let name = self.side == .hubspot ? "HubSpot" : "Salesforce"
        let cause =
            switch reason {
            case .share: "Duet's share of \(name)'s daily API calls is used up."
            case .urgency:
                "What is left of Duet's share of \(name)'s daily API calls is kept for "
                    + "more urgent work."
            case .reserve: "\(name)'s daily API calls are used up but for the reserve for others."
            case .refused: "\(name) says that its daily API calls are used up."
            }
        return SyncError(
            code: .limitReached,
            side: self.side,
            cause: cause,
            nextStep: "Nothing is lost: it goes on by itself when the day's calls allow it.",
            disposition: .pausePair(milliseconds: max(1_000, until - wall))
        )
    }

    private static let burst = "burst"
    private static let search = "search"
    /// How long to wait where only a reply frees a place, in milliseconds.
    private static let replyWait: Int64 = 20
    /// The longest that a CRM's own refusal is believed without asking again, in milliseconds.
    private static let refusalMax: Int64 = 900_000
}
