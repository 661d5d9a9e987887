import HTTPTransport
import SyncCore

/// How contacts were tied to deals in HubSpot, of which the portal keeps no history, and which of Salesforce's records
/// were hidden.
///
/// It looks before each request of the engine, for what the one before did, and after everything that people do with
/// ties: between two looks only one of them has acted.
final class RoleWatch: Sendable {
    /// A tie of which a record of Salesforce's was hidden from the integration user.
    struct Hidden: Sendable, Hashable {
        var row: String
        var tie: RoleTie
        /// True time.
        var from: Int64
        var to: Int64?
    }

    private struct State {
        var changes: [RoleChange] = []
        var shown: [RoleTie: Set<String>] = [:]
        var hidden: [Hidden] = []
    }

    private let world: MockWorld
    private let time: VirtualTime
    private let state = Locked(State())

    init(_ world: MockWorld, _ time: VirtualTime) {
        (self.world, self.time) = (world, time)
    }

    /// What came and went so far, oldest first.
    var changes: [RoleChange] { self.state.withLock { $0.changes } }

    var hidden: [Hidden] { self.state.withLock { $0.hidden } }

    /// A request of the engine is about to be answered.
    func arrives(_ request: HTTPRequest) {
        if request.url.hasPrefix(MockTransport.hubspotURL) { self.look(isEngine: true) }
    }

    /// Takes what the engine has done since the last look.
    func settles() { self.look(isEngine: true) }

    /// Takes what people have done since the last look.
    func peopleActed() { self.look(isEngine: false) }

    private func look(isEngine: Bool) {
        let now = self.time.wallMilliseconds
        let views = self.world.with { state, _ in RoleView.all(.hubspot, in: state) }
        let shown = Dictionary(views.map { ($0.tie, $0.labels) }) { first, _ in first }
        self.state.withLock { state in
            let ties = Set(shown.keys).union(state.shown.keys)
                .sorted { ($0.deal, $0.contact) < ($1.deal, $1.contact) }
            for tie in ties where shown[tie] != state.shown[tie] {
                state.changes.append(
                    RoleChange(
                        side: .hubspot,
                        tie: tie,
                        before: state.shown[tie],
                        after: shown[tie],
                        at: now,
                        isEngine: isEngine
                    )
                )
            }
            state.shown = shown
        }
    }

    func hides(_ row: String, of tie: RoleTie) {
        let hidden = Hidden(row: row, tie: tie, from: self.time.wallMilliseconds)
        self.state.withLock { $0.hidden.append(hidden) }
    }

    /// Everything is shown again.
    ///
    /// - Returns: the records that were hidden.
    func showsAll() -> [String] {
        let now = self.time.wallMilliseconds
        return self.state.withLock { state in
            let open = state.hidden.indices.filter { state.hidden[$0].to == nil }
            for place in open { state.hidden[place].to = now }
            return open.map { state.hidden[$0].row }
        }
    }
}
