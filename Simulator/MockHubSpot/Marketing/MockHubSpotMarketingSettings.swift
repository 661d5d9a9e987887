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
    /// Custom events that the account may define, and the properties of one (HubSpot: custom event
    /// definitions).
    package var definitionsMax = 500
    package var definitionPropertiesMax = 50
    /// Whether an event that nobody defined is refused when it is sent; not documented.
    package var refusesUndefinedEvents = false
    /// The kinds of e-mails that people subscribe to; every account starts with these, from memory.
    package var subscriptionTypes = [
        MockHubSpotSubscriptionType(
            id: 1_001,
            name: "Marketing Information",
            description: "Marketing offers and updates.",
            category: "Marketing"
        ),
        MockHubSpotSubscriptionType(
            id: 1_002,
            name: "One to One",
            description: "One to One emails",
            category: "Sales"
        ),
    ]
    /// The events of one batch.
    package var eventsPerBatch = 500
    /// The app that marketing e-mails are sent by.
    package var emailAppID: Int64 = 113
    package var emailAppName = "Batch"

    package init() {}
}
