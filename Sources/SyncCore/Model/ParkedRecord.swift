/// An id whose record must be read again before anything is decided about it.
package struct ParkedRecord: Sendable, Hashable {
    package enum Cause: String, Sendable, Hashable, Codable {
        /// A row did not count (architecture 5.1).
        case staleRow
        /// The record has a write sent or of unknown outcome (5.3).
        case openEntry
        /// The reply of a write did not show what the record holds now.
        case readBack
        /// An id came back missing, moved or merged (5.6).
        case missing
        /// A new value's exact time is needed to decide (5.4).
        case history
        /// Something rewrites a field after us: both sides are looked at an hour later (5.3).
        case flapping
        /// The record that it refers to got a counterpart (5.6).
        case parent
        /// The record that it refers to will get none as things are: it goes on without.
        case parentless

        /// Whether both sides are read, HubSpot's with its property history.
        package var needsHistory: Bool { self == .history || self == .flapping }

        /// Whether something else than the record's own row is news of it.
        package var isOfParent: Bool { self == .parent || self == .parentless }
    }

    package var mapping: String
    package var side: Side
    package var object: String
    package var remoteID: String
    package var cause: Cause
    /// When it was parked and before when it is not to be read, wall milliseconds.
    package var since: Int64
    package var notBefore: Int64

    package init(
        mapping: String,
        side: Side,
        object: String,
        remoteID: String,
        cause: Cause,
        since: Int64,
        notBefore: Int64 = 0
    ) {
        self.mapping = mapping
        self.side = side
        self.object = object
        self.remoteID = remoteID
        self.cause = cause
        self.since = since
        self.notBefore = notBefore
    }
}
