import HTTPTransport

/// How often each probe was hit in one run.
package final class Probes: Sendable {
    private let counts = Locked<[Probe: Int]>([:])

    package init() {}

    package func hit(_ probe: Probe, times: Int = 1) {
        guard times > 0 else { return }
        self.counts.withLock { $0[probe, default: 0] += times }
    }

    /// Only what was hit.
    package var hits: [Probe: Int] { self.counts.withLock { $0 } }
}
