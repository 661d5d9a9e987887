import MockHubSpot

/// A setting of HubSpot's webhooks or of their journal that the control endpoints change.
struct FeedSetting: Sendable {
    let name: String
    let read: @Sendable (MockHubSpotSettings) -> Int
    let write: @Sendable (inout MockHubSpotSettings, Int) -> Void

    /// Every one, in the order in which they are shown.
    static let all: [FeedSetting] = Self.webhooks + Self.journal

    private static let webhooks: [FeedSetting] = [
        FeedSetting(
            name: "webhookDelaySeconds",
            read: { Int($0.webhooks.delay / 1_000) },
            write: { $0.webhooks.delay = Int64($1) * 1_000 }
        ),
        FeedSetting(
            name: "webhookLossPercent",
            read: { $0.webhooks.lossPercent },
            write: { $0.webhooks.lossPercent = min(100, $1) }
        ),
        FeedSetting(
            name: "webhookDoublePercent",
            read: { $0.webhooks.duplicatePercent },
            write: { $0.webhooks.duplicatePercent = min(100, $1) }
        ),
        FeedSetting(
            name: "webhookShuffle",
            read: { $0.webhooks.shuffles ? 1 : 0 },
            write: { $0.webhooks.shuffles = $1 > 0 }
        ),
        FeedSetting(
            name: "webhookEventsPerRequest",
            read: { $0.webhooks.eventsPerRequestMax },
            write: { $0.webhooks.eventsPerRequestMax = max(1, min(1_000, $1)) }
        ),
        FeedSetting(
            name: "webhookFirstRetrySeconds",
            read: { Int(($0.webhooks.retryDelays.first ?? 0) / 1_000) },
            write: { settings, seconds in
                guard !settings.webhooks.retryDelays.isEmpty else { return }
                settings.webhooks.retryDelays[0] = Int64(seconds) * 1_000
            }
        ),
    ]

    private static let journal: [FeedSetting] = [
        FeedSetting(
            name: "journalIntervalSeconds",
            read: { Int($0.journal.interval / 1_000) },
            write: { $0.journal.interval = Int64($1) * 1_000 }
        ),
        FeedSetting(
            name: "journalKeptSeconds",
            read: { Int($0.journal.retention / 1_000) },
            write: { $0.journal.retention = Int64($1) * 1_000 }
        ),
        FeedSetting(
            name: "journalLinkSeconds",
            read: { Int($0.journal.linkLifetime / 1_000) },
            write: { $0.journal.linkLifetime = Int64($1) * 1_000 }
        ),
        FeedSetting(
            name: "journalSnapshotSeconds",
            read: { Int($0.journal.snapshotDelay / 1_000) },
            write: { $0.journal.snapshotDelay = Int64($1) * 1_000 }
        ),
        FeedSetting(
            name: "journalRequestsPerSecond",
            read: { $0.journal.journalPerSecond },
            write: { $0.journal.journalPerSecond = $1 }
        ),
    ]

    /// `nil` goes back to what a new account has.
    func set(_ number: Int?, _ settings: inout MockHubSpotSettings) {
        self.write(&settings, number ?? self.read(MockHubSpotSettings()))
    }
}
