/// What was last seen of one side of a record: kept by an outbox entry until it settles.
package struct Observation: Sendable, Hashable {
    package var values: RecordBlob
    package var stamp: ServerTime

    package init(values: RecordBlob, stamp: ServerTime) {
        self.values = values
        self.stamp = stamp
    }
}
