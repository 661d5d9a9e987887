/// The webhooks journal; times in milliseconds.
package struct MockHubSpotJournalSettings: Sendable, Codable {
    /// How long one file collects events before it is published.
    package var interval: Int64 = 1_000
    /// How long files are kept: three days.
    package var retention: Int64 = 259_200_000
    /// How long a file's address is valid; from memory.
    package var linkLifetime: Int64 = 300_000
    /// Entries that one batch may ask for; the number is from memory.
    package var batchMax = 100
    /// How long a snapshot takes.
    package var snapshotDelay: Int64 = 2_000
    /// Objects that one request for snapshots may name; from memory.
    package var snapshotsMax = 100
    /// Subscriptions of one app; from memory.
    package var subscriptionsMax = 1_000
    /// Filters of one subscription; from memory.
    package var filtersMax = 100
    /// Requests a second of one app to the journal, the subscriptions and the snapshots.
    package var journalPerSecond = 100
    package var subscriptionsPerSecond = 50
    package var snapshotsPerSecond = 10

    /// Every so many events one stands in no file; `nil` for never.
    package var loseEveryNthEvent: Int?

    package init() {}
}
