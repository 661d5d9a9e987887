import MockSalesforce
import SyncCore
import SyncStore

/// What a run left behind of who plays which role in a deal, by HubSpot's ids.
struct RoleEvidence: Sendable {
    /// Both sides' changes, oldest first.
    var changes: [RoleChange] = []
    var views: [Side: [RoleTie: RoleView]] = [:]
    /// Ties of which a record was hidden, and when.
    var hidden: [RoleWatch.Hidden] = []
    /// Deals of which an open issue says that a tie was refused.
    var refused: Set<String> = []

    init() {}

    /// Of deals and contacts that have a counterpart.
    init(_ watch: RoleWatch, _ pair: SimulatedPair) async throws(SyncError) {
        watch.settles()
        let (theirs, views) = pair.world.with { state, _ in
            (
                RoleChange.all(in: state.salesforce.changes),
                Side.allCases.map { ($0, RoleView.all($0, in: state)) }
            )
        }
        let deals = try await Self.names("deals", pair)
        let contacts = try await Self.names("contacts", pair)
        func known(_ tie: RoleTie, _ side: Side) -> RoleTie? {
            guard let deal = deals[side]?[tie.deal], let contact = contacts[side]?[tie.contact]
            else { return nil }
            return RoleTie(deal: deal, contact: contact)
        }
        self.changes = (watch.changes + theirs).compactMap { change in
            guard let tie = known(change.tie, change.side) else { return nil }
            var change = change
            change.tie = tie
            return change
        }.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            .map(\.element)
        for (side, views) in views {
            let own = views.compactMap { view in known(view.tie, side).map { ($0, view) } }
            self.views[side] = Dictionary(own) { first, _ in first }
        }
        self.hidden = watch.hidden.compactMap { hidden in
            guard let tie = known(hidden.tie, .salesforce) else { return nil }
            var hidden = hidden
            hidden.tie = tie
            return hidden
        }
        let issues = try await pair.store.findings(mapping: "deals", limit: 10_000)
        self.refused = Set(
            issues.filter { $0.finding.code == .relationRefused }.compactMap(\.finding.hubspotID)
        )
    }

    /// HubSpot's ids of the linked records of a mapping, by the ids of either side.
    private static func names(
        _ mapping: String,
        _ pair: SimulatedPair
    ) async throws(SyncError) -> [Side: [String: String]] {
        let links = try await pair.store.links(mapping: mapping, after: 0, limit: 1_000_000)
            .filter { $0.state == .active }
        var names: [Side: [String: String]] = [:]
        for link in links {
            names[.hubspot, default: [:]][link.hubspotID] = link.hubspotID
            names[.salesforce, default: [:]][link.salesforceID] = link.hubspotID
        }
        return names
    }

    /// Whether a record of a tie was hidden within some time.
    func isHidden(_ tie: RoleTie, _ times: ClosedRange<Int64>) -> Bool {
        self.hidden.contains {
            $0.tie == tie && $0.from <= times.upperBound && ($0.to ?? .max) >= times.lowerBound
        }
    }
}
