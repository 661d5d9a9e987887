/// An exact limit of so many requests in any window of time, as the vendor counts it.
///
/// A place is taken at send and freed one window after the reply: the vendor counted the request
/// somewhere between the two. A token bucket would let nearly twice the limit into one window.
package struct SlidingWindow: Sendable, Hashable {
    package private(set) var placesMax: Int
    package private(set) var window: Int64
    /// Places of requests without a reply yet.
    private var inFlight = 0
    /// When each answered request's place is free again, in order.
    private var freedAt: [Int64] = []

    package init(placesMax: Int, milliseconds window: Int64) {
        self.placesMax = max(1, placesMax)
        self.window = window
    }

    /// How long until a place is free: 0 if one is; `nil` if only a reply can free one.
    package mutating func wait(now: Int64) -> Int64? {
        self.forget(now)
        let used = self.inFlight + self.freedAt.count
        guard used >= self.placesMax else { return 0 }
        let surplus = used - self.placesMax
        guard surplus < self.freedAt.count else { return nil }
        return max(1, self.freedAt[surplus] - now)
    }

    package mutating func take() {
        self.inFlight += 1
    }

    package mutating func finished(now: Int64) {
        self.inFlight = max(0, self.inFlight - 1)
        self.insert(now + self.window)
    }

    /// Takes up a request of an earlier process: it was answered at this time at the latest.
    package mutating func restore(answeredAt: Int64) {
        self.insert(answeredAt + self.window)
    }

    /// Adopts the vendor's own numbers from a reply's headers.
    package mutating func adjust(placesMax: Int) {
        self.placesMax = max(1, placesMax)
    }

    private mutating func insert(_ time: Int64) {
        let place = self.freedAt.firstIndex { $0 > time } ?? self.freedAt.count
        self.freedAt.insert(time, at: place)
    }

    private mutating func forget(_ now: Int64) {
        let past = self.freedAt.firstIndex { $0 > now } ?? self.freedAt.count
        if past > 0 { self.freedAt.removeFirst(past) }
    }
}
