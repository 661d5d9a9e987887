import Foundation

/// Runs everything that a program does on one thread, one job after the other, in an order that a
/// seed picks; when nothing is ready, time moves on to the next timer.
///
/// The same seed gives the same order in every run of one build; debug and release choose
/// differently. Only what stays on the executor is simulated: see docs/ARCHITECTURE.md.
package final class SimulationExecutor: TaskExecutor, @unchecked Sendable {
    /// What ended a run that did not end by itself.
    package enum Failure: Error, Sendable, Hashable {
        /// Nothing is ready and nothing waits for a time: somebody waits for ever.
        case deadlock(afterJobs: Int)
        /// Something left the executor and came back from another thread.
        case foreignThread(afterJobs: Int)
        /// More jobs than the bound: somebody goes round in circles.
        case tooManyJobs(Int)
    }

    private struct Timer {
        var deadline: Int64
        var number: Int
        var wake: @Sendable () -> Void
    }

    // Touched by the owner's thread only; a foreign enqueue is noted and fails the run.
    private var ready: [(job: UnownedJob, process: SimulatedProcess?, passes: Bool)] = []
    private var timers: [Timer] = []
    private var timerNumber = 0
    private let choices: Choices
    private var owner: pthread_t?
    private var isForeign = false
    private let foreignLock = NSLock()
    private let jobsMax: Int
    /// Jobs of killed processes: nothing runs them before the run is over.
    private var buried: [(job: UnownedJob, process: SimulatedProcess?)] = []
    private var tasks: [Task<Void, Never>] = []
    private var enders: [@Sendable () -> Void] = []
    /// Whether the run is over and only its remains are cleared away.
    private(set) var isDraining = false

    /// Virtual milliseconds since the start.
    package private(set) var now: Int64 = 0
    /// How many jobs have run.
    package private(set) var jobs = 0
    /// Every choice and every step of time folded into one number: equal runs have equal ones.
    package private(set) var trace: UInt64 = 0xCBF2_9CE4_8422_2325

    package convenience init(seed: UInt64, jobsMax: Int = 50_000_000) {
        self.init(choices: Choices(seed: seed), jobsMax: jobsMax)
    }

    package init(choices: Choices, jobsMax: Int = 50_000_000) {
        self.choices = choices
        self.jobsMax = jobsMax
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        self.enqueue(UnownedJob(job), of: nil)
    }

    /// `passes`: whether it runs although its process stands still.
    func enqueue(_ job: UnownedJob, of process: SimulatedProcess?, passes: Bool = false) {
        if let owner = self.owner, pthread_equal(owner, pthread_self()) != 0 {
            self.ready.append((job, process, passes))
        } else {
            self.foreignLock.withLock { self.isForeign = true }
        }
    }

    /// Runs a program to its end on this thread.
    ///
    /// - Throws: what the program throws, or a `Failure`.
    package func run<Value: Sendable>(
        _ program: @escaping @Sendable () async throws -> Value
    ) throws -> Value {
        self.owner = pthread_self()
        defer { self.owner = nil }
        let outcome = Outcome<Value>()
        Task(executorPreference: self) {
            do {
                outcome.result = .success(try await program())
            } catch {
                outcome.result = .failure(error)
            }
        }
        while outcome.result == nil { try self.step() }
        guard let result = outcome.result else { throw Failure.deadlock(afterJobs: self.jobs) }
        return try result.get()
    }

    /// Starts a program on a process of its own; it ends by itself or when the process is killed.
    package func start(
        _ process: SimulatedProcess,
        _ program: @escaping @Sendable () async -> Void
    ) {
        self.tasks.append(Task(executorPreference: process) { await program() })
    }

    /// Folds what a program did into the trace.
    package func note(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { self.fold(UInt64(byte)) }
    }

    /// Calls `wake` when so much time has passed; answers the timer's number.
    func schedule(after milliseconds: Int64, _ wake: @escaping @Sendable () -> Void) -> Int {
        self.timerNumber += 1
        let timer = Timer(
            deadline: self.now + max(0, milliseconds),
            number: self.timerNumber,
            wake: wake
        )
        let place = self.timers.firstIndex { $0.deadline > timer.deadline } ?? self.timers.count
        self.timers.insert(timer, at: place)
        return timer.number
    }

    /// Takes a timer away; answers whether it was still waiting.
    func cancel(timer number: Int) -> Bool {
        guard let place = self.timers.firstIndex(where: { $0.number == number }) else {
            return false
        }
        self.timers.remove(at: place)
        return true
    }

    private func step() throws {
        if self.foreignLock.withLock({ self.isForeign }) {
            throw Failure.foreignThread(afterJobs: self.jobs)
        }
        guard !self.ready.isEmpty else {
            guard !self.timers.isEmpty else { throw Failure.deadlock(afterJobs: self.jobs) }
            let timer = self.timers.removeFirst()
            self.now = max(self.now, timer.deadline)
            self.fold(UInt64(bitPattern: self.now))
            timer.wake()
            return
        }
        guard self.jobs < self.jobsMax else { throw Failure.tooManyJobs(self.jobs) }
        // Index 0 is what would run first anyway: a run without choices is the calm one.
        let place = self.choices.choose(.schedule, below: self.ready.count)
        self.jobs += 1
        self.fold(UInt64(place) &+ UInt64(self.ready.count) << 32)
        let (job, process, passes) = self.ready.remove(at: place)
        guard let process else { return job.runSynchronously(on: self.asUnownedTaskExecutor()) }
        guard process.isAlive else { return self.buried.append((job, process)) }
        if passes || !process.holds(job) {
            job.runSynchronously(on: process.asUnownedTaskExecutor())
        }
    }

    func bury(_ job: UnownedJob, of process: SimulatedProcess) {
        self.buried.append((job, process))
    }

    /// Called when the remains are cleared away.
    func whenDraining(_ body: @escaping @Sendable () -> Void) {
        self.enders.append(body)
    }

    /// Lets whatever still waits come to its end, killed processes too: every task is cancelled.
    ///
    /// Not a part of the run. A task that never ends keeps all it holds, and a soak of ten thousand
    /// seeds would keep ten thousand worlds.
    package func drain(jobsMax: Int = 100_000) {
        self.owner = pthread_self()
        defer { self.owner = nil }
        self.isDraining = true
        self.ready += self.buried.map { ($0.0, $0.1, true) }
        self.buried = []
        for task in self.tasks { task.cancel() }
        for body in self.enders { body() }
        (self.tasks, self.enders) = ([], [])
        var left = jobsMax
        while left > 0, let (job, process, _) = self.ready.first {
            left -= 1
            self.ready.removeFirst()
            if let process {
                job.runSynchronously(on: process.asUnownedTaskExecutor())
            } else {
                job.runSynchronously(on: self.asUnownedTaskExecutor())
            }
        }
        self.timers = []
    }

    private func fold(_ number: UInt64) {
        self.trace = (self.trace ^ number) &* 0x0000_0100_0000_01B3
    }
}

/// Where the program leaves what it ends with; touched by the executor's thread only.
private final class Outcome<Value: Sendable>: @unchecked Sendable {
    var result: Result<Value, any Error>?
}
