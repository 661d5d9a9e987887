import SyncCore

/// What became of the decisions of one look.
struct RelationResults {
    enum Fate: Sendable, Hashable {
        /// Everything that it wrote is stored.
        case stored
        /// A CRM refuses it as it is, in its own word.
        case refused(code: String)
        /// Nobody knows yet, or it goes again.
        case open
    }

    /// In the order of the decisions.
    var fates: [Fate]
    /// After how many milliseconds what is open is looked at again.
    var wait: Int64 = 0
    /// Why nothing more can be sent.
    var failure: SyncError?
}
