import HTTPTransport

/// The simulation's clock: it stands still while anything can run, and jumps to the next sleeper.
package final class VirtualTime: TimeSource {
    /// The wall clock at the beginning of a run, in milliseconds since 1970.
    package static let epoch: Int64 = 1_790_000_000_000

    private let executor: SimulationExecutor
    private let start: Int64

    /// `start`: the wall clock at the beginning, in milliseconds since 1970.
    package init(_ executor: SimulationExecutor, start: Int64 = VirtualTime.epoch) {
        self.executor = executor
        self.start = start
    }

    package var monotonicMilliseconds: Int64 { self.executor.now }

    package var wallMilliseconds: Int64 { self.start + self.executor.now }

    package func sleep(milliseconds: Int64) async throws {
        try Task.checkCancellation()
        let sleeper = Locked<(timer: Int, wake: CheckedContinuation<Void, Never>)?>(nil)
        await withTaskCancellationHandler {
            await withCheckedContinuation { wake in
                let timer = self.executor.schedule(after: milliseconds) {
                    let due = sleeper.withLock { sleeper in
                        defer { sleeper = nil }
                        return sleeper
                    }
                    due?.wake.resume()
                }
                sleeper.withLock { $0 = (timer, wake) }
            }
        } onCancel: {
            let early = sleeper.withLock { sleeper in
                defer { sleeper = nil }
                return sleeper
            }
            if let early {
                _ = self.executor.cancel(timer: early.timer)
                early.wake.resume()
            }
        }
        try Task.checkCancellation()
    }
}
