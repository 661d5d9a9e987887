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
                    ? try self.moveBatchJob(job, request, context) : Self.show(job, request)
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
            return Self.exception(error, isXML: request.wantsXML(over: nil))
        }
    }

    private static func badMethod(_ request: RESTRequest) -> RequestFailure {
        RequestFailure("InvalidUrl", "\(request.method.rawValue) is not supported", status: 405)
    }

    /// Errors have their own form here.
    static func exception(_ failure: RequestFailure, isXML: Bool) -> RESTReply {
        let code = failure.errors.first?.code ?? "Unknown"
        let message = failure.errors.first?.message ?? ""
        guard !isXML else {
            let content =
                XMLNode.element("exceptionCode", code)
                + XMLNode.element("exceptionMessage", message)
            return .xml(status: failure.status, "error", content)
        }
        return Self.plainJSON(status: failure.status) { writer in
            writer.object { writer in
                writer.member("exceptionCode", code)
                writer.member("exceptionMessage", message)
            }
        }
    }

    /// Clients of this API compare the type as a whole: it names no character set.
    static func plainJSON(
        status: Int = 200,
        _ body: (inout JSONWriter) -> Void
    ) -> RESTReply {
        var reply = RESTReply.json(status: status, body)
        reply.contentType = "application/json"
        return reply
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
            var format = BulkFormat(delimiter: "COMMA", lineEnding: "LF")
        else { throw RequestFailure("InvalidJob", "Unsupported content type: \(type)") }
        format.takesAnyLineEnding = true
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
        return Self.show(job, request, status: 201)
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
        return Self.show(job, request)
    }

    private static func show(
        _ job: BatchJob,
        _ request: RESTRequest,
        status: Int = 200
    ) -> RESTReply {
        let members = Self.members(job)
        guard !request.wantsXML(over: job.content) else {
            let content = members.compactMap { name, value in
                value.map { XMLNode.element(name, $0) }
            }
            return .xml(status: status, "jobInfo", content.joined())
        }
        return Self.plainJSON(status: status) { writer in
            writer.object { writer in
                for (name, value) in members {
                    writer.name(name)
                    if let value, name.hasPrefix("number") || name == "apiVersion" {
                        writer.raw(value)
                    } else if let value {
                        writer.string(value)
                    } else {
                        writer.null()
                    }
                }
            }
        }
    }

    /// What is told of a job, in its order.
    private static func members(_ job: BatchJob) -> [(String, String?)] {
        let states = job.batches.map(\.state)
        func count(_ state: BatchJob.Batch.State) -> String {
            String(states.count { $0 == state })
        }
        return [
            ("id", job.id), ("operation", job.frame.operation.rawValue),
            ("object", job.frame.object), ("createdById", job.frame.author),
            ("createdDate", SalesforceTime.format(job.frame.createdAt)),
            ("systemModstamp", SalesforceTime.format(job.frame.changedAt)),
            ("state", job.state), ("externalIdFieldName", job.frame.externalIDName),
            ("concurrencyMode", job.isSerial ? "Serial" : "Parallel"),
            ("contentType", job.content.rawValue), ("apiVersion", job.frame.version),
            ("numberBatchesQueued", count(.queued)),
            ("numberBatchesInProgress", count(.inProgress)),
            ("numberBatchesCompleted", count(.completed)),
            ("numberBatchesFailed", count(.failed)),
            ("numberBatchesTotal", String(states.count)),
            ("numberRecordsProcessed", String(job.batches.reduce(0) { $0 + $1.processed })),
            ("numberRecordsFailed", String(job.batches.reduce(0) { $0 + $1.failed })),
            ("numberRetries", "0"),
        ]
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
        guard job.content != .json else {
            return Self.plainJSON { writer in
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
        guard job.content != .json else {
            return Self.plainJSON(status: status) { $0.raw(Self.json(batch, job)) }
        }
        let content = Self.members(batch, job).map(XMLNode.element).joined()
        return .xml(status: status, "batchInfo", content)
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
        "<batchInfo>" + Self.members(batch, job).map(XMLNode.element).joined() + "</batchInfo>"
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
        case "result" where job.content != .json:
            return .xml("result-list", XMLNode.element("result", batch.resultID))
        case "result":
            return Self.plainJSON { writer in writer.array { $0.string(batch.resultID) } }
        case .some: throw RequestFailure("InvalidUrl", "Invalid URL", status: 404)
        }
    }

    private static func data(_ bytes: [UInt8], _ job: BatchJob) -> RESTReply {
        var reply = RESTReply.csv(bytes)
        reply.contentType = job.content.mediaType
        return reply
    }
}
