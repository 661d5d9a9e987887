import HTTPTransport
import WireJSON

/// Bulk API 2.0 jobs that write.
extension MockSalesforce {
    /// The bytes that one job takes.
    private static let uploadBytesMax = 150_000_000
    /// The characters that may come along with a job.
    private static let attachmentBytesMax = 100_000
    /// Records of one transaction.
    private static let chunkRows = 200

    mutating func makeIngestJob(
        _ request: RESTRequest,
        _ context: WriteContext
    ) throws(RequestFailure) -> RESTReply {
        let operation = try Self.operation(request, isQuery: false)
        let table = try self.objectTable(request.body?["object"]?.string ?? "")
        if operation == .hardDelete,
            !self.settings.allowsBulkHardDelete || !self.has(.bulkHardDelete, context.author)
        {
            throw RequestFailure("FEATURENOTENABLED", "hardDelete is not enabled for this user")
        }
        var job = try self.newJob(request, operation, table, context)
        if operation == .upsert {
            let name = request.body?["externalIdFieldName"]?.string ?? ""
            let object = self.org.tables[table].object
            guard let place = object.place(of: name),
                object.fields[place].isIDLookup || object.fields[place].type == .id
            else {
                throw RequestFailure(
                    "INVALIDJOB",
                    "InvalidJob : Field name provided, \(name) does not match an External ID, "
                        + "Salesforce Id, or indexed field for \(object.name)"
                )
            }
            job.externalID = place
            job.externalIDName = object.fields[place].name
        }
        job.assignmentRuleID = (request.body?["assignmentRuleId"]?.string)
            .flatMap(SalesforceID.canonical)
        if let attachment = request.attachment {
            guard attachment.count <= Self.attachmentBytesMax else {
                throw RequestFailure(
                    "EXCEEDED_MAX_SIZE_REQUEST",
                    "The data of a multipart request has 100,000 characters at most"
                )
            }
            job.upload = attachment
            job.state = .uploadComplete
            self.schedule(&job, records: 0, at: context.now)
        }
        job.id = self.bulk.nextID()
        self.bulk[job.id] = job
        return RESTReply.json { job.write(isNew: true, to: &$0) }
    }

    /// The upload and the three results of a job.
    mutating func ingestData(
        _ job: BulkJob,
        _ part: String,
        _ request: RESTRequest,
        _ context: WriteContext
    ) throws(RequestFailure) -> RESTReply {
        guard request.path.count == 4 else { throw RequestFailure.notFound }
        if part == "batches" {
            try Self.allow([.put], request)
            return try self.takeUpload(job, request, context)
        }
        try Self.allow([.get], request)
        let hasFailed = job.state == .failed || job.state == .aborted
        guard job.state.isFinal else { throw Self.wrongState(job, "read") }
        switch part {
        case "successfulResults":
            let rows = hasFailed ? [] : job.rows.filter { $0.error == nil }
            return Self.results(job, ["sf__Id", "sf__Created"], rows) { row in
                [row.id, row.isCreated ? "true" : "false"]
            }
        case "failedResults":
            let rows = hasFailed ? [] : job.rows.filter { $0.error != nil }
            return Self.results(job, ["sf__Id", "sf__Error"], rows) { [$0.id, $0.error ?? ""] }
        case "unprocessedrecords", "unprocessedRecords":
            return Self.results(job, [], hasFailed ? job.rows : []) { _ in [] }
        default: throw RequestFailure.notFound
        }
    }

    private mutating func takeUpload(
        _ job: BulkJob,
        _ request: RESTRequest,
        _ context: WriteContext
    ) throws(RequestFailure) -> RESTReply {
        guard job.state == .open, job.upload == nil else {
            throw Self.wrongState(job, "given more data")
        }
        guard request.header("Content-Type")?.lowercased().hasPrefix("text/csv") == true else {
            throw RequestFailure(
                "INVALID_CONTENT_TYPE",
                "The content type of an upload is text/csv",
                status: 415
            )
        }
        guard request.bytes.count <= Self.uploadBytesMax else {
            throw RequestFailure("EXCEEDED_MAX_SIZE_REQUEST", "An upload has 150 MB at most")
        }
        var job = job
        job.upload = request.bytes
        self.bulk[job.id] = job
        return RESTReply(status: 201)
    }

    private static func results(
        _ job: BulkJob,
        _ columns: [String],
        _ rows: [BulkJob.Row],
        _ cells: (BulkJob.Row) -> [String]
    ) -> RESTReply {
        var bytes: [UInt8] = []
        job.format.write(columns + job.header, to: &bytes)
        for row in rows { job.format.write(cells(row) + row.cells, to: &bytes) }
        return .csv(bytes)
    }

    // MARK: - Processing

    /// Writes what was uploaded.
    mutating func ingest(_ job: inout BulkJob) {
        defer { job.upload = nil }
        if let upload = job.upload, !job.format.hasItsLineEnding(upload) {
            let name = job.format.lineEndingName
            job.state = .failed
            job.errorMessage =
                "ClientInputError : LineEnding is invalid on user data. "
                + "Current LineEnding setting is \(name)"
            return
        }
        guard let upload = job.upload, let table = job.format.parse(upload) else {
            job.state = .failed
            job.errorMessage = "InvalidBatch : Failed to parse CSV. No upload, or a quote is open."
            return
        }
        job.header = table.header
        job.rows = table.rows.map { BulkJob.Row(cells: $0) }
        if let name = table.header.first(where: { !self.isColumn($0, of: job) }) {
            job.state = .failed
            job.errorMessage = "InvalidBatch : Field name not found : \(name)"
            return
        }
        let records = job.rows.map { self.collectionRow($0.cells, job) }
        for (place, outcome) in self.write(records, job).enumerated() {
            job.rows[place].take(outcome, isInsert: job.operation == .insert)
        }
        if self.settings.shufflesBulkResults { job.rows = Self.shuffled(job.rows) }
    }

    /// Writes a job's records, 200 in one transaction.
    mutating func write(_ records: [CollectionRow], _ job: BulkJob) -> [RowOutcome] {
        var context = WriteContext(author: job.author, now: job.endsAt)
        context.heldRecords = self.faults.lockedRecordIDs
        context.commitDelay = self.settings.restCommitDelay
        context.isRest = true
        context.trimsText = self.settings.trimsText
        context.movesStampsUnchanged = self.settings.unchangedUpdateMovesStamps
        context.duplicates.spelling = self.spelling
        context.duplicates.version = "v\(job.version)"
        context.origin = Self.origin("bulkapi", job.version, nil)
        context.assignment = job.assignmentRuleID.map { .rule($0) } ?? .none
        let verb = self.verb(of: job)
        var outcomes: [RowOutcome] = []
        for start in stride(from: 0, to: records.count, by: Self.chunkRows) {
            let chunk = Array(records[start..<min(start + Self.chunkRows, records.count)])
            let repeated = self.repeatedKeys(chunk, verb)
            self.beginSave(&context)
            context.transaction = self.org.changeCount
            for row in chunk {
                let outcome = self.writeRow(row, repeated, context, verb)
                outcomes.append(outcome)
                if job.operation == .hardDelete, outcome.errors == nil, let id = outcome.id {
                    self.purge(id, job.table, context)
                }
            }
        }
        return outcomes
    }

    private mutating func purge(_ id: String, _ table: Int, _ context: WriteContext) {
        guard let row = self.org.tables[table].row(ofID: id) else { return }
        self.org.purge(table, row, context)
    }

    private func verb(of job: BulkJob) -> CollectionVerb {
        switch job.operation {
        case .insert: .create
        case .update: .update
        case .delete, .hardDelete: .delete
        case .upsert: .upsert(table: job.table, place: job.externalID ?? 0)
        case .query, .queryAll: .delete
        }
    }

    private func isColumn(_ name: String, of job: BulkJob) -> Bool {
        let object = self.org.tables[job.table].object
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        if job.operation == .delete || job.operation == .hardDelete {
            return name.lowercased() == "id"
        }
        guard parts.count == 2 else { return object.place(of: name) != nil }
        return object.place(ofRelationship: String(parts[0])) != nil
    }

    /// A line as a record: an empty cell leaves the field alone, `#N/A` clears it.
    private func collectionRow(_ cells: [String], _ job: BulkJob) -> CollectionRow {
        var row = CollectionRow(type: job.object)
        for (name, cell) in zip(job.header, cells) where !cell.isEmpty {
            let isID = name.lowercased() == "id"
            if isID, job.operation != .insert {
                row.id = cell
                continue
            }
            let value: Value = cell == "#N/A" ? .null : .text(cell)
            let parts = name.split(separator: ".")
            guard parts.count == 2 else {
                row.inputs.append(FieldInput(name, value))
                continue
            }
            var input = FieldInput(String(parts[0]), .null)
            input.content = .parent(field: String(parts[1]), value: value)
            row.inputs.append(input)
        }
        return row
    }

    /// The same rows in an order that nobody expects and that is always the same.
    private static func shuffled(_ rows: [BulkJob.Row]) -> [BulkJob.Row] {
        let (even, odd) = (
            rows.indices.filter { $0.isMultiple(of: 2) },
            rows.indices.filter { !$0.isMultiple(of: 2) }
        )
        return (odd.reversed() + even).map { rows[$0] }
    }
}

extension BulkJob.Row {
    fileprivate mutating func take(_ outcome: RowOutcome, isInsert: Bool) {
        self.id = outcome.id ?? ""
        self.isCreated = outcome.errors == nil && (isInsert || outcome.isCreated == true)
        guard let first = outcome.errors?.first else { return }
        let fields = first.fields?.joined(separator: ", ") ?? ""
        self.error = "\(first.code):\(first.message):\(fields.isEmpty ? "" : fields + " ")--"
    }
}
