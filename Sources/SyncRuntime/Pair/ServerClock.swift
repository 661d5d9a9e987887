package import HTTPTransport
package import SyncCore

/// The servers' time: their `Date`, carried on by this machine's monotonic clock.
///
/// The vendor's longest request time runs on the vendor's machines; this machine's wall clock may be
/// wrong or jump, and counts until the first reply only.
package final class ServerClock: TimeSource {
    private let base: any TimeSource
    /// How far the servers' time is ahead of the monotonic clock.
    private let offset = Locked<Int64?>(nil)
    private let sabotage: Sabotage?

    package init(_ base: any TimeSource, sabotage: Sabotage? = nil) {
        self.base = base
        self.sabotage = sabotage
    }

    /// Takes a reply's `Date`: whole seconds that were true while the request was on its way.
    ///
    /// `roundTrip`: how long that was, in milliseconds. What already lies within stays as it is, so
    /// that a slow reply does not set the clock back.
    package func observe(_ serverTime: ServerTime, roundTrip: Int64 = 0) {
        if self.sabotage == .trustsOwnClock || self.sabotage == .marksByOwnClock { return }
        let earliest = serverTime.milliseconds
        let latest = earliest + max(0, roundTrip) + Self.resolution
        let known = self.wallMilliseconds
        let now = self.base.monotonicMilliseconds
        let time = min(max(known, earliest), latest)
        self.offset.withLock { $0 = time - now }
    }

    package var monotonicMilliseconds: Int64 { self.base.monotonicMilliseconds }

    package var wallMilliseconds: Int64 {
        guard let offset = self.offset.withLock({ $0 }) else { return self.base.wallMilliseconds }
        return self.base.monotonicMilliseconds + offset
    }

    package func sleep(milliseconds: Int64) async throws {
        try await self.base.sleep(milliseconds: milliseconds)
    }

    /// Milliseconds by which a `Date` header may be behind, with some time on the wire.
    package static let resolution: Int64 = 2_000
}
