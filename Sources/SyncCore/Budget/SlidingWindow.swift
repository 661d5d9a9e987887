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

    /// How long until so many places are free: 0 if they are; `nil` if only a reply can free them.
    ///
    /// More than the limit allows at all is never free: what is asked for is cut to the limit.
    package mutating func wait(now: Int64, places: Int = 1) -> Int64? {
        self.forget(now)
        let used = self.inFlight + self.freedAt.count + min(max(1, places), self.placesMax)
        guard used > self.placesMax else { return 0 }
        let surplus = used - self.placesMax - 1
        guard surplus < self.freedAt.count else { return nil }
        return max(1, self.freedAt[surplus] - now)
    }

    package mutating func take() {
        self.inFlight += 1
    }

    /// A reply came: the place is free one window later.
    ///
    /// One millisecond is added because both times are cut to whole ones.
    package mutating func finished(now: Int64) {
        self.inFlight = max(0, self.inFlight - 1)
        self.insert(now + self.window + 1)
    }

    /// Gives back a place that nothing was sent in.
    package mutating func cancel() {
        self.inFlight = max(0, self.inFlight - 1)
    }

    /// Takes up a request of an earlier process: it was answered at this time at the latest.
    package mutating func restore(answeredAt: Int64) {
        self.insert(answeredAt + self.window + 1)
    }

    /// Adopts the vendor's own numbers from a reply's headers.
    package mutating func adjust(placesMax: Int) {
        self.placesMax = max(1, placesMax)
    }

    /// Adopts the vendor's own window; places that are held already move with it.
    package mutating func adjust(milliseconds window: Int64) {
        guard window > 0, window != self.window else { return }
        let change = window - self.window
        self.freedAt = self.freedAt.map { $0 + change }
        self.window = window
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
