package import SyncCore

/// What a tie between two linked records was to become on a side when it was written, where nobody knows yet if it did.
package struct SentTie: Sendable, Hashable {
    package var parent: Int64
    package var child: Int64
    package var side: Side
    /// `nil` for none.
    package var roles: Set<String>?

    package init(parent: Int64, child: Int64, side: Side, roles: Set<String>?) {
        self.parent = parent
        self.child = child
        self.side = side
        self.roles = roles
    }
}
