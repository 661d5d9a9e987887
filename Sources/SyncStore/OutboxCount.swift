package import SyncCore

/// Open entries by what they would do.
package struct OutboxCount: Sendable, Hashable {
    package var mapping: String
    package var target: Side
    package var kind: OutboxEntry.Kind
    package var state: OutboxEntry.State
    package var count: Int

    package init(
        mapping: String,
        target: Side,
        kind: OutboxEntry.Kind,
        state: OutboxEntry.State,
        count: Int
    ) {
        self.mapping = mapping
        self.target = target
        self.kind = kind
        self.state = state
        self.count = count
    }

    /// By mapping, then target, kind and state.
    var order: [String] {
        [self.mapping, self.target.rawValue, self.kind.rawValue, self.state.rawValue]
    }
}
