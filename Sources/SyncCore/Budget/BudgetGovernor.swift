/// Decides who may call when a CRM's daily calls are few.
///
/// Two bounds hold at any time. Our own calls of the last 24 hours stay within our share, by our own
/// ledger. Everybody's calls stay below the reserve, by the usage headers: what they show beyond our
/// own ledger is foreign traffic. A class above its part of what is left for us waits; nothing is
/// dropped, and each class gets a call after its longest wait.
///
/// All times are wall milliseconds. What it knows follows from the call ledger, so that a restart
/// changes nothing.
package struct BudgetGovernor: Sendable, Hashable {
    let settings: BudgetSettings
    let sabotage: Sabotage?
    /// Our own calls, and those of them that were polls.
    var own: CallWindow
    var polls: CallWindow
    var lastPoll: Int64?
    /// Calls that were granted and are not booked yet.
    var reserved = 0
    /// Calls that the newest header may not have counted, by their number in the ledger.
    private var uncounted: [Int64: Call] = [:]
    var header: Header?
    var foreign = ForeignTraffic()
    var day = BudgetDay()
    var lastCall: [PriorityClass: Int64] = [:]
    /// When the last call was sent whose reply tells the day's calls.
    var lastTelling: Int64?
    /// That call's number in the ledger, and when the one before it was sent.
    private var telling: Telling?
    /// Whether that call told nothing, because its session had ended: the next one is its repetition.
    private var isRepeating = false
    /// Until when the CRM itself said that there is nothing left.
    var refusedUntil: Int64?

    /// What a reply said last, and when it was asked for and read.
    struct Header: Sendable, Hashable {
        var usage: DailyUsage
        var sentAt: Int64
        var seenAt: Int64
    }

    private struct Telling: Sendable, Hashable {
        var id: Int64
        var before: Int64?
        var isRepeated: Bool
    }

    private struct Call: Sendable, Hashable {
        var sentAt: Int64
        var endedAt: Int64?
        var cost: Int
    }

    package init(settings: BudgetSettings, sabotage: Sabotage? = nil) {
        self.settings = settings
        self.sabotage = sabotage
        let length = BudgetSettings.day + settings.lateness
        self.own = CallWindow(milliseconds: length)
        self.polls = CallWindow(milliseconds: length)
    }

    /// How far back a ledger must reach for `init(ledger:…)`.
    ///
    /// A header is believed for a day, and what it says of others rests on our own day before it.
    package static func memory(_ settings: BudgetSettings) -> Int64 {
        2 * BudgetSettings.day + settings.lateness + 60_000
    }

    /// The governor as it was when an earlier process made its last call.
    package init(
        ledger: [LedgerCall],
        settings: BudgetSettings,
        sabotage: Sabotage? = nil
    ) {
        self.init(settings: settings, sabotage: sabotage)
        guard sabotage != .forgetsBudget else { return }
        var events = ledger.indices.map { (at: ledger[$0].sentAt, isReply: false, place: $0) }
        // A call without a reply may still be on its way: its end is as late as it can be.
        events += ledger.indices.map { place in
            let end = ledger[place].answeredAt ?? ledger[place].sentAt + settings.lateness
            return (end, true, place)
        }
        events.sort { left, right in
            (left.at, left.isReply ? 1 : 0, left.place)
                < (right.at, right.isReply ? 1 : 0, right.place)
        }
        for event in events {
            let call = ledger[event.place]
            if event.isReply {
                self.ended(call.id, usage: call.usage, now: event.at)
            } else {
                let use = BudgetUse(call.priority ?? .field, isPoll: call.isPoll)
                self.sent(call.id, cost: call.cost, use, now: event.at)
            }
        }
    }

    // MARK: - What happened

    /// Asks for so many calls; a granted one is owed to `sent` or `cancelled`.
    package mutating func take(_ use: BudgetUse, now: Int64) -> BudgetVerdict {
        self.pass(now)
        let verdict = self.verdict(use, now: now)
        if verdict.isGranted { self.reserved += use.calls }
        return verdict
    }

    /// Calls that were granted are not made.
    package mutating func cancelled(_ calls: Int) {
        self.reserved = max(0, self.reserved - calls)
    }

    /// A call is in the ledger and about to leave.
    package mutating func sent(_ id: Int64, cost: Int, _ use: BudgetUse, now: Int64) {
        self.reserved = max(0, self.reserved - 1)
        self.own.add(cost, at: now)
        if use.isPoll {
            self.polls.add(cost, at: now)
            self.lastPoll = max(now, self.lastPoll ?? now)
        } else {
            self.lastCall[use.priority] = max(now, self.lastCall[use.priority] ?? now)
        }
        if self.settings.pollsTellUsage || !use.isPoll {
            self.telling = Telling(
                id: id,
                before: self.lastTelling,
                isRepeated: self.isRepeating
            )
            self.isRepeating = false
            self.lastTelling = now
        }
        self.uncounted[id] = Call(sentAt: now, endedAt: nil, cost: cost)
        let old = now - self.settings.lateness
        self.forgetCounted { call in call.endedAt.map { $0 < old } ?? false }
    }

    /// A call got its reply, or never will.
    ///
    /// `isUnjudged`: whether the CRM refused its session and did not look at it: sessions may be as short
    /// as the time between two probes, and the call is sent again with a new one, once.
    package mutating func ended(
        _ id: Int64,
        usage: DailyUsage?,
        isUnjudged: Bool = false,
        now: Int64
    ) {
        guard let sentAt = self.uncounted[id]?.sentAt else { return }
        self.uncounted[id]?.endedAt = now
        if isUnjudged, let telling = self.telling, telling.id == id, !telling.isRepeated {
            self.lastTelling = telling.before
            self.isRepeating = true
        }
        guard let usage, sentAt >= self.header?.sentAt ?? sentAt else { return }
        self.pass(now)
        self.learn(usage, id, Header(usage: usage, sentAt: sentAt, seenAt: now))
    }

    /// A call in the ledger never left.
    package mutating func unsent(_ id: Int64, _ use: BudgetUse) {
        guard let call = self.uncounted.removeValue(forKey: id) else { return }
        self.own.remove(call.cost, at: call.sentAt)
        if use.isPoll { self.polls.remove(call.cost, at: call.sentAt) }
    }

    /// The CRM itself refused a call because the day is used up.
    ///
    /// Such a reply tells no number of its own: everything that the last one allowed is used.
    package mutating func refused(until time: Int64, now: Int64) {
        self.refusedUntil = time
        guard var header = self.header, header.usage.used < header.usage.allowed else { return }
        header.usage.used = header.usage.allowed
        header.seenAt = now
        self.header = header
        self.learnForeign(header)
    }

    private mutating func learn(_ usage: DailyUsage, _ id: Int64, _ header: Header) {
        if self.settings.hasMidnight {
            let before = self.header.map { ($0.usage.used, $0.sentAt, $0.seenAt) }
            if self.day.learn(used: usage.used, (header.sentAt, header.seenAt), after: before) {
                self.foreign.reset()
            }
        }
        self.header = header
        self.refusedUntil = nil
        self.uncounted[id] = nil
        self.forgetCounted { call in call.endedAt.map { $0 <= header.sentAt } ?? false }
        self.learnForeign(header)
    }

    private mutating func learnForeign(_ header: Header) {
        // Of our own calls no more are taken off than the vendor must have counted: the rest may
        // have left its window, or be of the day before.
        let since = self.day.certain ?? header.seenAt - BudgetSettings.day
        let counted = self.own.used(after: since) - self.uncountedCalls
        self.foreign.learn(header.usage.used - max(0, counted), at: header.seenAt)
    }

    /// Time goes on: minutes leave the window, and a day of the vendor's may end.
    private mutating func pass(_ now: Int64) {
        self.own.forget(now)
        self.polls.forget(now)
        guard self.day.pass(now) else { return }
        self.foreign.reset()
        self.header?.usage.used = 0
    }

    private mutating func forgetCounted(_ isCounted: (Call) -> Bool) {
        self.uncounted = self.uncounted.filter { !isCounted($0.value) }
    }

    /// What our own calls may add to the newest header's number.
    private var uncountedCalls: Int {
        self.uncounted.values.reduce(0) { $0 + $1.cost }
    }

    /// Our own calls of the vendor's day, or of the last 24 hours where it is not known.
    func used(now: Int64) -> Int {
        let rolling = self.own.used(now: now)
        guard let start = self.day.start else { return rolling }
        return min(rolling, self.own.used(since: start))
    }
}
