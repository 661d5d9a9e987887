import HTTPTransport
import SyncCore
import SyncStore

/// The disk under the store: at a death it keeps what was synced, and of the rest what it likes.
///
/// A store that syncs every commit loses nothing; one that does not goes back to an earlier state.
package final class SimulatedDisk: Sendable {
    private struct State {
        var calls = 0
        var stops = 0
        var synced: SQLiteSyncStore.Image?
        var faults: [String] = []
    }

    private let store: SQLiteSyncStore
    private let isSynced: Bool
    private let state = Locked(State())

    init(_ store: SQLiteSyncStore) throws {
        self.store = store
        self.isSynced = try store.isSynced()
        if !self.isSynced { try self.sync() }
    }

    /// What deaths broke.
    var faults: [String] { self.state.withLock { $0.faults } }

    /// How often the machine stopped.
    var stops: Int { self.state.withLock { $0.stops } }

    /// The store was called: now and then the system writes back by itself.
    func used() throws(SyncError) {
        guard !self.isSynced else { return }
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

    private func sync() throws(SyncError) {
        let image = try self.store.image()
        self.state.withLock { $0.synced = image }
    }

    /// After how many calls.
    private static let writeBack = 12
}
