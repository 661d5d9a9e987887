/// The numbers of one side's feed, in milliseconds.
package struct FeedSettings: Sendable, Hashable {
    package var side: Side
    /// How often a poll starts at `confirmed`.
    package var confirmInterval: Int64
    /// How far before a reply's `Date` something can still appear: HubSpot's search lag,
    /// Salesforce's longest transaction.
    package var horizon: Int64
    package var sabotage: Sabotage?

    /// Salesforce: 10 minutes for both; HubSpot: 120 s and the search-lag horizon.
    package init(side: Side, searchLagHorizon: Int64 = 120_000, sabotage: Sabotage? = nil) {
        self.side = side
        self.sabotage = sabotage
        switch side {
        case .hubspot:
            self.confirmInterval = 120_000
            self.horizon = searchLagHorizon
        case .salesforce:
            self.confirmInterval = 600_000
            self.horizon = 600_000
        }
    }
}
