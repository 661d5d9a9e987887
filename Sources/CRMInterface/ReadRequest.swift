package import SyncCore

/// Records of one object to be read by id.
package struct ReadRequest: Sendable {
    package var mapping: ObjectMapping
    package var object: String
    package var ids: [String]
    /// For the call ledger: `guard`, `parked`, `readBack`, `history`.
    package var purpose: String
    package var priority: PriorityClass
    /// Places that were taken ahead for this read and the writes it guards.
    package var hold: CallHold
    /// Whether what a record belongs to need not be asked for: the rows say so (`RecordRow.ties`).
    package var leavesTies = false

    package init(
        mapping: ObjectMapping,
        object: String,
        ids: [String],
        purpose: String,
        priority: PriorityClass,
        hold: CallHold = .none
    ) {
        self.mapping = mapping
        self.object = object
        self.ids = ids
        self.purpose = purpose
        self.priority = priority
        self.hold = hold
    }
}
