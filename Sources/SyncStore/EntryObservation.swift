package import SyncCore

/// What a stored entry holds of one side, replaced whatever state the entry is in by now.
package struct EntryObservation: Sendable, Hashable {
    /// The entry's number.
    package var entry: Int64
    package var side: Side
    package var observation: Observation

    package init(entry: Int64, side: Side, observation: Observation) {
        self.entry = entry
        self.side = side
        self.observation = observation
    }
}
