/// What is wrong with the feeds' observer now.
struct FeedTroubles: Sendable {
    /// How the place that webhooks are sent to takes none.
    enum Refusal: Int, Sendable, CaseIterable {
        /// Nobody is there to connect to.
        case unreachable
        /// It fails before it has looked at anything.
        case fails
        /// The address leads nowhere.
        case isGone
        /// It takes everything and answers after HubSpot's time is over.
        case answersLate
    }

    /// Until when the observer does nothing at all; its connections are dead then.
    var awayUntil: Int64 = 0
    var refusesUntil: Int64 = 0
    var refusal: Refusal?
    /// Whether it loses its CometD client with the next look.
    var dropsSession = false
    /// By how many events it goes back, as if the newest ones had not been stored.
    var goesBack = 0
    /// Whether it reads the next journal file only when its address has ended.
    var dawdles = false
}
