import HTTPTransport
import Synchronization

/// A process of the simulated machine: what runs on it stops for good when it is killed.
///
/// Killing drops its jobs wherever they wait; no `defer` runs, as when the kernel takes a process.
package final class SimulatedProcess: TaskExecutor {
    private let executor: SimulationExecutor
    private let alive = Atomic(true)
    private let passed = Atomic(0)
    /// At which of its moments it dies; 0 for none of them.
    private let deathPoint: Int
    private let died = Locked<(@Sendable () -> Void)?>(nil)

    /// `deathPoint`: the number of the moment at which it dies by itself, from 1; see `mayDie`.
    package init(_ executor: SimulationExecutor, dyingAt deathPoint: Int = 0) {
        self.executor = executor
        self.deathPoint = deathPoint
    }

    package var isAlive: Bool { self.alive.load(ordering: .relaxed) }

    /// How many moments at which it could have died have passed.
    package var points: Int { self.passed.load(ordering: .relaxed) }

    package func kill() {
        self.alive.store(false, ordering: .relaxed)
    }

    /// Calls `body` when the process dies at its own moment.
    package func whenItDies(_ body: @escaping @Sendable () -> Void) {
        self.died.withLock { $0 = body }
    }

    /// A moment at which a death makes a difference.
    ///
    /// It lies right before or after the process touched its disk or the wire: between two of them
    /// nothing changes that outlives the process.
    package func mayDie() async {
        let point = self.passed.add(1, ordering: .relaxed).newValue
        guard point == self.deathPoint else { return }
        self.kill()
        self.died.withLock { $0 }?()
        // Nothing resumes it: the task ends with its process.
        await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        guard self.isAlive else { return }
        self.executor.enqueue(UnownedJob(job), of: self)
    }
}
