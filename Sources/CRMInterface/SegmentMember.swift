package import SyncCore

/// A record in a HubSpot segment.
package struct SegmentMember: Sendable, Hashable {
    package var id: String
    /// When it joined, where the reply tells.
    package var joined: ServerTime?

    package init(id: String, joined: ServerTime?) {
        self.id = id
        self.joined = joined
    }
}
