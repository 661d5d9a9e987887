package import SyncCore

/// Which open entries to hand out.
package struct EntryQuery: Sendable {
    package var mapping: String?
    package var target: Side?
    package var states: [OutboxEntry.State]
    /// Leaves out entries whose `notBefore` is later; `nil` hands out all.
    package var readyAt: Int64?
    /// Only entries after this one in id order; for walking the outbox.
    package var afterID: Int64
    package var limit: Int

    package init(
        mapping: String? = nil,
        target: Side? = nil,
        states: [OutboxEntry.State],
        readyAt: Int64? = nil,
        afterID: Int64 = 0,
        limit: Int
    ) {
        self.mapping = mapping
        self.target = target
        self.states = states
        self.readyAt = readyAt
        self.afterID = afterID
        self.limit = limit
    }
}
