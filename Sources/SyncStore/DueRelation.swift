package import SyncCore

/// A record whose ties are to be looked at.
package struct DueRelation: Sendable, Hashable {
    package var link: Link
    /// The look that it was marked for last: one that was marked again meanwhile stays.
    package var version: Int64
    /// Whether Salesforce is to be read whatever HubSpot shows.
    package var isWhole: Bool
    /// Whether something told of it, and not the day's look at everything: what Salesforce does not show then may be
    /// hidden as well as deleted.
    package var isTold: Bool
    /// What was written to it and not answered: it may have been stored since.
    package var sent: [SentTie] = []
    /// Salesforce's ids of the other ends that it told of; empty where it may have been any.
    package var told: Set<String> = []

    package init(link: Link, version: Int64, isWhole: Bool, isTold: Bool = true) {
        self.link = link
        self.version = version
        self.isWhole = isWhole
        self.isTold = isTold
    }

    /// Whether something told of the tie with a record of Salesforce's.
    package func isTold(of child: String) -> Bool {
        self.isTold && (self.told.isEmpty || self.told.contains(child))
    }
}
