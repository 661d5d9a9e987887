import HTTPTransport
import WireJSON

/// The first Bulk API, `/services/async/…`: old, and what many tools still speak.
extension MockSalesforce {
    mutating func batchRoute(_ request: RESTRequest, _ context: WriteContext) -> RESTReply {
        do throws(RequestFailure) {
            guard request.path.first == "job", Double(request.version) != nil else {
                throw RequestFailure("InvalidUrl", "Invalid URL", status: 404)
            }
            guard request.path.count > 1 else {
                guard request.method == .post else { throw Self.badMethod(request) }
                return try self.makeBatchJob(request, context)
            }
            guard let id = SalesforceID.canonical(request.path[1]), let job = self.batches[id]
            else { throw RequestFailure("InvalidJob", "Invalid job id: \(request.path[1])") }
            guard request.path.count > 2 else {
                return request.method == .post
                    ? try self.moveBatchJob(job, request, context) : Self.show(job)
            }
            guard request.path[2] == "batch" else {
                throw RequestFailure("InvalidUrl", "Invalid URL", status: 404)
            }
            guard request.path.count > 3 else {
                return request.method == .post
                    ? try self.addBatch(job, request, context) : Self.list(job)
            }
            return try Self.batchPart(job, request)
        } catch {
            return Self.exception(error)
        }
    }

    private static func badMethod(_ request: RESTRequest) -> RequestFailure {
        RequestFailure("InvalidUrl", "\(request.method.rawValue) is not supported", status: 405)
    }

    /// Errors have their own form here.
    private static func exception(_ failure: RequestFailure) -> RESTReply {
        let first = failure.errors.first
        return RESTReply.json(status: failure.status) { writer in
            writer.object { writer in
                writer.member("exceptionCode", first?.code ?? "Unknown")
                writer.member("exceptionMessage", first?.message ?? "")
            }
        }
    }

    // MARK: - Jobs

    private mutating func makeBatchJob(
        _ request: RESTRequest,
        _ context: WriteContext
    ) throws(RequestFailure) -> RESTReply {
        let name = request.body?["operation"]?.string ?? ""
        guard let operation = BulkOperation(rawValue: name) else {
            throw RequestFailure("InvalidJob", "Unknown operation: \(name)")
        }
        let object = request.body?["object"]?.string ?? ""
        guard let table = self.org.readableTable(object) else {
            throw RequestFailure("InvalidJob", "Unable to find object: \(object)")
        }
        let type = request.body?["contentType"]?.string ?? "CSV"
        guard let content = BatchJob.Content(rawValue: type),
            let format = BulkFormat(delimiter: "COMMA", lineEnding: "LF")
        else { throw RequestFailure("InvalidJob", "Unsupported content type: \(type)") }
        var frame = BulkJob(
            id: self.batches.nextID("750"),
            operation: operation,
            table: table,
            object: self.org.tables[table].object.name,
            format: format,
            version: request.version,
            author: context.author,
            createdAt: context.now,
            changedAt: context.now
        )
        if operation == .upsert {
            let key = request.body?["externalIdFieldName"]?.string ?? ""
            guard let place = self.org.tables[table].object.place(of: key) else {
                throw RequestFailure("InvalidJob", "Field name provided, \(key) does not exist")
            }
            frame.externalID = place
            frame.externalIDName = key
        }
        let mode = request.body?["concurrencyMode"]
        let isSerial = mode?.string == "Serial" || mode?.integer == 1
        var job = BatchJob(id: frame.id, frame: frame, content: content, isSerial: isSerial)
        if operation.isQuery { job.chunking = try Self.chunking(request) }
        self.batches[job.id] = job
        return Self.show(job, status: 201)
    }

    private mutating func moveBatchJob(
        _ job: BatchJob,
        _ request: RESTRequest,
        _ context: WriteContext
    ) throws(RequestFailure) -> RESTReply {
        let state = request.body?["state"]?.string ?? ""
        guard job.state == "Open", state == "Closed" || state == "Aborted" else {
            throw RequestFailure("InvalidJobState", "Job is \(job.state)")
        }
        var job = job
        job.state = state
        job.frame.changedAt = context.now
        self.batches[job.id] = job
        return Self.show(job)
    }

    private static func show(_ job: BatchJob, status: Int = 200) -> RESTReply {
        RESTReply.json(status: status) { writer in
            writer.object { writer in
                writer.member("id", job.id)
                writer.member("operation", job.frame.operation.rawValue)
                writer.member("object", job.frame.object)
                writer.member("createdById", job.frame.author)
                writer.member("createdDate", SalesforceTime.format(job.frame.createdAt))
                writer.member("systemModstamp", SalesforceTime.format(job.frame.changedAt))
                writer.member("state", job.state)
                writer.name("externalIdFieldName")
                if let name = job.frame.externalIDName {
                    writer.string(name)
                } else {
                    writer.null()
                }
                writer.member("concurrencyMode", job.isSerial ? "Serial" : "Parallel")
                writer.member("contentType", job.content.rawValue)
                writer.name("apiVersion")
                writer.raw(job.frame.version)
                let states = job.batches.map(\.state)
                writer.member("numberBatchesQueued", states.count { $0 == .queued })
                writer.member("numberBatchesInProgress", states.count { $0 == .inProgress })
                writer.member("numberBatchesCompleted", states.count { $0 == .completed })
                writer.member("numberBatchesFailed", states.count { $0 == .failed })
                writer.member("numberBatchesTotal", states.count)
                writer.member(
                    "numberRecordsProcessed",
                    job.batches.reduce(0) { $0 + $1.processed }
                )
                writer.member("numberRecordsFailed", job.batches.reduce(0) { $0 + $1.failed })
                writer.member("numberRetries", 0)
            }
        }
    }

    // MARK: - Batches

    private mutating func addBatch(
        _ job: BatchJob,
        _ request: RESTRequest,
        _ context: WriteContext
    ) throws(RequestFailure) -> RESTReply {
        guard job.state == "Open" else {
            throw RequestFailure("InvalidJobState", "Job is \(job.state)")
        }
        guard request.bytes.count <= 10_000_000 else {
            throw RequestFailure("ClientInputError", "A batch has 10 MB at most")
        }
        var job = job
        let starts = context.now + self.settings.bulkQueueTime
        job.batches.append(
            BatchJob.Batch(
                id: self.batches.nextID("751"),
                resultID: self.batches.nextID("752"),
                createdAt: context.now,
                changedAt: context.now,
                startsAt: starts,
                endsAt: starts + self.settings.bulkBatchTime,
                request: request.bytes
            )
        )
        self.batches[job.id] = job
        return Self.show(job.batches[job.batches.count - 1], job, status: 201)
    }

    private static func list(_ job: BatchJob) -> RESTReply {
        guard job.content == .csv else {
            return RESTReply.json { writer in
                writer.object { writer in
                    writer.name("batchInfo")
                    writer.array { list in
                        for batch in job.batches { list.raw(Self.json(batch, job)) }
                    }
                }
            }
        }
        let infos = job.batches.map { Self.xml($0, job) }.joined()
        return .xml("batchInfoList", infos)
    }

    private static func show(
        _ batch: BatchJob.Batch,
        _ job: BatchJob,
        status: Int = 200
    ) -> RESTReply {
        guard job.content == .csv else {
            return RESTReply(status: status, body: Self.json(batch, job))
        }
        var reply = RESTReply.xml("batchInfo", Self.members(batch, job).map(Self.element).joined())
        reply.status = status
        return reply
    }

    /// What is told of a batch, in its order.
    private static func members(_ batch: BatchJob.Batch, _ job: BatchJob) -> [(String, String)] {
        let isDone = batch.state == .completed || batch.state == .failed
        return [
            ("id", batch.id), ("jobId", job.id), ("state", batch.state.rawValue),
        ] + (batch.stateMessage.map { [("stateMessage", $0)] } ?? []) + [
            ("createdDate", SalesforceTime.format(batch.createdAt)),
            ("systemModstamp", SalesforceTime.format(batch.changedAt)),
            ("numberRecordsProcessed", String(batch.processed)),
            ("numberRecordsFailed", String(batch.failed)),
            ("totalProcessingTime", isDone ? String(batch.endsAt - batch.startsAt) : "0"),
            ("apiActiveProcessingTime", "0"), ("apexProcessingTime", "0"),
        ]
    }

    private static func json(_ batch: BatchJob.Batch, _ job: BatchJob) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            for (name, value) in Self.members(batch, job) {
                writer.name(name)
                if name.hasPrefix("number") || name.hasSuffix("Time") {
                    writer.raw(value)
                } else {
                    writer.string(value)
                }
            }
        }
        return writer.bytes
    }

    private static func xml(_ batch: BatchJob.Batch, _ job: BatchJob) -> String {
        "<batchInfo>" + Self.members(batch, job).map(Self.element).joined() + "</batchInfo>"
    }

    private static func element(_ name: String, _ value: String) -> String {
        let text = value.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            .replacing(">", with: "&gt;")
        return "<\(name)>\(text)</\(name)>"
    }

    /// One batch, what it was asked and what became of it.
    private static func batchPart(
        _ job: BatchJob,
        _ request: RESTRequest
    ) throws(RequestFailure) -> RESTReply {
        guard request.method == .get else { throw Self.badMethod(request) }
        let id = SalesforceID.canonical(request.path[3])
        guard let batch = job.batches.first(where: { $0.id == id }) else {
            throw RequestFailure("InvalidBatch", "Invalid batch id: \(request.path[3])")
        }
        let parts = Array(request.path.dropFirst(4))
        let isData = parts.first == "result" && (parts.count > 1 || !job.frame.operation.isQuery)
        switch parts.first {
        case .none: return Self.show(batch, job)
        case "request": return Self.data(batch.request, job)
        case "result" where batch.state != .completed:
            throw RequestFailure("InvalidBatch", "Batch is \(batch.state.rawValue)")
        case "result" where isData: return Self.data(batch.result, job)
        case "result" where job.content == .csv:
            return .xml("result-list", Self.element("result", batch.resultID))
        case "result":
            return RESTReply.json { writer in writer.array { $0.string(batch.resultID) } }
        case .some: throw RequestFailure("InvalidUrl", "Invalid URL", status: 404)
        }
    }

    private static func data(_ bytes: [UInt8], _ job: BatchJob) -> RESTReply {
        job.content == .csv ? .csv(bytes) : RESTReply(status: 200, body: bytes)
    }
}
