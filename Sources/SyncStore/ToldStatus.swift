package import SyncCore

/// What a record's field tells now, or what its CRM refused to take.
package struct ToldStatus: Sendable, Hashable {
    package var mapping: String
    package var side: Side
    package var id: String
    /// `nil` where nobody knows: a write that changes it is planned, and may be lost.
    package var status: SyncStatus?

    package init(mapping: String, side: Side, id: String, status: SyncStatus?) {
        self.mapping = mapping
        self.side = side
        self.id = id
        self.status = status
    }
}
