package import SyncCore

/// What the store knows of one remote id.
package struct LoadedRecord: Sendable {
    package var remoteID: String
    package var link: Link?
    /// Open entries of the link, or open creates from this record.
    package var entries: [OutboxEntry]

    package init(remoteID: String, link: Link?, entries: [OutboxEntry]) {
        self.remoteID = remoteID
        self.link = link
        self.entries = entries
    }
}
