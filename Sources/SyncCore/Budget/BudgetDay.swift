/// When a day of the vendor's begins, learned from its headers: nobody tells the time zone.
///
/// A count that falls between two replies was set back between them.
package struct BudgetDay: Sendable, Hashable {
    /// The day began not before `from` and not after `until`.
    private struct Span: Hashable {
        var from: Int64
        var until: Int64
    }

    private var began: Span?
    /// Whether it was only reckoned from the day before.
    private var isReckoned = false
    /// The first reply of a time in which the count never fell: all of it is one day.
    private var calmSince: Int64?

    /// How far apart two replies may be so that surely no midnight is between, in milliseconds.
    private static let silenceMax: Int64 = 900_000

    package init() {}

    /// Since when calls count for the present day, at the earliest; `nil` while that is unknown.
    package var start: Int64? { self.began?.from }

    /// Since when calls surely count for the present day.
    package var certain: Int64? { self.began?.until ?? self.calmSince }

    /// When the next day will have begun.
    package var end: Int64? { self.began.map { $0.until + BudgetSettings.day } }

    /// Takes a reply, with when it was asked for and when it came, and the one that came before it.
    ///
    /// - Returns: whether a day began between them.
    package mutating func learn(
        used: Int,
        _ reply: (sentAt: Int64, seenAt: Int64),
        after before: (used: Int, sentAt: Int64, seenAt: Int64)?
    ) -> Bool {
        guard let before else {
            self.calmSince = reply.seenAt
            return false
        }
        // Two that were on their way together may have been counted in either order.
        guard reply.sentAt >= before.seenAt else { return false }
        if used < before.used {
            self.began = Span(from: before.sentAt, until: reply.seenAt)
            self.isReckoned = false
            return true
        }
        // A midnight may hide in a long silence: others may have called more often since it.
        if reply.sentAt - before.seenAt > Self.silenceMax { self.calmSince = reply.seenAt }
        // A day that was only reckoned and did not begin: summer time, or another zone.
        if self.isReckoned, let began = self.began, before.sentAt < began.from {
            self.began = nil
            self.calmSince = reply.seenAt
        }
        self.isReckoned = false
        return false
    }

    /// A day is over by the clock; a header will tell whether that was right.
    ///
    /// - Returns: whether a new day was reckoned.
    package mutating func pass(_ now: Int64) -> Bool {
        var isNew = false
        while let end = self.end, now >= end, let began = self.began {
            self.began = Span(
                from: began.from + BudgetSettings.day,
                until: began.until + BudgetSettings.day
            )
            self.isReckoned = true
            isNew = true
        }
        return isNew
    }
}
