/// One published event; its fields are read from the history when it is delivered.
struct ChangeEvent: Sendable, Codable {
    enum Form: Sendable, Hashable, Codable {
        case whole
        /// The header alone: the event could not be made.
        case gap
        /// Stands for an object's changes beyond the threshold; names no records.
        case overflow
    }

    var replayID: Int64 = 0
    var table: Int
    var type: ChangeEventType
    var form = Form.whole
    /// 18-character ids of records with the same change.
    var recordIDs: [String]
    /// The first record's changes of the transaction, as places in the history.
    var changes: [Int]
    var mark: ChangeMark
    /// From 1 within its transaction.
    var sequenceNumber = 1
    var commitNumber: Int64 = 0
    /// Server milliseconds.
    var committedAt: Int64
    var user: String

    var typeName: String {
        switch self.form {
        case .whole: self.type.rawValue
        case .gap: "GAP_" + self.type.rawValue
        case .overflow: "GAP_OVERFLOW"
        }
    }
}
