import WireJSON

/// One Bulk 2.0 job with its data.
struct BulkJob: Sendable, Codable {
    /// One record of an upload, after it was processed.
    struct Row: Sendable, Codable {
        var cells: [String]
        /// Empty for an insert that failed.
        var id = ""
        var isCreated = false
        /// `nil` for success.
        var error: String?
    }

    /// From an id on, up to the next range's first.
    struct IDRange: Sendable, Hashable, Codable {
        var from: String
        var to: String?
    }

    var id: String
    var operation: BulkOperation
    /// The table of the object.
    var table: Int
    var object: String
    /// The place of the field that an upsert goes by.
    var externalID: Int?
    var externalIDName: String?
    /// The assignment rule of its leads or cases; without one none is asked.
    var assignmentRuleID: String?
    /// A query job's statement.
    var statement = ""
    /// The ids that the statement is limited to; `nil` for all.
    var range: IDRange?
    var format: BulkFormat
    /// `62.0`; other versions must not touch the job.
    var version: String
    var author: String
    var createdAt: Int64
    var changedAt: Int64
    var state = BulkState.open
    /// When the org takes it up, and when it is through with it.
    var startsAt: Int64 = .max
    var endsAt: Int64 = .max
    var upload: [UInt8]?
    /// The columns of the upload or of the query's result.
    var header: [String] = []
    /// An upload's rows, or those of a failed job, which nobody has processed.
    var rows: [Row] = []
    /// A query's result.
    var lines: [[String]] = []
    var errorMessage: String?

    /// The job as its resource shows it; `isNew` without what is known only later.
    func write(isNew: Bool, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", self.id)
            writer.member("operation", self.operation.rawValue)
            writer.member("object", self.object)
            writer.member("createdById", self.author)
            writer.member("createdDate", SalesforceTime.format(self.createdAt))
            writer.member("systemModstamp", SalesforceTime.format(self.changedAt))
            writer.member("state", self.state.rawValue)
            if let name = self.externalIDName { writer.member("externalIdFieldName", name) }
            writer.member("concurrencyMode", "Parallel")
            writer.member("contentType", "CSV")
            writer.name("apiVersion")
            writer.raw(self.version)
            if !self.operation.isQuery, self.state == .open {
                writer.member(
                    "contentUrl",
                    "services/data/v\(self.version)/jobs/ingest/\(self.id)/batches"
                )
            }
            writer.member("lineEnding", self.format.lineEndingName)
            writer.member("columnDelimiter", self.format.delimiterName)
            if !isNew { self.writeProgress(to: &writer) }
        }
    }

    private func writeProgress(to writer: inout JSONWriter) {
        let isDone = self.state == .jobComplete
        let time = isDone ? self.endsAt - self.startsAt : 0
        writer.member("jobType", self.operation.isQuery ? "V2Query" : "V2Ingest")
        writer.member("retries", 0)
        writer.member("totalProcessingTime", time)
        if self.operation.isQuery {
            writer.member("numberRecordsProcessed", isDone ? self.lines.count : 0)
            writer.member("isPkChunkingSupported", true)
        } else {
            writer.member("apiActiveProcessingTime", time)
            writer.member("apexProcessingTime", 0)
            writer.member("numberRecordsProcessed", isDone ? self.rows.count : 0)
            writer.member(
                "numberRecordsFailed",
                isDone ? self.rows.count { $0.error != nil } : 0
            )
        }
        if let message = self.errorMessage { writer.member("errorMessage", message) }
    }
}
