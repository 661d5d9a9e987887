/// Forms, marketing e-mails and events.
package struct MockHubSpotMarketingSettings: Sendable, Codable {
    /// Whether the account has what the events API needs: an Enterprise subscription.
    package var hasEvents = true
    /// Submissions without a token in ten seconds.
    package var submissionsPerTenSeconds = 50
    /// Forms of the account.
    package var formsMax = 10_000
    /// Fields of one submission.
    package var fieldsMax = 1_000
    /// Submissions of one form, and events of either kind, that are kept; the oldest go.
    package var kept = 100_000
    /// The events of one batch.
    package var eventsPerBatch = 500
    /// The app that marketing e-mails are sent by.
    package var emailAppID: Int64 = 113
    package var emailAppName = "Batch"

    package init() {}
}
