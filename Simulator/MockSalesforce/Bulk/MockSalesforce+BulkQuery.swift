import Signatures
import HTTPTransport
import WireJSON

/// Bulk API 2.0 jobs that read.
extension MockSalesforce {
    private static let rowsPerPage = 250_000
    private static let pagesPerReply = 5

    mutating func makeQueryJob(
        _ request: RESTRequest,
        _ context: WriteContext
    ) throws(RequestFailure) -> RESTReply {
        let operation = try Self.operation(request, isQuery: true)
        let statement = request.body?["query"]?.string ?? ""
        let plan = try self.bulkPlan(statement, operation, context.now)
        var job = try self.newJob(request, operation, plan.table, context)
        job.id = self.bulk.nextID()
        job.statement = statement
        job.state = .uploadComplete
        self.schedule(&job, records: self.org.tables[plan.table].rows.count, at: context.now)
        self.bulk[job.id] = job
        return RESTReply.json { job.write(isNew: true, to: &$0) }
    }

    private func bulkPlan(
        _ statement: String,
        _ operation: BulkOperation,
        _ now: Int64
    ) throws(RequestFailure) -> QueryPlan {
        let planner = QueryPlanner(
            org: self.org,
            statement: Array(statement.utf8),
            now: now,
            includesDeleted: operation == .queryAll
        )
        let plan = try planner.plan(try SOQLParser.parse(statement))
        guard !plan.isCount, plan.grouping == nil, plan.offset == 0, !plan.hasTypeOf,
            !plan.projection.hasChildren
        else {
            throw RequestFailure(
                "API_ERROR",
                "Aggregate Relationships not supported in Bulk V2 Query with CSV content type"
            )
        }
        for case .address(let name, _) in plan.projection.members {
            throw RequestFailure(
                "API_ERROR",
                "Selecting compound data not supported in Bulk Query: \(name)"
            )
        }
        return plan
    }

    /// A job's plan within its range of ids.
    private func ranged(_ job: BulkJob) throws(RequestFailure) -> QueryPlan {
        var plan = try self.bulkPlan(job.statement, job.operation, job.endsAt)
        guard let range = job.range,
            let place = self.org.tables[plan.table].object.systemPlace(of: "Id")
        else { return plan }
        let id = QueryPlan.Column(table: plan.table, place: place, comparing: .id)
        var filters = [QueryPlan.Filter.compare(id, .greaterOrEqual, .key(range.from))]
        if let end = range.to { filters.append(.compare(id, .less, .key(end))) }
        if let filter = plan.filter { filters.append(filter) }
        plan.filter = .all(filters)
        return plan
    }

    /// Runs the statement as the org stands when the job ends.
    func finishQuery(_ job: inout BulkJob) {
        let includesDeleted = job.operation == .queryAll
        do throws(RequestFailure) {
            let plan = try self.ranged(job)
            let run = QueryRun(
                org: self.org,
                now: job.endsAt,
                includesDeleted: includesDeleted,
                plan: plan
            )
            let table = self.org.tables[plan.table]
            job.header = Self.columns(plan.projection, below: "")
            job.lines = run.rows().compactMap { row in
                run.visible(row, of: table).map { self.cells($0, plan.projection, job.endsAt) }
            }
        } catch {
            job.state = .failed
            job.errorMessage = error.errors.first.map { "\($0.code) : \($0.message)" }
        }
    }

    /// A query's records as the REST API writes them, but for times: they are numbers here
    /// (simple-salesforce 290, heroku/salesforce-bulk 70).
    func records(_ job: BulkJob) -> [UInt8]? {
        guard let plan = try? self.ranged(job) else { return nil }
        let run = QueryRun(
            org: self.org,
            now: job.endsAt,
            includesDeleted: job.operation == .queryAll,
            plan: plan
        )
        var rows = RowWriter(org: self.org, now: job.endsAt, version: "v" + job.version)
        rows.countsTimes = true
        rows.countsDays = self.settings.countsBulkDays
        var writer = JSONWriter()
        writer.array { list in
            for row in run.rows() { rows.write(row, plan.projection, to: &list) }
        }
        return writer.bytes
    }

    private static func columns(_ projection: Projection, below prefix: String) -> [String] {
        projection.members.flatMap { member -> [String] in
            switch member {
            case .field(let name, _, _), .address(let name, _): [prefix + name]
            case .typeName: [prefix + "Type"]
            case .formatted(let name, _), .converted(let name, _): [prefix + name]
            case .parent(let name, _, let inner):
                inner.first.map { Self.columns($0, below: prefix + name + ".") } ?? []
            case .children: []
            }
        }
    }

    private func cells(
        _ version: MockVersion?,
        _ projection: Projection,
        _ now: Int64
    ) -> [String] {
        let type = self.org.tables[projection.table].object.name
        return projection.members.flatMap { member -> [String] in
            switch member {
            case .field(_, let place, let isFractional):
                return [Self.cell(version?.value(place) ?? .null, isFractional)]
            case .address: return [""]
            case .typeName: return [version == nil ? "" : type]
            case .formatted(_, let place): return [version?.value(place).wireText ?? ""]
            case .converted(_, let place):
                guard let version else { return [""] }
                let value = self.org.converted(version.value(place), of: version, projection.table)
                return [Self.cell(value, true)]
            case .children: return []
            case .parent(_, let place, let projections):
                let id = version?.value(place).text
                for inner in projections {
                    let table = self.org.tables[inner.table]
                    guard let row = id.flatMap({ table.row(ofID: $0) }) else { continue }
                    return self.cells(table.rows[row].visible(at: now), inner, now)
                }
                return projections.first.map { self.cells(nil, $0, now) } ?? []
            }
        }
    }

    /// Times have a `Z` here, unlike in REST.
    private static func cell(_ value: Value, _ isFractional: Bool) -> String {
        switch value {
        case .datetime(let time): SalesforceTime.format(time).replacing("+0000", with: "Z")
        case .number(let text) where isFractional && Int64(text) != nil: text + ".0"
        case .null, .boolean, .number, .text: value.wireText
        }
    }

    // MARK: - Results

    func queryResult(
        _ job: BulkJob,
        _ part: String,
        _ request: RESTRequest
    ) throws(RequestFailure) -> RESTReply {
        try Self.allow([.get], request)
        guard request.path.count == 4 else { throw RequestFailure.notFound }
        guard job.state == .jobComplete else { throw Self.wrongState(job, "read") }
        let rows = try Self.rowsPerPage(request)
        let start = try Self.start(request, job)
        switch part {
        case "results": return Self.page(job, from: start, rows)
        case "resultPages": return Self.pages(job, from: start, rows, request)
        default: throw RequestFailure.notFound
        }
    }

    private static func page(_ job: BulkJob, from start: Int, _ rows: Int) -> RESTReply {
        let end = min(start + rows, job.lines.count)
        var bytes: [UInt8] = []
        job.format.write(job.header, to: &bytes)
        for line in job.lines[start..<end] { job.format.write(line, to: &bytes) }
        var reply = RESTReply.csv(bytes)
        let locator = end < job.lines.count ? Base64.encode(String(end).utf8) : "null"
        reply.headers += [
            HTTPHeader("Sforce-Locator", locator),
            HTTPHeader("Sforce-NumberOfRecords", String(end - start)),
        ]
        return reply
    }

    /// Up to five addresses that may be fetched at once.
    private static func pages(
        _ job: BulkJob,
        from start: Int,
        _ rows: Int,
        _ request: RESTRequest
    ) -> RESTReply {
        let base = "/services/data/\(request.version)/jobs/query/\(job.id)"
        let all = stride(from: start, to: max(job.lines.count, start + 1), by: rows)
        let starts = Array(all.prefix(Self.pagesPerReply))
        let next = start + starts.count * rows
        func link(_ part: String, _ place: Int) -> String {
            "\(base)/\(part)?maxRecords=\(rows)&locator=\(Base64.encode(String(place).utf8))"
        }
        return RESTReply.json { writer in
            writer.object { writer in
                writer.name("resultPages")
                writer.array { writer in
                    for place in starts {
                        writer.object { $0.member("resultUrl", link("results", place)) }
                    }
                }
                if next < job.lines.count {
                    writer.member("nextRecordsUrl", link("resultPages", next))
                }
                writer.member("done", next >= job.lines.count)
            }
        }
    }

    private static func rowsPerPage(_ request: RESTRequest) throws(RequestFailure) -> Int {
        guard let text = request.target.value("maxRecords") else { return Self.rowsPerPage }
        guard let rows = Int(text), rows > 0 else {
            throw RequestFailure("INVALIDJOB", "maxRecords is not a positive number: \(text)")
        }
        return min(rows, Self.rowsPerPage)
    }

    private static func start(
        _ request: RESTRequest,
        _ job: BulkJob
    ) throws(RequestFailure) -> Int {
        guard let text = request.target.value("locator"), !text.isEmpty else { return 0 }
        let decoded = Base64.decode(text.utf8).map { String(decoding: $0, as: UTF8.self) }
        guard let start = decoded.flatMap(Int.init), (0...job.lines.count).contains(start) else {
            throw RequestFailure("INVALID_QUERY_LOCATOR", "invalid query locator")
        }
        return start
    }
}
