package import SyncCore

/// Something that ends on a known day: told 30 days ahead, and a problem from 7 days on.
package struct Expiry: Sendable, Hashable {
    private let side: Side
    private let what: String
    private let endsAt: Int64
    private let nextStep: String

    /// `what` stands after "The end of", `endsAt` is in wall milliseconds.
    package init(_ side: Side, _ what: String, endsAt: Int64, nextStep: String) {
        self.side = side
        self.what = what
        self.endsAt = endsAt
        self.nextStep = nextStep
    }

    /// `nil` while it is not near.
    package func diagnosis(now: Int64) -> Diagnosis? {
        let left = self.endsAt - now
        guard left <= 30 * Self.day else { return nil }
        let days = Int(max(0, left) / Self.day)
        let date = CivilTime.text(self.endsAt).prefix(10)
        return Diagnosis(
            self.side,
            .expires,
            self.what,
            cause: left < 0
                ? "The end of \(self.what) was on \(date)."
                : "The end of \(self.what) is on \(date), in \(days) day\(days == 1 ? "" : "s").",
            nextStep: self.nextStep,
            isProblem: left <= 7 * Self.day
        )
    }

    private static let day: Int64 = 86_400_000
}
