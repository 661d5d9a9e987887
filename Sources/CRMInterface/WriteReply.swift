package import SyncCore

/// What became of every write of one batch.
package struct WriteReply: Sendable {
    package enum Outcome: Sendable, Hashable {
        /// Stored under this id; `created` is false where an existing record was updated.
        case confirmed(id: String, created: Bool, stamp: ServerTime?)
        /// Refused for this record.
        case rejected(Rejection)
        /// It may have been stored: no reply, or none for this record.
        case unknown
        /// Certainly not stored; the disposition says when it may go again.
        case notStored(FailureDisposition)
    }

    /// Why a record was refused, in the vendor's code; never its message or a value.
    package struct Rejection: Sendable, Hashable {
        package enum Kind: String, Sendable, Hashable {
            /// Its key, e-mail or another unique value is taken: a match (architecture 5.6).
            case taken
            /// An administrator's rule takes it for another record: a guess, never a match.
            case resembles
            /// The id is unknown, deleted or moved: a question, never a create.
            case missing
            case requiredField
            case badValue
            case noPermission
            case other
        }

        package var kind: Kind
        package var code: String
        package var fields: [String]
        /// The id of the record that holds the taken value, where the reply tells it.
        package var existingID: String?

        package init(kind: Kind, code: String, fields: [String] = [], existingID: String? = nil) {
            self.kind = kind
            self.code = code
            self.fields = fields
            self.existingID = existingID
        }
    }

    /// By outbox entry; every write of the batch is in it.
    package var outcomes: [Int64: Outcome]
    package var sent: RequestSequence
    package var ended: RequestSequence
    package var serverTime: ServerTime?
    /// Set when the batch failed as a whole, for the operator.
    package var failure: SyncError?
    /// Whether the batch was refused because of how many calls there were lately.
    package var isPaced = false

    package init(
        outcomes: [Int64: Outcome],
        sent: RequestSequence,
        ended: RequestSequence,
        serverTime: ServerTime?,
        failure: SyncError? = nil
    ) {
        self.outcomes = outcomes
        self.sent = sent
        self.ended = ended
        self.serverTime = serverTime
        self.failure = failure
    }

    /// Takes the reply of a later call for the same batch: what it tells of a write goes before.
    package mutating func add(_ later: WriteReply) {
        self.outcomes.merge(later.outcomes) { _, new in new }
        if self.sent == .none { self.sent = later.sent }
        if later.ended != .none { self.ended = later.ended }
        self.serverTime = later.serverTime ?? self.serverTime
        self.failure = self.failure ?? later.failure
        self.isPaced = self.isPaced || later.isPaced
    }
}
