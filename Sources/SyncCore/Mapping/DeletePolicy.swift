/// What deleting a record in one CRM does to its counterpart in the other.
package struct DeletePolicy: Sendable, Hashable {
    package enum Action: String, Sendable, Hashable, CaseIterable, Codable {
        /// The counterpart stays, and an issue says so.
        case report
        /// The counterpart stays.
        case ignore
        /// The counterpart is deleted too, unless somebody has edited it since.
        case delete
    }

    package var fromHubSpot: Action
    package var fromSalesforce: Action
    /// How many records of one side may be deleted within a day before the rest waits for a person.
    package var atMost: Int

    package init(
        fromHubSpot: Action = .report,
        fromSalesforce: Action = .report,
        atMost: Int = DeletePolicy.usualMax
    ) {
        self.fromHubSpot = fromHubSpot
        self.fromSalesforce = fromSalesforce
        self.atMost = atMost
    }

    /// What is done about a record that was deleted on a side.
    package func action(from side: Side) -> Action {
        switch side {
        case .hubspot: self.fromHubSpot
        case .salesforce: self.fromSalesforce
        }
    }

    /// The limit where the configuration names none.
    package static let usualMax = 100
}
