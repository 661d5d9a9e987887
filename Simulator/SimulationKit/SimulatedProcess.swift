import Synchronization

/// A process of the simulated machine: what runs on it stops for good when it is killed.
///
/// Killing drops its jobs wherever they wait; no `defer` runs, as when the kernel takes a process.
package final class SimulatedProcess: TaskExecutor {
    private let executor: SimulationExecutor
    private let alive = Atomic(true)

    package init(_ executor: SimulationExecutor) {
        self.executor = executor
    }

    package var isAlive: Bool { self.alive.load(ordering: .relaxed) }

    package func kill() {
        self.alive.store(false, ordering: .relaxed)
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        guard self.isAlive else { return }
        self.executor.enqueue(UnownedJob(job), of: self)
    }
}
