/// What the account's other private apps do to the day that all of them share.
extension MockHubSpot {
    /// The id that other apps' calls are counted under.
    package static let otherAppID: Int64 = 2_000_001

    /// Other apps call so many times; what the day does not hold is refused.
    ///
    /// - Returns: how many calls were taken.
    @discardableResult
    package mutating func spend(_ calls: Int, at now: Int64) -> Int {
        let taken = self.limits.spend(calls, at: now)
        self.usage.change(Self.otherAppID, .unknown) { row in
            row.calls += taken
            row.throttled += max(0, calls - taken)
        }
        return taken
    }

    /// The day's calls of all private apps so far.
    package mutating func callsUsed(at now: Int64) -> Int {
        self.limits.usedToday(at: now)
    }
}
