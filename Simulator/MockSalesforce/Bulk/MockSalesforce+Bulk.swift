import HTTPTransport
import WireJSON

/// Bulk API 2.0: jobs that the org works off by itself.
extension MockSalesforce {
    mutating func jobRoute(
        _ request: RESTRequest,
        _ context: WriteContext
    ) throws(RequestFailure) -> RESTReply {
        guard request.path.count > 1, ["ingest", "query"].contains(request.path[1]) else {
            throw RequestFailure.notFound
        }
        let isQuery = request.path[1] == "query"
        guard request.path.count > 2 else {
            try Self.allow([.get, .post], request)
            guard request.method == .post else { return self.jobList(isQuery, request) }
            return isQuery
                ? try self.makeQueryJob(request, context) : try self.makeIngestJob(request, context)
        }
        let job = try self.job(request, isQuery)
        switch request.path.dropFirst(3).first {
        case .none: return try self.jobResource(job, request, context)
        case .some(let part) where isQuery: return try self.queryResult(job, part, request)
        case .some(let part): return try self.ingestData(job, part, request, context)
        }
    }

    /// The job of a request; other API versions than the one that made it must not touch it.
    private func job(
        _ request: RESTRequest,
        _ isQuery: Bool
    ) throws(RequestFailure) -> BulkJob {
        guard let id = SalesforceID.canonical(request.path[2]), let job = self.bulk[id],
            job.operation.isQuery == isQuery
        else { throw RequestFailure.notFound }
        guard request.version == "v" + job.version else {
            throw RequestFailure(
                "API_ERROR",
                "The job \(job.id) was made with API version \(job.version)",
                status: 409
            )
        }
        return job
    }

    private func jobList(_ isQuery: Bool, _ request: RESTRequest) -> RESTReply {
        let jobs = self.bulk.all.filter { $0.operation.isQuery == isQuery }
        return RESTReply.json { writer in
            writer.object { writer in
                writer.member("done", true)
                writer.name("records")
                writer.array { writer in
                    for job in jobs { job.write(isNew: true, to: &writer) }
                }
                writer.name("nextRecordsUrl")
                writer.null()
            }
        }
    }

    private mutating func jobResource(
        _ job: BulkJob,
        _ request: RESTRequest,
        _ context: WriteContext
    ) throws(RequestFailure) -> RESTReply {
        try Self.allow([.get, .patch, .delete], request)
        var job = job
        switch request.method {
        case .delete:
            guard job.state.isFinal else { throw Self.wrongState(job, "deleted") }
            self.bulk[job.id] = nil
            return RESTReply(status: 204)
        case .patch:
            try self.move(&job, to: request.body?["state"]?.string ?? "", context)
            self.bulk[job.id] = job
            return RESTReply.json { job.write(isNew: true, to: &$0) }
        case .get, .post, .put: return RESTReply.json { job.write(isNew: false, to: &$0) }
        }
    }

    private func move(
        _ job: inout BulkJob,
        to state: String,
        _ context: WriteContext
    ) throws(RequestFailure) {
        switch BulkState(rawValue: state) {
        case .aborted where !job.state.isFinal:
            job.state = .aborted
        case .uploadComplete where job.state == .open && !job.operation.isQuery:
            job.state = .uploadComplete
            self.schedule(&job, records: 0, at: context.now)
        case .aborted, .uploadComplete: throw Self.wrongState(job, "moved to \(state)")
        case .open, .inProgress, .jobComplete, .failed, .none:
            throw RequestFailure("INVALIDJOB", "Invalid state \(state): UploadComplete or Aborted")
        }
        job.changedAt = context.now
    }

    func schedule(_ job: inout BulkJob, records: Int, at now: Int64) {
        job.startsAt = now + self.settings.bulkQueueTime
        let lines = job.upload?.count { $0 == 0x0A } ?? records
        let batches = Int64(max(1, (lines + 9_999) / 10_000))
        job.endsAt = job.startsAt + batches * self.settings.bulkBatchTime
    }

    /// What the org has done by then: jobs that it took up and jobs that it is through with.
    mutating func runJobs(at now: Int64) {
        for var job in self.bulk.due(at: now) {
            job.state = .inProgress
            job.changedAt = job.startsAt
            if job.endsAt <= now {
                job.changedAt = job.endsAt
                job.state = .jobComplete
                if let rights = self.org.rights(of: job.author) { self.org.restrict(to: rights) }
                if job.operation.isQuery { self.finishQuery(&job) } else { self.ingest(&job) }
                if self.org.checksRights { self.org.restrict(to: nil) }
            }
            self.bulk[job.id] = job
        }
    }

    // MARK: - Requests

    func newJob(
        _ request: RESTRequest,
        _ operation: BulkOperation,
        _ table: Int,
        _ context: WriteContext
    ) throws(RequestFailure) -> BulkJob {
        let body = request.body
        let contentType = body?["contentType"]?.string ?? "CSV"
        guard contentType == "CSV" else {
            throw RequestFailure("INVALIDJOB", "Unsupported content type \(contentType): CSV only")
        }
        guard
            let format = BulkFormat(
                delimiter: body?["columnDelimiter"]?.string ?? "COMMA",
                lineEnding: body?["lineEnding"]?.string ?? "LF"
            )
        else { throw RequestFailure("INVALIDJOB", "Unknown columnDelimiter or lineEnding") }
        return BulkJob(
            id: "",
            operation: operation,
            table: table,
            object: self.org.tables[table].object.name,
            format: format,
            version: String(request.version.dropFirst()),
            author: context.author,
            createdAt: context.now,
            changedAt: context.now
        )
    }

    static func operation(
        _ request: RESTRequest,
        isQuery: Bool
    ) throws(RequestFailure) -> BulkOperation {
        let name = request.body?["operation"]?.string ?? ""
        guard let operation = BulkOperation(rawValue: name), operation.isQuery == isQuery else {
            throw RequestFailure("INVALIDJOB", "Unknown operation '\(name)'")
        }
        return operation
    }

    static func wrongState(_ job: BulkJob, _ what: String) -> RequestFailure {
        RequestFailure(
            "INVALIDJOBSTATE",
            "The job \(job.id) is \(job.state.rawValue) and cannot be \(what)",
            status: 409
        )
    }
}
