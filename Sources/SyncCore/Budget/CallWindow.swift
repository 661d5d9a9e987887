/// How many calls were made in a long window, counted by the minute: what a day's budget needs.
///
/// A minute's calls are free again one window, and the time that a call may be late, after the
/// minute's end. It follows from the send times alone, so that a restart counts the same.
package struct CallWindow: Sendable, Hashable {
    private struct Minute: Hashable {
        var number: Int64
        var calls: Int
    }

    private let length: Int64
    private var minutes: [Minute] = []
    private var total = 0

    /// `milliseconds`: how long after its minute's end a call counts.
    package init(milliseconds length: Int64) {
        self.length = length
    }

    package mutating func add(_ calls: Int = 1, at time: Int64) {
        let number = Self.minute(of: time)
        self.total += calls
        // Times come nearly in order.
        let place = self.minutes.lastIndex { $0.number <= number }
        if let place, self.minutes[place].number == number {
            self.minutes[place].calls += calls
        } else {
            self.minutes.insert(
                Minute(number: number, calls: calls),
                at: place.map { $0 + 1 } ?? 0
            )
        }
    }

    /// Takes back a call that was never sent.
    package mutating func remove(_ calls: Int = 1, at time: Int64) {
        let number = Self.minute(of: time)
        guard let place = self.minutes.lastIndex(where: { $0.number == number }) else { return }
        let taken = min(calls, self.minutes[place].calls)
        self.minutes[place].calls -= taken
        self.total -= taken
    }

    package mutating func forget(_ now: Int64) {
        let past = self.minutes.firstIndex { self.freeAt($0) > now } ?? self.minutes.count
        guard past > 0 else { return }
        self.total -= self.minutes[..<past].reduce(0) { $0 + $1.calls }
        self.minutes.removeFirst(past)
    }

    /// How many calls count now.
    package func used(now: Int64) -> Int {
        var used = self.total
        for minute in self.minutes {
            guard self.freeAt(minute) <= now else { break }
            used -= minute.calls
        }
        return used
    }

    /// How many calls of minutes that had not ended at that time.
    package func used(since time: Int64) -> Int {
        let number = Self.minute(of: time)
        return self.minutes.reversed().prefix { $0.number >= number }.reduce(0) { $0 + $1.calls }
    }

    /// How many calls of minutes that began later than that time's.
    package func used(after time: Int64) -> Int {
        let number = Self.minute(of: time)
        return self.minutes.reversed().prefix { $0.number > number }.reduce(0) { $0 + $1.calls }
    }

    /// When calls become free, in order.
    package func freeing(after now: Int64) -> [(at: Int64, calls: Int)] {
        self.minutes.compactMap { minute in
            let time = self.freeAt(minute)
            return time > now && minute.calls > 0 ? (time, minute.calls) : nil
        }
    }

    private func freeAt(_ minute: Minute) -> Int64 {
        (minute.number + 1) * Self.grain + self.length
    }

    private static func minute(of time: Int64) -> Int64 {
        time >= 0 ? time / Self.grain : (time - Self.grain + 1) / Self.grain
    }

    private static let grain: Int64 = 60_000
}
