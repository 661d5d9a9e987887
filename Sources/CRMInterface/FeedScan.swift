package import SyncCore

/// A page to read: changes since a mark, or everything.
package struct FeedScan: Sendable {
    package enum Range: Sendable, Hashable {
        /// Records stamped at or after the mark, without an upper bound.
        case changes(since: ServerTime)
        /// Records that exist, in id order, strongly consistent: the backfill's read.
        case all
    }

    /// Where the next page starts.
    package enum Continuation: Sendable, Hashable, Codable {
        /// After this id in id order.
        case afterID(String)
        /// The vendor's own locator.
        case locator(String)
    }

    package var mapping: ObjectMapping
    package var object: String
    /// Other mappings that keep records of the same object: one read serves them all.
    package var others: [ObjectMapping] = []
    package var range: Range
    package var continuation: Continuation?
    package var priority: PriorityClass

    package init(
        mapping: ObjectMapping,
        object: String,
        range: Range,
        continuation: Continuation? = nil,
        priority: PriorityClass = .field
    ) {
        self.mapping = mapping
        self.object = object
        self.range = range
        self.continuation = continuation
        self.priority = priority
    }
}
