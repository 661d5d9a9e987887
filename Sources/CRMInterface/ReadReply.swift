package import SyncCore

/// What a read by id found.
///
/// A row's id may differ from the one asked for: see `aliases`.
package struct ReadReply: Sendable {
    /// One page for live rows, and where ids were missing one more of the second look.
    package var pages: [RecordPage]
    /// Ids that neither look showed: deleted for good, or invisible to the integration user.
    package var missing: [String]
    /// Asked id to answered id, where a record answers under another one (a HubSpot merge).
    package var aliases: [String: String]
    /// When the live rows were read, on the monotonic clock in milliseconds: a look for what is missing
    /// comes later, and makes them no younger.
    package var readAt: Int64

    package init(
        pages: [RecordPage],
        missing: [String],
        aliases: [String: String] = [:],
        readAt: Int64
    ) {
        self.readAt = readAt
        self.pages = pages
        self.missing = missing
        self.aliases = aliases
    }
}
