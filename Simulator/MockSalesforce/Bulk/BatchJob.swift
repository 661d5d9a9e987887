/// One job of the first Bulk API, which takes its data in batches.
struct BatchJob: Sendable, Codable {
    enum Content: String, Sendable, Hashable, Codable {
        case json = "JSON"
        case csv = "CSV"
        case xml = "XML"

        var mediaType: String {
            switch self {
            case .json: "application/json"
            case .csv: "text/csv"
            case .xml: "application/xml"
            }
        }
    }

    struct Batch: Sendable, Codable {
        enum State: String, Sendable, Hashable, Codable {
            case queued = "Queued"
            case inProgress = "InProgress"
            case completed = "Completed"
            case failed = "Failed"
            /// Its query is worked off by other batches.
            case notProcessed = "NotProcessed"
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
        /// The ids that a chunk of a query is over; `nil` for all.
        var range: BulkJob.IDRange?
        /// The result as it is sent.
        var result: [UInt8] = []
        var processed = 0
        var failed = 0
    }

    /// How many rows a part of a query has, and where the first begins.
    struct Chunking: Sendable, Hashable, Codable {
        var rows: Int
        var start: String?
    }

    var id: String
    /// What both Bulk APIs have in common.
    var frame: BulkJob
    var content: Content
    var isSerial: Bool
    /// `nil` where queries are not split.
    var chunking: Chunking?
    /// `Open`, `Closed` or `Aborted`.
    var state = "Open"
    var batches: [Batch] = []
}
