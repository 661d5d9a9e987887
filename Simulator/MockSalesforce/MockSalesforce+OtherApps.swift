/// What other apps do to the 24 hours that the whole org shares.
extension MockSalesforce {
    /// The name that other apps' calls are billed to.
    package static let otherApp = "Other apps"

    /// Other apps call so many times; what the last 24 hours do not hold is refused.
    ///
    /// - Returns: how many calls were taken.
    @discardableResult
    package mutating func spend(_ calls: Int, at now: Int64) -> Int {
        let taken = max(0, min(calls, self.settings.dailyCallsMax - self.meter.used(at: now)))
        guard taken > 0 else { return 0 }
        self.meter.count(
            MockSalesforceCall(
                at: now,
                credential: Self.otherApp,
                kind: .other,
                cost: taken,
                status: 200
            )
        )
        return taken
    }
}
