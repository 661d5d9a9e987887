package import HTTPTransport
package import SyncCore

/// This machine's wall clock, set by the servers' `Date`: what waits for a CRM is timed on its clock.
///
/// The vendor's longest request time runs on the vendor's machines; ours may be wrong or jump.
/// Until the first reply it is this machine's clock.
package final class ServerClock: TimeSource {
    private let base: any TimeSource
    private let offset = Locked<Int64>(0)

    package init(_ base: any TimeSource) {
        self.base = base
    }

    /// Takes a reply's `Date`, whole seconds that were true a moment ago.
    package func observe(_ serverTime: ServerTime) {
        let offset = serverTime.milliseconds - self.base.wallMilliseconds
        // Less than the header's own resolution says nothing.
        self.offset.withLock { $0 = abs(offset) <= Self.resolution ? 0 : offset }
    }

    package var monotonicMilliseconds: Int64 { self.base.monotonicMilliseconds }

    package var wallMilliseconds: Int64 {
        self.base.wallMilliseconds + self.offset.withLock { $0 }
    }

    package func sleep(milliseconds: Int64) async throws {
        try await self.base.sleep(milliseconds: milliseconds)
    }

    /// Milliseconds by which a `Date` header may be behind, with some time on the wire.
    package static let resolution: Int64 = 2_000
}
