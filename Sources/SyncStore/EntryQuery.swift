package import SyncCore

/// Which open entries to hand out.
package struct EntryQuery: Sendable {
    /// A place in the order in which entries are handed out: urgency, then age.
    package struct Place: Sendable, Hashable {
        var priority: PriorityClass
        var id: Int64

        package init(_ entry: OutboxEntry) {
            self.priority = entry.priority
            self.id = entry.id
        }
    }

    package var mapping: String?
    package var target: Side?
    package var states: [OutboxEntry.State]
    /// Leaves out entries whose `notBefore` is later; `nil` hands out all.
    package var readyAt: Int64?
    /// Only entries after this one; for walking the outbox.
    package var after: Place?
    package var limit: Int

    package init(
        mapping: String? = nil,
        target: Side? = nil,
        states: [OutboxEntry.State],
        readyAt: Int64? = nil,
        after: Place? = nil,
        limit: Int
    ) {
        self.mapping = mapping
        self.target = target
        self.states = states
        self.readyAt = readyAt
        self.after = after
        self.limit = limit
    }
}
