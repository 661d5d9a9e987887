package import SyncCore

/// A row of the other side that was read for one decision.
package struct HeldRow: Sendable {
    package var row: RecordRow
    /// The CRM's own time at the reply, in whole seconds: what it shows was so then, or a little later.
    package var readAt: ServerTime

    package init(row: RecordRow, readAt: ServerTime) {
        self.row = row
        self.readAt = readAt
    }
}
