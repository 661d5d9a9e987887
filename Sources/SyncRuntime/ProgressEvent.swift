package import SyncCore

/// What a run is doing, for the person who watches it.
package enum ProgressEvent: Sendable, Hashable {
    case reading(Side, object: String, records: Int)
    case matching(records: Int)
    case decided(records: Int)
    case writing(Side, done: Int, planned: Int)
    case waiting(Side, milliseconds: Int64)
    /// A pass failed and is tried again after this time.
    case paused(SyncError, milliseconds: Int64)
    case cycleEnded(news: Int)
}
