import HTTPTransport
import MockHubSpot
import SyncCore

/// Who tied which record to which company in HubSpot, of which the portal itself keeps no history.
///
/// It looks before each request of the engine, for what the one before did, and around everything that people
/// do: between two looks only one of them has acted.
final class TieWatch: Sendable {
    /// A record that shows another company than before.
    struct Change: Sendable, Hashable {
        /// HubSpot's name of the record's object.
        var object: String
        var record: String
        var before: String?
        /// `nil` for a record that was untied.
        var company: String?
        /// HubSpot's time.
        var at: Int64
        var isEngine: Bool
    }

    private struct State {
        var changes: [Change] = []
        /// The company that each record shows.
        var shown: [String: String] = [:]
        /// When a request came that may have tied something; `nil` where it has been looked at.
        var wroteAt: Int64?
    }

    private let objects: [SimulatedObject]
    private let world: MockWorld
    private let time: VirtualTime
    private let state = Locked(State())

    init(_ objects: [SimulatedObject], _ world: MockWorld, _ time: VirtualTime) {
        self.objects = objects.filter { $0.reference != nil }
        self.world = world
        self.time = time
    }

    /// What came and went so far, oldest first.
    var changes: [Change] { self.state.withLock { $0.changes } }

    /// A request of the engine is about to be answered.
    func arrives(_ request: HTTPRequest) {
        guard request.url.hasPrefix(MockTransport.hubspotURL) else { return }
        self.settles()
        let isRead =
            request.method == .get || request.url.hasSuffix("/search")
            || request.url.contains("/batch/read") || request.url.contains("/oauth/")
        guard !isRead else { return }
        let now = self.world.with { state, now in state.time(.hubspot, at: now) }
        self.state.withLock { $0.wroteAt = now }
    }

    /// Takes what the engine's last request did.
    func settles() {
        guard let at = self.state.withLock({ $0.wroteAt }) else { return }
        self.look(at: at, isEngine: true)
        self.state.withLock { $0.wroteAt = nil }
    }

    /// Takes what people have done since.
    func peopleActed() {
        let now = self.world.with { state, now in state.time(.hubspot, at: now) }
        self.look(at: now, isEngine: false)
    }

    private func look(at now: Int64, isEngine: Bool) {
        let (seen, living) = self.world.with { state, _ in
            let seen = self.objects.flatMap { object in
                state.hubspot.ids(of: object.name).map { id in
                    (object.name, id, Self.company(of: id, in: object.name, state.hubspot))
                }
            }
            return (seen, Set(state.hubspot.ids(of: "companies")))
        }
        self.state.withLock { state in
            for (object, id, company) in seen {
                let before = state.shown[id]
                guard company != before else { continue }
                // Who is deleted leaves a blank behind that nobody has chosen.
                if company == nil, let before, !living.contains(before) { continue }
                state.shown[id] = company
                state.changes.append(
                    Change(
                        object: object,
                        record: id,
                        before: before,
                        company: company,
                        at: now,
                        isEngine: isEngine
                    )
                )
            }
        }
    }

    /// The company that a record shows as its own, or a company as its parent.
    static func company(of id: String, in object: String, _ hubspot: MockHubSpot) -> String? {
        object == "companies"
            ? hubspot.parentCompany(of: id) : hubspot.primaryCompany(of: id, in: object)
    }
}
