/// What became of one row of a job's file.
package struct BulkRow: Sendable, Hashable {
    /// The record's id; `nil` where none was made.
    package var id: String?
    package var isCreated: Bool
    package var refusal: WriteReply.Rejection?
    /// The row as it was sent, by column: rows come in no order, so that a key among them tells which
    /// one it is.
    package var values: [String: String]

    package init(
        id: String?,
        isCreated: Bool = false,
        refusal: WriteReply.Rejection? = nil,
        values: [String: String]
    ) {
        self.id = id
        self.isCreated = isCreated
        self.refusal = refusal
        self.values = values
    }
}

extension BulkRow: CustomStringConvertible {
    /// The id; values are a person's.
    package var description: String { "BulkRow(\(self.id ?? "none"))" }
}
