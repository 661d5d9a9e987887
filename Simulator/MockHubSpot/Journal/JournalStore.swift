/// The journals of all apps: what they subscribe to and the files of events.
struct JournalStore: Sendable, Codable {
    /// One file of events.
    struct Entry: Sendable, Codable {
        var appID: Int64
        var offset: String
        var publishedAt: Int64
        /// Each is a JSON object.
        var events: [[UInt8]]
    }

    var subscriptions: [JournalSubscription] = []
    var filters: [JournalFilter] = []
    var snapshots: [JournalSnapshot] = []
    /// In the order in which they are published.
    private(set) var entries: [Entry] = []
    private var generator: SeededGenerator
    private var ids: Int64 = 0
    private var eventsEver = 0
    /// By app and kind of endpoint.
    private var windows: [String: RollingWindow] = [:]

    init(seed: UInt64) {
        self.generator = SeededGenerator(seed: seed ^ 0x4A4F_5552)
    }

    mutating func nextID() -> Int64 {
        self.ids += 1
        return self.ids
    }

    mutating func uuid(at time: Int64) -> String { self.generator.uuid(at: time) }

    /// Puts an event into the file of its time.
    mutating func append(
        _ event: [UInt8],
        of appID: Int64,
        at time: Int64,
        _ settings: MockHubSpotJournalSettings
    ) {
        self.eventsEver += 1
        if let nth = settings.loseEveryNthEvent, nth > 0, self.eventsEver.isMultiple(of: nth) {
            return
        }
        let interval = max(1, settings.interval)
        let last = self.entries.lastIndex { $0.appID == appID }
        // A file is read only once it is published, so that nothing is added behind a reader.
        let published = max(
            (time / interval + 1) * interval,
            last.map { self.entries[$0].publishedAt } ?? .min
        )
        if let last, self.entries[last].publishedAt == published {
            self.entries[last].events.append(event)
            return
        }
        self.entries.removeAll { $0.publishedAt <= time - settings.retention }
        self.entries.append(
            Entry(
                appID: appID,
                offset: self.uuid(at: published),
                publishedAt: published,
                events: [event]
            )
        )
    }

    /// What an app may read at a time.
    func published(to appID: Int64, at now: Int64, _ retention: Int64) -> [Entry] {
        self.entries.filter {
            $0.appID == appID && $0.publishedAt <= now && $0.publishedAt > now - retention
        }
    }

    /// Whether one more request of that second is taken.
    mutating func take(_ appID: Int64, _ kind: String, max: Int, at now: Int64) -> Bool {
        let key = "\(kind)-\(appID)"
        var window = self.windows[key] ?? RollingWindow(length: 1_000, max: max)
        window.max = max
        defer { self.windows[key] = window }
        return window.take(at: now)
    }
}
