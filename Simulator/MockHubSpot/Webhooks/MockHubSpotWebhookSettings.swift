/// How the portal sends webhooks; times in milliseconds.
package struct MockHubSpotWebhookSettings: Sendable, Codable {
    /// The developer account's key, as `hapikey` in the query of the management endpoints.
    package var developerKey = "developer-hapikey"
    /// How long an event waits before it is sent.
    package var delay: Int64 = 0
    package var eventsPerRequestMax = 100
    package var subscriptionsMax = 1_000
    /// How long the receiver may take to answer.
    package var answerTimeout: Int64 = 5_000
    /// The pauses before the second and each later attempt, without jitter: ten in a day
    /// (HubSpot names the number and the day; the steps are from memory).
    package var retryDelays: [Int64] = [
        60_000, 120_000, 300_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 14_400_000, 21_600_000,
        28_800_000,
    ]
    /// How far a pause may be from its length, in percent.
    package var retryJitterPercent = 10
    /// Whether the values that a record is made with are told as changes too; from memory.
    package var creationTellsProperties = true
    /// Whether a privacy deletion is told as a deletion too; from memory.
    package var privacyDeletionTellsDeletion = false
    /// How many of 100 events are lost, sent twice.
    package var lossPercent = 0
    package var duplicatePercent = 0
    /// Whether the events of one moment are sent in any order.
    package var shuffles = false
    /// Events that wait for one app, and as many that it does not take; the oldest of those that wait
    /// are lost beyond.
    package var waitingMax = 100_000
    /// `v1` or `v2`: which of the two old signatures stands beside the third.
    package var oldSignature = "v1"

    package init() {}
}
