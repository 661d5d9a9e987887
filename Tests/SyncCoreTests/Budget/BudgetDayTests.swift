import SyncCore
import Testing

struct BudgetDayTests {
    private static let hour: Int64 = 3_600_000

    @Test func `a count that falls between two replies tells when the day began`() {
        var day = BudgetDay()
        let first = day.learn(used: 90, (0, 10), after: nil)
        #expect(!first)
        #expect(day.start == nil)
        #expect(day.certain == 10)
        let second = day.learn(used: 3, (Self.hour, Self.hour + 10), after: (90, 0, 10))
        #expect(second)
        #expect(day.start == 0, "at the earliest")
        #expect(day.certain == Self.hour + 10, "at the latest")
        #expect(day.end == 25 * Self.hour + 10)
    }

    @Test func `two replies that crossed on their way tell nothing`() {
        var day = BudgetDay()
        _ = day.learn(used: 90, (0, 10), after: nil)
        let isNew = day.learn(used: 89, (5, 12), after: (90, 0, 10))
        #expect(!isNew)
        #expect(day.start == nil)
    }

    @Test func `the next day is reckoned, and taken back when no header confirms it`() {
        var day = BudgetDay()
        _ = day.learn(used: 90, (0, 10), after: nil)
        _ = day.learn(used: 3, (20, 30), after: (90, 0, 10))
        let early = day.pass(24 * Self.hour + 29)
        #expect(!early)
        let late = day.pass(24 * Self.hour + 30)
        #expect(late)
        #expect(day.start == 24 * Self.hour)
        // Summer time: midnight is an hour later this day.
        let isNew = day.learn(
            used: 50,
            (24 * Self.hour + 100, 24 * Self.hour + 110),
            after: (49, 23 * Self.hour, 23 * Self.hour + 10)
        )
        #expect(!isNew)
        #expect(day.start == nil)
    }

    @Test func `a midnight may hide in a long silence`() {
        var day = BudgetDay()
        _ = day.learn(used: 5, (0, 10), after: nil)
        _ = day.learn(used: 300, (20 * Self.hour, 20 * Self.hour + 5), after: (5, 0, 10))
        #expect(day.start == nil)
        #expect(day.certain == 20 * Self.hour + 5)
    }
}
