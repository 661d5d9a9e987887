package import HTTPTransport

/// The engine's machine: its monotonic clock is true, its wall clock is off, runs fast or slow and
/// is set now and then.
package final class SkewedTime: TimeSource {
    private struct Error {
        /// Milliseconds ahead of the true time, from `since` on.
        var offset: Int64 = 0
        /// Millionths that the clock runs fast.
        var drift: Int64 = 0
        var since: Int64 = 0
    }

    private let base: any TimeSource
    private let error = Locked(Error())

    package init(_ base: any TimeSource) {
        self.base = base
    }

    package var monotonicMilliseconds: Int64 { self.base.monotonicMilliseconds }

    package var wallMilliseconds: Int64 {
        let now = self.base.wallMilliseconds
        let error = self.error.withLock { $0 }
        return now + error.offset + (now - error.since) * error.drift / 1_000_000
    }

    package func sleep(milliseconds: Int64) async throws {
        try await self.base.sleep(milliseconds: milliseconds)
    }

    /// Sets the clock so far ahead of the true time, running fast by so many millionths from now on.
    package func set(ahead milliseconds: Int64, drift: Int64) {
        let now = self.base.wallMilliseconds
        self.error.withLock { $0 = Error(offset: milliseconds, drift: drift, since: now) }
    }
}
