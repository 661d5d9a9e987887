import HTTPTransport
import WireJSON

extension MockSalesforce {
    mutating func query(
        _ request: RESTRequest,
        _ now: Int64
    ) throws(RequestFailure) -> RESTReply {
        try Self.allow([.get], request)
        if request.path.count > 1 { return try self.nextPage(request, now) }
        guard let statement = request.target.value("q") else {
            throw RequestFailure("MALFORMED_QUERY", "A query string has to be specified")
        }
        let includesDeleted = request.path[0] == "queryAll"
        let query = try SOQLParser.parse(statement)
        let planner = QueryPlanner(
            org: self.org,
            statement: Array(statement.utf8),
            now: now,
            includesDeleted: includesDeleted
        )
        let plan = try planner.plan(query)
        let run = QueryRun(
            org: self.org,
            now: now,
            includesDeleted: includesDeleted,
            plan: plan
        )
        let rows = run.rows()
        if plan.isCount { return Self.countReply(rows.count) }
        if !plan.aggregates.isEmpty { return self.aggregateReply(plan, run, rows) }
        let cursor = CursorStore.Cursor(
            projection: plan.projection,
            rows: rows,
            pageRows: self.pageRows(request),
            expiresAt: now + self.settings.cursorLifetime,
            includesDeleted: includesDeleted
        )
        let isWhole = rows.count <= cursor.pageRows
        let id = isWhole ? nil : self.cursors.open(cursor)
        return self.page(cursor, id, from: 0, request, now)
    }

    private func nextPage(
        _ request: RESTRequest,
        _ now: Int64
    ) throws(RequestFailure) -> RESTReply {
        let parts = request.path[1].split(separator: "-")
        guard parts.count == 2, let start = Int(parts[1]),
            let cursor = self.cursors.cursor(String(parts[0]), at: now),
            start >= 0, start < cursor.rows.count
        else { throw RequestFailure("INVALID_QUERY_LOCATOR", "invalid query locator") }
        return self.page(cursor, String(parts[0]), from: start, request, now)
    }

    private func page(
        _ cursor: CursorStore.Cursor,
        _ id: String?,
        from start: Int,
        _ request: RESTRequest,
        _ now: Int64
    ) -> RESTReply {
        let end = min(start + cursor.pageRows, cursor.rows.count)
        let isDone = end == cursor.rows.count
        let table = self.org.tables[cursor.projection.table]
        let writer = RowWriter(org: self.org, now: now, version: request.version)
        return RESTReply.json(reserving: (end - start) * 256 + 128) { json in
            json.object { json in
                json.member("totalSize", cursor.rows.count)
                json.member("done", isDone)
                if !isDone, let id {
                    json.member(
                        "nextRecordsUrl",
                        "/services/data/\(request.version)/query/\(id)-\(end)"
                    )
                }
                json.name("records")
                json.array { json in
                    for row in cursor.rows[start..<end] {
                        // A row that has gone since the query was run is left out.
                        guard let version = table.rows[row].visible(at: now),
                            cursor.includesDeleted || !version.isDeleted
                        else { continue }
                        writer.write(row, cursor.projection, to: &json)
                    }
                }
            }
        }
    }

    /// `Sforce-Query-Options: batchSize=n`, held between 200 and 2,000; it may return fewer.
    private func pageRows(_ request: RESTRequest) -> Int {
        var rows = 2000
        for option in (request.header("Sforce-Query-Options") ?? "").split(separator: ",") {
            let parts = option.split(separator: "=")
            if parts.count == 2, parts[0].lowercased().hasSuffix("batchsize"),
                let asked = Int(parts[1])
            {
                rows = min(2000, max(200, asked))
            }
        }
        return max(1, min(rows, self.settings.pageRowsMax))
    }

    private static func countReply(_ count: Int) -> RESTReply {
        RESTReply.json { writer in
            writer.object { writer in
                writer.member("totalSize", count)
                writer.member("done", true)
                writer.name("records")
                writer.array { _ in }
            }
        }
    }

    private func aggregateReply(_ plan: QueryPlan, _ run: QueryRun, _ rows: [Int]) -> RESTReply {
        let table = self.org.tables[plan.table]
        return RESTReply.json { writer in
            writer.object { writer in
                writer.member("totalSize", 1)
                writer.member("done", true)
                writer.name("records")
                writer.array { writer in
                    writer.object { writer in
                        writer.name("attributes")
                        writer.object { $0.member("type", "AggregateResult") }
                        for aggregate in plan.aggregates {
                            let values = rows.compactMap { row in
                                table.rows[row].visible(at: run.now).map {
                                    run.value(aggregate.column, $0)
                                }
                            }.filter { !$0.isNull }
                            writer.name(aggregate.alias)
                            Self.write(aggregate.function, values, to: &writer)
                        }
                    }
                }
            }
        }
    }

    private static func write(_ function: String, _ values: [Value], to writer: inout JSONWriter) {
        if function == "COUNT" {
            writer.integer(values.count)
            return
        }
        let sorted = values.sorted { left, right in
            switch (left, right) {
            case (.number(let one), .number(let two)):
                (Double(one) ?? 0) < (Double(two) ?? 0)
            case (.datetime(let one), .datetime(let two)): one < two
            case (.null, _), (.boolean, _), (.number, _), (.text, _), (.datetime, _):
                left.wireText < right.wireText
            }
        }
        let value = function == "MAX" ? sorted.last : sorted.first
        RowWriter.write(value ?? .null, isFractional: false, to: &writer)
    }

    /// `updated/` and `deleted/`: ids changed between two minutes.
    func replication(
        _ table: Int,
        _ request: RESTRequest,
        _ now: Int64
    ) throws(RequestFailure) -> RESTReply {
        guard let start = Self.minute(request, "start"), let end = Self.minute(request, "end")
        else {
            throw RequestFailure("INVALID_REPLICATION_DATE", "start and end date are required")
        }
        let isDeleted = request.path[2] == "deleted"
        guard isDeleted ? end > start + 60_000 : end > start else {
            throw RequestFailure(
                "INVALID_REPLICATION_DATE",
                "startDate before org replication enabled date"
            )
        }
        let days: Int64 = isDeleted ? 15 : 30
        guard start >= now - days * SalesforceTime.day else {
            throw RequestFailure(
                "INVALID_REPLICATION_DATE",
                "startDate cannot be more than \(days) days ago"
            )
        }
        let data = self.org.tables[table]
        // A transaction that has taken its stamp and not committed holds the cover back.
        let open = data.rows.filter { $0.current.visibleAt > now }.map(\.current.stamp).min()
        let covered = SalesforceTime.startOfMinute(min(end, open ?? end, now))
        let rows = data.candidates(stampedSince: start).sorted().filter { row in
            guard let version = data.rows[row].visible(at: now), !data.rows[row].isHidden else {
                return false
            }
            return version.isDeleted == isDeleted && (start..<end).contains(version.stamp)
        }
        return RESTReply.json { writer in
            writer.object { writer in
                writer.name(isDeleted ? "deletedRecords" : "ids")
                writer.array { writer in
                    for row in rows {
                        guard isDeleted else {
                            writer.string(data.rows[row].id)
                            continue
                        }
                        writer.object { writer in
                            writer.member("id", data.rows[row].id)
                            let stamp = data.rows[row].visible(at: now)?.stamp ?? 0
                            writer.member("deletedDate", SalesforceTime.format(stamp))
                        }
                    }
                }
                if isDeleted {
                    let earliest = SalesforceTime.format(now - 15 * SalesforceTime.day)
                    writer.member("earliestDateAvailable", earliest)
                }
                writer.member("latestDateCovered", SalesforceTime.format(covered))
            }
        }
    }

    /// Seconds are cut off on both ends.
    private static func minute(_ request: RESTRequest, _ name: String) -> Int64? {
        request.target.value(name).flatMap {
            // An unencoded plus sign arrives as a blank.
            SalesforceTime.parse($0.replacing(" ", with: "+"))
        }.map(SalesforceTime.startOfMinute)
    }
}
