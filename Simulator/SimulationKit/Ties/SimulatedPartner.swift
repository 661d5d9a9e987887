import SyncCore

/// The contact that each record of a kind is with: a lookup of Salesforce's, and ties of HubSpot's that no property
/// shows.
struct SimulatedPartner: Sendable, Hashable {
    /// What the mapping calls the ties.
    var name: String
    /// Salesforce's lookup.
    var field: String
    /// The kind of tie that is meant; `nil` for the one that HubSpot has for activities.
    var kind: TieKind?

    /// The label that a tie must have to count.
    var label: String? { self.kind?.label }

    /// Which records may be named.
    var targets: ReferenceTargets {
        ReferenceTargets(
            [
                .init(
                    mapping: "contacts",
                    hubspot: "contacts",
                    salesforce: ["Contact"],
                    kind: self.kind
                )
            ],
            isTied: true
        )
    }
}
