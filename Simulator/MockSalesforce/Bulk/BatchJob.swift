/// One job of the first Bulk API, which takes its data in batches.
struct BatchJob: Sendable {
    enum Content: String, Sendable, Hashable {
        case json = "JSON"
        case csv = "CSV"
    }

    struct Batch: Sendable {
        enum State: String, Sendable, Hashable {
            case queued = "Queued"
            case inProgress = "InProgress"
            case completed = "Completed"
            case failed = "Failed"
        }

        var id: String
        /// The id of a query's result.
        var resultID: String
        var createdAt: Int64
        var changedAt: Int64
        var startsAt: Int64
        var endsAt: Int64
        var state = State.queued
        var stateMessage: String?
        var request: [UInt8]
        /// The result as it is sent.
        var result: [UInt8] = []
        var processed = 0
        var failed = 0
    }

    var id: String
    /// What both Bulk APIs have in common.
    var frame: BulkJob
    var content: Content
    var isSerial: Bool
    /// `Open`, `Closed` or `Aborted`.
    var state = "Open"
    var batches: [Batch] = []
}
