package import SyncCore

/// How few calls a day both CRMs allow, and what else lives on them.
package struct SimulatedQuota: Sendable, Hashable, Codable {
    /// Calls a day that each CRM allows at the start.
    package var salesforceCalls: Int
    package var hubspotCalls: Int
    /// Of a hundred of these, how many are ours at most, and how many stay for others.
    package var sharePercent: Int
    package var reservePercent: Int
    /// Of a hundred, how many others use up in the people's day.
    package var foreignPercent: Int
    /// Whether the limits are lowered and raised meanwhile.
    package var movesLimits: Bool

    /// Two days and a half: what waits for calls goes out once the first day's have left the window.
    package static let settleTime: Int64 = 216_000_000

    static func drawn(_ random: inout SeededRandom) -> Self {
        Self(
            salesforceCalls: random.pick([120, 250, 600]),
            hubspotCalls: random.pick([120, 250, 600]),
            sharePercent: random.pick([30, 50, 80]),
            reservePercent: random.pick([5, 20]),
            foreignPercent: random.pick([0, 40, 90, 120]),
            movesLimits: random.happens(percent: 40)
        )
    }

    package func calls(of side: Side) -> Int {
        side == .hubspot ? self.hubspotCalls : self.salesforceCalls
    }
}
