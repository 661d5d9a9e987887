import MockHubSpot
import MockSalesforce
import SyncCore

/// How a contact is tied to a deal, as one CRM has it.
struct RoleView: Sendable, Hashable {
    var tie: RoleTie
    /// HubSpot's labels, or those that say what Salesforce's roles say; what the mapping does not list counts as none.
    var labels: Set<String>
    /// How many records Salesforce has of it.
    var rows = 1
    /// How many of these have a role that the mapping does not list.
    var unlisted = 0

    /// All of a side, in the order of the deals.
    static func all(_ side: Side, in state: MockWorld.State) -> [Self] {
        switch side {
        case .hubspot:
            return state.hubspot.ids(of: "deals").flatMap { deal in
                func contacts(_ label: String? = nil) -> [String] {
                    state.hubspot.ties(of: deal, in: "deals", to: "contacts", as: label)
                }
                let labelled = RoleLabel.all.map { ($0.name, Set(contacts($0.name))) }
                return contacts().map { contact in
                    Self(
                        tie: RoleTie(deal: deal, contact: contact),
                        labels: Set(labelled.filter { $0.1.contains(contact) }.map(\.0))
                    )
                }
            }
        case .salesforce:
            var views: [Self] = []
            for row in state.salesforce.export(object: RoleLabel.junction) {
                guard let deal = row["OpportunityId"].text, let contact = row["ContactId"].text
                else { continue }
                let tie = RoleTie(deal: deal, contact: contact)
                let (role, label) = (row["Role"].text, RoleLabel.name(of: row["Role"].text))
                let place = views.firstIndex { $0.tie == tie } ?? views.count
                if place == views.count { views.append(Self(tie: tie, labels: [], rows: 0)) }
                views[place].rows += 1
                if let label { views[place].labels.insert(label) }
                if role != nil, label == nil { views[place].unlisted += 1 }
            }
            return views
        }
    }
}
