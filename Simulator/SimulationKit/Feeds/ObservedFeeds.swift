/// What the feeds' observer was told, and what it knows of its own times: all that its checkers read
/// besides the histories of both CRMs.
package struct ObservedFeeds: Sendable {
    /// What became of the observer's subscription to Salesforce's change events.
    package struct StreamNotice: Sendable, Hashable {
        package enum Kind: Sendable, Hashable {
            /// -1 for new events only, -2 for all, otherwise after that one.
            case subscribed(replay: Int64)
            /// The org does not know that id any more.
            case refused(replay: Int64)
            /// The org has forgotten the client.
            case unknownClient
            /// The org has ended the session.
            case unauthorized
        }

        /// Milliseconds of the servers' clock, as every time here.
        package var at: Int64
        package var kind: Kind
    }

    /// What became of a question for the journal's next file.
    package struct JournalNotice: Sendable, Hashable {
        package enum Kind: Sendable, Hashable {
            /// What comes after that file, or the earliest one.
            case answered(offset: String?)
            /// The journal does not know that file any more.
            case refused(offset: String)
            /// The address led to no file.
            case noFile(status: Int, expiresAt: Int64)
            /// Something else went wrong.
            case failed(status: Int)
        }

        package var at: Int64
        package var kind: Kind
    }

    package var plan: SimulatedFeeds.Plan
    package var events: [ChangeMessage] = []
    package var notices: [StreamNotice] = []
    /// When the org lost the events that it kept.
    package var lostByOrg: [Int64] = []
    /// How the org told its events at some time.
    package var disturbed: Set<SimulatedFeeds.Disturbance> = []
    /// From when on webhooks are subscribed to; 0 while they are not, as with the journal.
    package var webhooksSince: Int64 = 0
    package var attempts: [WebhookAttempt] = []
    package var journalSince: Int64 = 0
    /// In the order in which they were read.
    package var files: [JournalFile] = []
    package var journalNotices: [JournalNotice] = []
    /// When the run was over.
    package var endedAt: Int64 = 0

    package init(plan: SimulatedFeeds.Plan) {
        self.plan = plan
    }
}
