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
    private let standing = Locked(Standing())
    private let died = Locked<(@Sendable () -> Void)?>(nil)

    /// What waits while the process stands still.
    private struct Standing {
        var isStill = false
        var pauses = 0
        /// Whether the next job runs although it stands still.
        var letsNext = false
        var jobs: [UnownedJob] = []
    }

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
        // What is to happen then holds whoever holds the process.
        self.died.withLock { $0 = nil }
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
        let body = self.died.withLock { $0 }
        self.kill()
        body?()
        // Nothing resumes it before the run is over: the task ends with its process.
        await withUnsafeContinuation { (end: UnsafeContinuation<Void, Never>) in
            self.executor.whenDraining { end.resume() }
        }
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        guard self.isAlive || self.executor.isDraining else {
            return self.executor.bury(job, of: self)
        }
        let passes = self.standing.withLock { standing in
            defer { standing.letsNext = false }
            return standing.letsNext
        }
        if passes { return self.executor.enqueue(job, of: self, passes: true) }
        if !self.holds(job) { self.executor.enqueue(job, of: self) }
    }

    // MARK: - Standing still

    /// How many times it stood still.
    var pauses: Int { self.standing.withLock { $0.pauses } }

    /// Nothing of it runs until it goes on; timers that end meanwhile find it asleep.
    func pause() {
        self.standing.withLock { standing in
            standing.isStill = true
            standing.pauses += 1
        }
    }

    func goOn() {
        let jobs = self.standing.withLock { standing in
            standing.isStill = false
            defer { standing.jobs = [] }
            return standing.jobs
        }
        for job in jobs where self.isAlive { self.executor.enqueue(job, of: self) }
    }

    /// Stands still for a while, as a thread that waits for the disk.
    ///
    /// The caller goes on before anything else of the process, as if its call had only taken long.
    func stall(milliseconds: Int64) async {
        guard self.isAlive, !self.standing.withLock({ $0.isStill }) else { return }
        self.standing.withLock { $0.isStill = true }
        await withUnsafeContinuation { (end: UnsafeContinuation<Void, Never>) in
            let isOver = Locked(false)
            let resume: @Sendable () -> Void = {
                let isFirst = isOver.withLock { isOver in
                    defer { isOver = true }
                    return !isOver
                }
                if isFirst { end.resume() }
            }
            _ = self.executor.schedule(after: milliseconds) {
                self.standing.withLock { $0.letsNext = true }
                resume()
                _ = self.executor.schedule(after: 1) { self.goOn() }
            }
            self.executor.whenDraining(resume)
        }
    }

    /// Keeps a job back while the process stands still.
    func holds(_ job: UnownedJob) -> Bool {
        self.standing.withLock { standing in
            guard standing.isStill else { return false }
            standing.jobs.append(job)
            return true
        }
    }
}
