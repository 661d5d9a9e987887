import HTTPTransport
package import SyncCore

/// Draws the local sequence numbers of one process; starts and ends of requests share it.
package final class SequenceSource: Sendable {
    private let counter = Locked<UInt64>(0)

    package init() {}

    package func next() -> RequestSequence {
        RequestSequence(
            self.counter.withLock { number in
                number += 1
                return number
            }
        )
    }
}
