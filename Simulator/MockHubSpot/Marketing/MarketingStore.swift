/// Forms with their submissions, marketing e-mails with their events, and records' events.
struct MarketingStore: Sendable, Codable {
    var forms: [FormDefinition] = []
    /// By form, in the order in which they came.
    var submissions: [String: [FormSubmission]] = [:]
    var campaigns: [EmailCampaign] = []
    var emails: [MockHubSpotEmailEvent] = []
    var events: [OccurredEvent] = []
    /// Custom events that were defined.
    var definitions: [EventDefinition] = []
    /// What happened since those who listen were last told; `nil` while nobody listens.
    var untold: [OccurredEvent]?
    /// Submissions without a token.
    var window: RollingWindow
    private var generator: SeededGenerator
    private var ids: Int64 = 0

    init(settings: MockHubSpotSettings) {
        self.generator = SeededGenerator(seed: settings.seed ^ 0x4D41_524B)
        self.window = RollingWindow(
            length: 10_000,
            max: settings.marketing.submissionsPerTenSeconds
        )
    }

    mutating func nextID() -> Int64 {
        self.ids += 1
        return self.ids
    }

    mutating func uuid(at time: Int64) -> String { self.generator.uuid(at: time) }
}
