/// When a sweep is due and where it stands: a walk in pages that begins anew some time after its last start.
package struct SweepClock: Sendable, Hashable, Codable {
    /// When the walk begins, or began, in wall milliseconds.
    package private(set) var startsAt: Int64
    /// Where it goes on; `nil` before the first page.
    package private(set) var place: String?
    /// The calls of this walk so far.
    package private(set) var calls = 0
    /// When the last whole walk had begun: what had happened by then is known.
    ///
    /// `nil` before the first.
    package private(set) var seenUntil: Int64?

    /// A sweep that begins one interval from now: a start is no time for it.
    package init(now: Int64, interval: Int64) {
        self.startsAt = now + interval
    }

    package func isDue(now: Int64) -> Bool { now >= self.startsAt }

    /// Notes a page; `next`: where the walk goes on, `nil` where it ended.
    ///
    /// The next walk begins an interval after this one began, later where it needs so many calls that it
    /// would take more than its share of the day.
    package mutating func took(calls: Int, next: String?, interval: Int64, dailyMax: Int) {
        self.calls += calls
        self.place = next
        guard next == nil else { return }
        let paced = Int64(self.calls) * 86_400_000 / Int64(max(1, dailyMax))
        self.seenUntil = self.startsAt
        self.startsAt += max(interval, paced)
        self.calls = 0
    }

    /// A walk that was put off begins when it can, not several times in a row.
    package mutating func begins(now: Int64) {
        if self.place == nil, self.calls == 0 { self.startsAt = max(self.startsAt, now) }
    }
}
