import HTTPTransport

/// A clock that stands still until it is moved; sleeping moves it.
///
/// With one run at a time a sleep is the passing of time, so that a test of an hour takes no time.
package final class ManualTime: TimeSource {
    private let now: Locked<Int64>

    package init(wallMilliseconds: Int64 = 1_790_000_000_000) {
        self.now = Locked(wallMilliseconds)
    }

    package var monotonicMilliseconds: Int64 { self.now.withLock { $0 } }

    package var wallMilliseconds: Int64 { self.now.withLock { $0 } }

    package func sleep(milliseconds: Int64) async throws {
        try Task.checkCancellation()
        self.advance(milliseconds: milliseconds)
        await Task.yield()
    }

    package func advance(milliseconds: Int64) {
        self.now.withLock { $0 += max(0, milliseconds) }
    }
}
