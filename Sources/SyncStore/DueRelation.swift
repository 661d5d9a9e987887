package import SyncCore

/// A record whose ties are to be looked at.
package struct DueRelation: Sendable, Hashable {
    package var link: Link
    /// The look that it was marked for last: one that was marked again meanwhile stays.
    package var version: Int64
    /// Whether Salesforce is to be read whatever HubSpot shows.
    package var isWhole: Bool

    package init(link: Link, version: Int64, isWhole: Bool) {
        self.link = link
        self.version = version
        self.isWhole = isWhole
    }
}
