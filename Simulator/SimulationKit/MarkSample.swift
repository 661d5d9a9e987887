package import SyncCore

/// A feed's durable marks as one transaction left them.
package struct MarkSample: Sendable, Hashable {
    package var mark: FeedMark
    /// The server's clock then, in milliseconds since 1970.
    package var serverTime: Int64
    /// How often a backup had taken the store's place by then.
    package var restores = 0
}
