package import SyncCore

/// Records whose ties of one kind are to be read.
package struct RelationRequest: Sendable {
    package var relation: RelationMapping
    /// The parents' ids; at most 1,000, which is one call to either CRM.
    package var ids: [String]
    package var priority: PriorityClass

    package init(relation: RelationMapping, ids: [String], priority: PriorityClass) {
        self.relation = relation
        self.ids = ids
        self.priority = priority
    }

    /// HubSpot reads the ties of so many records at once
    /// (changelog/bug-fix-batch-read-limit-for-hubspot-associations-api); Salesforce's statement holds as many ids.
    package static let idsMax = 1_000
}
