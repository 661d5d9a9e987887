import HTTPTransport
import WireJSON

extension MockSalesforce {
    /// The rows of a definition come in one page.
    static let definitionRowsMax = 20_000

    mutating func query(
        _ request: RESTRequest,
        _ context: WriteContext
    ) throws(RequestFailure) -> RESTReply {
        let now = context.now
        try Self.allow([.get], request)
        if request.path.count > 1 { return try self.nextPage(request, now) }
        if let statement = request.target.value("explain") {
            return try self.explain(statement, now)
        }
        guard let statement = request.target.value("q") else {
            throw RequestFailure("MALFORMED_QUERY", "A query string has to be specified")
        }
        let query = try SOQLParser.parse(statement)
        guard !Definitions.contain(query.object) else {
            var mock = self
            try mock.org.addDefinitions(for: query, context.author)
            return try mock.answer(query, statement, request, now, Self.definitionRowsMax)
        }
        return try self.answer(query, statement, request, now, self.pageRows(request))
    }

    mutating func answer(
        _ query: SOQLQuery,
        _ statement: String,
        _ request: RESTRequest,
        _ now: Int64,
        _ pageRows: Int
    ) throws(RequestFailure) -> RESTReply {
        let includesDeleted = request.path[0] == "queryAll"
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
        if let grouping = plan.grouping {
            return try Self.groupedReply(GroupedRun(run: run, grouping: grouping))
        }
        let rows = run.rows()
        if plan.isCount { return Self.countReply(rows.count) }
        let cursor = CursorStore.Cursor(
            projection: plan.projection,
            rows: rows,
            pageRows: pageRows,
            expiresAt: now + self.settings.cursorLifetime,
            includesDeleted: includesDeleted
        )
        return self.page(cursor, nil, from: 0, request, now)
    }

    private mutating func nextPage(
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

    /// One page; a cursor of its own is opened where more follow a first one.
    private mutating func page(
        _ cursor: CursorStore.Cursor,
        _ known: String?,
        from start: Int,
        _ request: RESTRequest,
        _ now: Int64
    ) -> RESTReply {
        var end = min(start + cursor.pageRows, cursor.rows.count)
        let table = self.org.tables[cursor.projection.table]
        var writer = RowWriter(org: self.org, now: now, version: request.version)
        writer.includesDeleted = cursor.includesDeleted
        writer.cursorLife = self.settings.cursorLifetime
        writer.childRowsMax = cursor.pageRows
        // A first page of many rows, or one that children cut short, opens its own cursor first.
        let opensOne = known == nil && (end < cursor.rows.count || cursor.projection.hasChildren)
        writer.firstCursor = self.cursors.next + (opensOne ? 1 : 0)
        var records = JSONWriter(reserving: (end - start) * 256 + 16)
        records.array { json in
            for place in start..<end {
                let row = cursor.rows[place]
                // A row that has gone since the query was run is left out.
                guard let version = table.rows[row].visible(at: now),
                    cursor.includesDeleted || !version.isDeleted
                else { continue }
                writer.write(row, cursor.projection, to: &json)
                // Children count as rows of the page.
                if writer.childRows + place - start + 1 >= cursor.pageRows, place + 1 < end {
                    end = place + 1
                    break
                }
            }
        }
        let isDone = end == cursor.rows.count
        var id = known
        if opensOne {
            if isDone { self.cursors.skip() } else { id = self.cursors.open(cursor, at: now) }
        }
        for cut in writer.cut { _ = self.cursors.open(cut, at: now) }
        return RESTReply.json(reserving: records.bytes.count + 128) { json in
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
                json.raw(records.bytes)
            }
        }
    }

    /// `Sforce-Query-Options: batchSize=n`, held between 200 and 2,000; it may return fewer.
    func pageRows(_ request: RESTRequest) -> Int {
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

    /// Groups come in one page or not at all.
    private static func groupedReply(_ run: GroupedRun) throws(RequestFailure) -> RESTReply {
        let groups = run.groups()
        guard groups.count <= 2000 else {
            throw RequestFailure(
                "EXCEEDED_ID_LIMIT",
                "Aggregate query does not support queryMore(), use LIMIT to restrict the results "
                    + "to a single batch"
            )
        }
        return RESTReply.json { writer in
            writer.object { writer in
                writer.member("totalSize", groups.count)
                writer.member("done", true)
                writer.name("records")
                writer.array { writer in
                    for group in groups { run.write(group, to: &writer) }
                }
            }
        }
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
        // What has left the recycle bin is in no query any more, but still in this log.
        let purged = data.rows.filter { row in
            isDeleted && row.isPurged && !row.isHidden
                && (start..<end).contains(row.current.deletedAt ?? row.current.stamp)
        }
        // What the log has been pruned of is told to nobody.
        let pruned = isDeleted ? self.prunedBefore(data) : nil
        let deleted =
            (rows.map { (data.rows[$0].id, data.rows[$0].current.stamp) }
            + purged.map { ($0.id, $0.current.deletedAt ?? $0.current.stamp) })
            .filter { $0.1 >= pruned ?? .min }
        guard deleted.count <= self.settings.replicationIDsMax else {
            throw RequestFailure(
                "EXCEEDED_ID_LIMIT",
                "More than \(self.settings.replicationIDsMax) records changed: narrow the dates"
            )
        }
        return Self.replicationReply(
            deleted,
            earliest: isDeleted ? max(now - 15 * SalesforceTime.day, pruned ?? .min) : nil,
            covered: covered
        )
    }

    /// `earliest`: of the log of deletes; without one they are ids of updates.
    private static func replicationReply(
        _ records: [(id: String, stamp: Int64)],
        earliest: Int64?,
        covered: Int64
    ) -> RESTReply {
        RESTReply.json { writer in
            writer.object { writer in
                writer.name(earliest == nil ? "ids" : "deletedRecords")
                writer.array { writer in
                    for record in records {
                        guard earliest != nil else {
                            writer.string(record.id)
                            continue
                        }
                        writer.object { writer in
                            writer.member("id", record.id)
                            writer.member("deletedDate", SalesforceTime.format(record.stamp))
                        }
                    }
                }
                if let earliest {
                    writer.member("earliestDateAvailable", SalesforceTime.format(earliest))
                }
                writer.member("latestDateCovered", SalesforceTime.format(covered))
            }
        }
    }

    /// The time of the oldest deletion that the log still has; `nil` where it has all of them.
    ///
    /// A real org prunes every two hours, the oldest first, above a size that nobody tells.
    private func prunedBefore(_ data: MockTable) -> Int64? {
        guard let max = self.settings.deleteLogMax else { return nil }
        let times = data.rows.compactMap { row in
            row.isPurged || row.current.isDeleted
                ? SalesforceTime.wholeSeconds(row.current.deletedAt ?? row.current.stamp) : nil
        }.sorted()
        let kept = Swift.max(1, max)
        return times.count > kept ? times[times.count - kept] : nil
    }

    /// Seconds are cut off on both ends.
    private static func minute(_ request: RESTRequest, _ name: String) -> Int64? {
        request.target.value(name).flatMap {
            // An unencoded plus sign arrives as a blank.
            SalesforceTime.parse($0.replacing(" ", with: "+"))
        }.map(SalesforceTime.startOfMinute)
    }
}
