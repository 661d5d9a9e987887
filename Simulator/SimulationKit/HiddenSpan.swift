package import SyncCore

/// A time in which the integration user could not see a record.
package struct HiddenSpan: Sendable, Hashable {
    package var side: Side
    package var record: String
    /// Virtual wall milliseconds.
    package var from: Int64
    /// `nil` where it was never shown again.
    package var to: Int64?
}
