package import SyncCore

/// A time in which a CRM took longer for its replies than the wire does.
package struct SlowSpan: Sendable, Hashable {
    package var side: Side
    /// What each reply took, in milliseconds; the client may have given up before.
    package var milliseconds: Int64
    /// True time, milliseconds since 1970; no end while it lasts.
    package var from: Int64
    package var to: Int64?
}
