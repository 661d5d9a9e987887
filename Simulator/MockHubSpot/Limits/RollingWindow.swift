/// An exact sliding window: at most so many requests in any span of that length.
struct RollingWindow: Sendable, Codable {
    let length: Int64
    var max: Int
    private var times: [Int64] = []
    private var head = 0

    init(length: Int64, max: Int) {
        self.length = length
        self.max = max
    }

    /// How many of the last `length` milliseconds' requests count now.
    mutating func used(at now: Int64) -> Int {
        while self.head < self.times.count, self.times[self.head] <= now - self.length {
            self.head += 1
        }
        if self.head > 4096 {
            self.times.removeFirst(self.head)
            self.head = 0
        }
        return self.times.count - self.head
    }

    /// Takes a place, or says no.
    mutating func take(at now: Int64) -> Bool {
        guard self.used(at: now) < self.max else { return false }
        self.times.append(now)
        return true
    }

    /// How long until the oldest request leaves the window, in whole seconds.
    func secondsToWait(at now: Int64) -> Int64 {
        guard self.head < self.times.count else { return 0 }
        return Swift.max(1, (self.times[self.head] + self.length - now + 999) / 1000)
    }
}
