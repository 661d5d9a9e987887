import Dispatch
import Glibc
import SimulationKit

extension Simulation {
    /// Runs on a thread of its own, one simulation after the other.
    ///
    /// A run keeps its thread for seconds; on the tests' few shared ones it would starve tests that
    /// wait for each other.
    func runApart() async throws -> SimulationReport {
        try await withCheckedThrowingContinuation { done in
            Self.thread.async {
                // Who waits for others and for clocks goes first: on Linux the number is the thread's.
                _ = setpriority(Int32(PRIO_PROCESS.rawValue), 0, 15)
                defer { _ = setpriority(Int32(PRIO_PROCESS.rawValue), 0, 0) }
                done.resume(with: Result { try self.run() })
            }
        }
    }

    private static let thread = DispatchQueue(label: "simulations")
}
