package import SyncCore

/// A time in which one of the CRMs did not let the integration in.
package struct ShutDoor: Sendable, Hashable {
    package var side: Side
    /// True time, milliseconds since 1970; no end while it is shut.
    package var from: Int64
    package var to: Int64?
    /// Whether a token died: who mends it puts another one where only a new process reads it.
    package var isOfToken = false
    /// What the engine must say when it stops because of it.
    package var words: [String]
}
