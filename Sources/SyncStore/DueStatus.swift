package import SyncCore

/// A record whose field tells something else than how its pair stands.
package struct DueStatus: Sendable, Hashable {
    package var link: Link
    /// The side of the record.
    package var side: Side
    package var status: SyncStatus

    package init(link: Link, side: Side, status: SyncStatus) {
        self.link = link
        self.side = side
        self.status = status
    }
}
