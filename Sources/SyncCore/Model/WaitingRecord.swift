/// A record that refers to one that has no counterpart yet: it is read again when that one gets one.
package struct WaitingRecord: Sendable, Hashable {
    package var mapping: String
    package var side: Side
    package var object: String
    package var remoteID: String
    /// The record that it refers to, on its own side.
    package var parent: References.Record
    /// Whether it has no counterpart itself: none is made before that one has one.
    package var isHeld: Bool

    package init(
        mapping: String,
        side: Side,
        object: String,
        remoteID: String,
        parent: References.Record,
        isHeld: Bool
    ) {
        self.mapping = mapping
        self.side = side
        self.object = object
        self.remoteID = remoteID
        self.parent = parent
        self.isHeld = isHeld
    }
}
