import MockSalesforce
import SyncCore

/// A tie that one CRM shows otherwise than before.
struct RoleChange: Sendable, Hashable {
    var side: Side
    /// By that CRM's ids.
    var tie: RoleTie
    /// HubSpot's labels, or what says the same; `nil` for no tie.
    var before: Set<String>?
    var after: Set<String>?
    /// True time.
    var at: Int64
    var isEngine: Bool

    /// Salesforce's, from its own history; what came at one time from one author is one change.
    static func all(in changes: [MockSalesforceChange]) -> [Self] {
        var rows: [String: (tie: RoleTie, role: String?)] = [:]
        var found: [Self] = []
        for change in changes where change.object == RoleLabel.junction {
            func value(_ name: String) -> String? {
                change.fields.first { $0.name == name }?.after.text
            }
            let known = rows[change.recordID]?.tie
            let named = value("OpportunityId").flatMap { deal in
                value("ContactId").map { RoleTie(deal: deal, contact: $0) }
            }
            guard let tie = known ?? named else { continue }
            let before = Self.labels(of: tie, rows)
            switch change.kind {
            case .delete, .hardDelete, .mergedAway: rows[change.recordID] = nil
            case .seed, .create, .update, .undelete, .convert:
                let isNamed = change.fields.contains { $0.name == "Role" }
                let role = isNamed ? value("Role") : rows[change.recordID]?.role
                rows[change.recordID] = (tie, role)
            }
            let after = Self.labels(of: tie, rows)
            if let last = found.last, last.tie == tie, last.at == change.at,
                last.isEngine == change.isRest
            {
                found[found.count - 1].after = after
                continue
            }
            found.append(
                Self(
                    side: .salesforce,
                    tie: tie,
                    before: before,
                    after: after,
                    at: change.at,
                    isEngine: change.isRest
                )
            )
        }
        return found.filter { $0.before != $0.after }
    }

    private static func labels(
        of tie: RoleTie,
        _ rows: [String: (tie: RoleTie, role: String?)]
    ) -> Set<String>? {
        let own = rows.values.filter { $0.tie == tie }
        return own.isEmpty ? nil : Set(own.compactMap { RoleLabel.name(of: $0.role) })
    }
}
