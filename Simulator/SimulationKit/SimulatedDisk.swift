import HTTPTransport
import SyncCore
import SyncStore

/// The disk under the store: at a death it keeps what was synced, and of the rest what it likes.
///
/// It can be full, fail, be slow, and be replaced by a backup. A store that syncs every commit loses
/// nothing; one that does not goes back to an earlier state.
package final class SimulatedDisk: Sendable {
    /// What is wrong with it for a while.
    struct Weather: Sendable, Hashable {
        /// How many of a hundred calls fail.
        var failuresPercent = 0
        /// The longest time that a call holds the whole process, in milliseconds.
        var stallMax = 0
    }

    /// What becomes of one call.
    struct Fate: Sendable, Hashable {
        /// Whether it fails before it has done its work, or after.
        var failsBefore = false
        var failsAfter = false
        /// How long it holds the process, in milliseconds.
        var stall: Int64 = 0
    }

    /// A copy, and what stood in it.
    private struct Backup: Sendable {
        var image: SQLiteSyncStore.Image
        var lines: Int
        var calls: [CallSummary]
        var at: Int64
    }

    private struct State {
        var calls = 0
        var stops = 0
        var synced: SQLiteSyncStore.Image?
        var faults: [String] = []
        var weather = Weather()
        var backup: Backup?
        /// What the restored store does not know.
        var forgotten = Forgotten()
    }

    /// What was in the store when a backup took its place.
    struct Forgotten: Sendable {
        var lines: [JournalEntry] = []
        /// Writes whose fate it would have told.
        var writes: [OutboxEntry] = []
        /// From each backup to its return, in milliseconds of true time.
        var spans: [ClosedRange<Int64>] = []
        /// Calls that count, and some that no longer do: what stands in the backup as without a
        /// reply had got one.
        var calls: [CallSummary] = []
    }

    private let store: SQLiteSyncStore
    private let choices: Choices
    private let probes: Probes
    private let isSynced: Bool
    /// The mutant that syncs all but commits of marks alone.
    private let syncsMarksLate: Bool
    private let state = Locked(State())

    init(
        _ store: SQLiteSyncStore,
        choices: Choices,
        probes: Probes,
        sabotage: Sabotage?
    ) throws {
        self.store = store
        self.syncsMarksLate = sabotage == .syncsMarksLate
        self.choices = choices
        self.probes = probes
        self.isSynced = try store.isSynced()
        if !self.isSynced { try self.sync() }
    }

    /// What deaths broke.
    var faults: [String] { self.state.withLock { $0.faults } }

    /// How often the machine stopped.
    var stops: Int { self.state.withLock { $0.stops } }

    var forgotten: Forgotten { self.state.withLock { $0.forgotten } }

    func set(_ weather: Weather) { self.state.withLock { $0.weather = weather } }

    /// What becomes of the coming call.
    func fate() -> Fate {
        let weather = self.state.withLock { $0.weather }
        guard weather != Weather() else { return Fate() }
        let fails = self.choices.happens(.disk, percent: weather.failuresPercent)
        // What was reported as failed may be there after all.
        let isAfter = self.choices.choose(.disk, below: 2) == 1
        let stall = self.choices.choose(.disk, below: max(1, weather.stallMax))
        if fails { self.probes.hit(.diskFailed) }
        if stall > 0 { self.probes.hit(.diskStalled) }
        return Fate(
            failsBefore: fails && !isAfter,
            failsAfter: fails && isAfter,
            stall: Int64(stall)
        )
    }

    static let failure = SyncError(
        code: .storeDamaged,
        cause: "The store failed: SQLite error 10.",
        nextStep: "Check the disk and start again."
    )

    /// The store was called: now and then the system writes back by itself.
    ///
    /// `mustLast`: whether more than marks was written.
    func used(mustLast: Bool) throws(SyncError) {
        guard !self.isSynced else { return }
        if self.syncsMarksLate {
            if mustLast { try self.sync() }
            return
        }
        let calls = self.state.withLock { state in
            state.calls += 1
            return state.calls
        }
        if calls % Self.writeBack == 0 { try self.sync() }
    }

    /// The machine stopped; what it finds when it starts again.
    func stopped(at now: Int64) {
        self.state.withLock { $0.stops += 1 }
        do {
            let before = try self.store.fingerprint()
            if let image = self.state.withLock({ $0.synced }) { try self.store.restore(image) }
            var faults = try self.store.faults()
            if try self.store.fingerprint() != before {
                faults.append("what was told to be stored is gone")
            }
            self.state.withLock { $0.faults += faults.map { "\($0), after the death at \(now)" } }
        } catch {
            self.state.withLock { $0.faults.append("the store cannot be read: \(error)") }
        }
    }

    // MARK: - Backups

    func backUp(at now: Int64) async throws {
        let backup = Backup(
            image: try self.store.image(),
            lines: try self.store.journal(after: 0).count,
            calls: try await self.store.calls(since: 0),
            at: now
        )
        self.state.withLock { $0.backup = backup }
    }

    /// Puts the backup where the store was; answers whether there was one.
    func goBack(at now: Int64) async throws -> Bool {
        guard let backup = self.state.withLock({ $0.backup }) else { return false }
        let lines = try self.store.journal(after: backup.lines)
        let calls = try await self.store.calls(since: 0)
        var writes: [OutboxEntry] = []
        for side in Side.allCases {
            writes += try await self.store.entries(
                EntryQuery(target: side, states: [.sent, .unknown], limit: 100_000)
            )
        }
        let open = writes
        try self.store.restore(backup.image)
        self.state.withLock { state in
            state.forgotten.lines += lines
            state.forgotten.calls += calls
            state.forgotten.calls += backup.calls.map { call in
                var call = call
                (call.calls, call.cost) = (-call.calls, -call.cost)
                return call
            }
            state.forgotten.writes += open
            state.forgotten.spans.append(backup.at...max(backup.at, now))
        }
        // Whoever restores a backup waits until it is there.
        if !self.isSynced { try self.sync() }
        self.probes.hit(.backupRestored)
        return true
    }

    private func sync() throws(SyncError) {
        let image = try self.store.image()
        self.state.withLock { $0.synced = image }
    }

    /// After how many calls.
    private static let writeBack = 12
}
