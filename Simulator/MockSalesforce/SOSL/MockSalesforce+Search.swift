import HTTPTransport
import WireJSON

/// SOSL: words in any text of any object.
extension MockSalesforce {
    private static let searchable = [
        "Account", "Contact", "Lead", "Opportunity", "Case", "Campaign", "Task", "Event", "User",
    ]

    mutating func search(
        _ request: RESTRequest,
        _ now: Int64
    ) throws(RequestFailure) -> RESTReply {
        try Self.allow([.get], request)
        guard request.path.count == 1 else { throw RequestFailure.notFound }
        guard let statement = request.target.value("q") else {
            throw RequestFailure("MALFORMED_SEARCH", "A search string has to be specified")
        }
        return try self.search(SOSLQuery(statement), request, now)
    }

    mutating func search(
        _ query: SOSLQuery,
        _ request: RESTRequest,
        _ now: Int64
    ) throws(RequestFailure) -> RESTReply {
        let returning =
            query.returning.isEmpty
            ? self.searchableObjects.map {
                SOSLQuery.Returning(object: $0, statement: "SELECT Id FROM \($0)")
            } : query.returning
        var found: [(projection: Projection, rows: [Int])] = []
        var left = query.limit
        for part in returning {
            let (projection, rows) = try self.searched(part, query, now)
            found.append((projection, Array(rows.prefix(left))))
            left -= min(left, rows.count)
        }
        var writer = RowWriter(org: self.org, now: now, version: request.version)
        return RESTReply.json { json in
            json.object { json in
                json.name("searchRecords")
                json.array { json in
                    for part in found {
                        for row in part.rows { writer.write(row, part.projection, to: &json) }
                    }
                }
            }
        }
    }

    /// Where words are looked for that name no object.
    private var searchableObjects: [String] {
        Self.searchable.filter { self.org.table($0) != nil }
            + self.org.tables.map(\.object).filter { $0.isCustom && $0.access.isReadable }.map(
                \.name
            )
    }

    /// One object's rows that the search finds, in the order of its own clauses.
    private func searched(
        _ part: SOSLQuery.Returning,
        _ query: SOSLQuery,
        _ now: Int64
    ) throws(RequestFailure) -> (Projection, [Int]) {
        let planner = QueryPlanner(
            org: self.org,
            statement: Array(part.statement.utf8),
            now: now,
            includesDeleted: false
        )
        var plan = try planner.plan(try SOQLParser.parse(part.statement))
        // The words are looked for before the limit counts.
        let limit = plan.limit
        plan.limit = nil
        let table = self.org.tables[plan.table]
        let places = table.object.fields.indices.filter {
            Self.isSearched(table.object.fields[$0], query.scope)
        }
        let run = QueryRun(org: self.org, now: now, includesDeleted: false, plan: plan)
        let rows = run.rows().filter { row in
            guard let version = run.visible(row, of: table) else { return false }
            let texts = places.compactMap { version.value($0).text }
            return query.condition?.holds(texts) ?? false
        }
        return (plan.projection, Array(rows.prefix(limit ?? rows.count)))
    }

    private static func isSearched(_ field: MockField, _ scope: SOSLQuery.Scope) -> Bool {
        guard field.isVisible else { return false }
        let names = ["Name", "FirstName", "LastName", "Subject"]
        switch scope {
        case .name: return names.contains(field.name)
        case .email: return field.type == .email
        case .phone: return field.type == .phone
        case .sidebar:
            return names.contains(field.name) || field.type == .email || field.type == .phone
        case .all: break
        }
        switch field.type {
        case .string, .textarea, .picklist, .multipicklist, .email, .phone, .url, .combobox:
            return true
        case .id, .reference, .boolean, .int, .double, .currency, .percent, .date, .datetime, .time,
            .address, .encryptedstring:
            return false
        }
    }
}
