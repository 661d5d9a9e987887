import HTTPTransport

/// A clock that a test moves; sleepers wake when it has passed their time.
final class SteppedTime: TimeSource {
    private struct State {
        var now: Int64 = 0
        var sleepers: [(at: Int64, wake: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Locked(State())

    var monotonicMilliseconds: Int64 { self.state.withLock { $0.now } }

    var wallMilliseconds: Int64 { self.monotonicMilliseconds }

    /// How many wait for the clock.
    var sleeping: Int { self.state.withLock { $0.sleepers.count } }

    func sleep(milliseconds: Int64) async throws {
        await withCheckedContinuation { wake in
            self.state.withLock { $0.sleepers.append(($0.now + milliseconds, wake)) }
        }
        try Task.checkCancellation()
    }

    func advance(milliseconds: Int64) {
        let due = self.state.withLock { state in
            state.now += milliseconds
            let due = state.sleepers.filter { $0.at <= state.now }
            state.sleepers.removeAll { $0.at <= state.now }
            return due
        }
        for sleeper in due { sleeper.wake.resume() }
    }
}
