package import SyncCore

/// A thing that happened to the calls of a CRM without the engine's doing.
package struct ForeignCalls: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// Other apps made so many calls.
        case spent(Int)
        /// From now on so many calls a day are allowed.
        case allows(Int)
    }

    package var side: Side
    /// Milliseconds of the servers' clock.
    package var at: Int64
    package var kind: Kind
}
