/// What a record's new counterpart is made of.
package struct NewRecord: Sendable, Hashable {
    package var fields: [OutboxEntry.Field] = []
    /// Values that have no form over there.
    package var problems: [MergeDecision.Problem] = []
    /// Records that it refers to and that have no counterpart yet.
    package var waiting: [References.Record] = []
}
