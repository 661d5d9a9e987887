/// What an administrator allows when the credit for deals is shared; both numbers are from memory.
package struct MockHubSpotDealSplitSettings: Sendable, Codable {
    /// The most people who share one deal.
    package var ownersMax = 25
    /// The least share of one of them, of 1.
    package var percentageMin = 0.0

    package init() {}
}
