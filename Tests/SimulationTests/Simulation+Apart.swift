import Dispatch
import SimulationKit

extension Simulation {
    /// Runs on a thread of its own, one simulation after the other.
    ///
    /// A run keeps its thread for seconds; on the tests' few shared ones it would starve tests that
    /// wait for each other.
    func runApart() async throws -> SimulationReport {
        try await withCheckedThrowingContinuation { done in
            Self.thread.async { done.resume(with: Result { try self.run() }) }
        }
    }

    private static let thread = DispatchQueue(label: "simulations")
}
