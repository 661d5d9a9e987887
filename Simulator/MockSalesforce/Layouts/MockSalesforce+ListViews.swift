import HTTPTransport
import WireJSON

/// `/sobjects/{object}/listviews`, one of them, its describe and its results.
extension MockSalesforce {
    private static let listRowsMax = 2_000
    private static let listRowsDefault = 25

    func isListView(_ request: RESTRequest) -> Bool {
        (3...5).contains(request.path.count) && request.path[2] == "listviews"
    }

    func listViews(
        _ table: Int,
        _ request: RESTRequest,
        _ now: Int64
    ) throws(RequestFailure) -> RESTReply {
        try Self.allow([.get], request)
        let views = ListView.all(of: self.org.tables[table].object, table: table)
        guard let first = views.first else { throw RequestFailure.notFound }
        // Reads over the API are no views: nobody has looked at one.
        guard request.path.count > 3, request.path[3] != "recent" else {
            let listed = request.path.count == 3 ? views : []
            return RESTReply.json { writer in
                writer.object { writer in
                    writer.member("done", true)
                    writer.name("listviews")
                    writer.array { writer in
                        for view in listed { Self.write(view, request.version, to: &writer) }
                    }
                    writer.name("nextRecordsUrl")
                    writer.null()
                    writer.member("size", listed.count)
                    writer.member("sobjectType", first.object)
                }
            }
        }
        let id = SalesforceID.canonical(request.path[3])
        guard let view = views.first(where: { $0.id == id }) else { throw RequestFailure.notFound }
        guard request.path.count == 5 else {
            return RESTReply.json { Self.write(view, request.version, to: &$0) }
        }
        switch request.path[4] {
        case "describe": return Self.describe(view)
        case "results": return try self.results(view, request, now)
        default: throw RequestFailure.notFound
        }
    }

    private static func write(
        _ view: ListView,
        _ version: String,
        to writer: inout JSONWriter
    ) {
        let url = "/services/data/\(version)/sobjects/\(view.object)/listviews/\(view.id)"
        writer.object { writer in
            writer.member("describeUrl", url + "/describe")
            writer.member("developerName", view.developerName)
            writer.member("id", view.id)
            writer.member("label", view.label)
            writer.member("resultsUrl", url + "/results")
            writer.member("soqlCompatible", true)
            writer.member("url", url)
        }
    }

    private static func describe(_ view: ListView) -> RESTReply {
        RESTReply.json { writer in
            writer.object { writer in
                self.writeColumns(view, to: &writer)
                writer.member("id", view.id)
                writer.name("orderBy")
                writer.array { writer in
                    for name in view.order {
                        writer.object { writer in
                            writer.member("fieldNameOrPath", name)
                            writer.member("nullsPosition", "first")
                            writer.member("sortDirection", "ascending")
                        }
                    }
                }
                writer.member("query", view.query)
                writer.name("scope")
                if view.isOfThisWeek { writer.null() } else { writer.string("everything") }
                writer.member("sobjectType", view.object)
                writer.name("whereCondition")
                writer.object { writer in
                    guard view.isOfThisWeek else { return }
                    writer.member("field", "CreatedDate")
                    writer.member("operator", "equals")
                    writer.name("values")
                    writer.array { $0.string("THIS_WEEK") }
                }
            }
        }
    }

    private static func writeColumns(_ view: ListView, to writer: inout JSONWriter) {
        writer.name("columns")
        writer.array { writer in
            for (place, (field, isHidden)) in view.columns.enumerated() {
                let labels = isHidden ? nil : self.sortLabels(field)
                writer.object { writer in
                    self.writeText("ascendingLabel", labels?.ascending, to: &writer)
                    self.writeText("descendingLabel", labels?.descending, to: &writer)
                    writer.member("fieldNameOrPath", field.name)
                    writer.member("hidden", isHidden)
                    writer.member("label", field.label)
                    writer.member("selectListItem", ListView.selected(field))
                    self.writeText("sortDirection", place == 0 ? "ascending" : nil, to: &writer)
                    writer.name("sortIndex")
                    if place == 0 { writer.integer(0) } else { writer.null() }
                    writer.member("sortable", !isHidden)
                    writer.member("type", field.type.rawValue)
                }
            }
        }
    }

    /// As the guide's example has them, for texts, telephone numbers and picklists.
    private static func sortLabels(
        _ field: MockField
    ) -> (ascending: String, descending: String) {
        switch field.type {
        case .phone: ("9-0", "0-9")
        case .picklist: ("Low to High", "High to Low")
        case .date, .datetime, .time: ("New to Old", "Old to New")
        case .int, .double, .currency, .percent: ("High to Low", "Low to High")
        case .id, .string, .textarea, .multipicklist, .reference, .boolean, .email, .url,
            .address, .combobox, .encryptedstring:
            ("Z-A", "A-Z")
        }
    }

    private func results(
        _ view: ListView,
        _ request: RESTRequest,
        _ now: Int64
    ) throws(RequestFailure) -> RESTReply {
        let limit = try Self.count("limit", request, 1...Self.listRowsMax, Self.listRowsDefault)
        let offset = try Self.count("offset", request, 0...Int(Int32.max), 0)
        let planner = QueryPlanner(
            org: self.org,
            statement: Array(view.query.utf8),
            now: now,
            includesDeleted: false
        )
        let plan = try planner.plan(SOQLParser.parse(view.query))
        let rows = QueryRun(org: self.org, now: now, includesDeleted: false, plan: plan).rows()
        let table = self.org.tables[plan.table]
        let page = rows.dropFirst(offset).prefix(limit)
        return RESTReply.json(reserving: 1_024 + page.count * 512) { writer in
            writer.object { writer in
                Self.writeColumns(view, to: &writer)
                writer.member("developerName", view.developerName)
                writer.member("done", offset + page.count >= rows.count)
                writer.member("id", view.id)
                writer.member("label", view.label)
                writer.name("records")
                writer.array { writer in
                    for row in page {
                        guard let version = table.rows[row].visible(at: now) else { continue }
                        Self.write(version, view, table.object, to: &writer)
                    }
                }
                writer.member("size", page.count)
            }
        }
    }

    private static func write(
        _ version: MockVersion,
        _ view: ListView,
        _ object: MockObject,
        to writer: inout JSONWriter
    ) {
        writer.object { writer in
            writer.name("columns")
            writer.array { writer in
                for (field, _) in view.columns {
                    let value = object.place(of: field.name).map { version.value($0) } ?? .null
                    writer.object { writer in
                        writer.member("fieldNameOrPath", field.name)
                        self.writeText("value", self.shown(value), to: &writer)
                    }
                }
            }
        }
    }

    /// A value as results have it: always text, and times as Java prints them.
    private static func shown(_ value: Value) -> String? {
        switch value {
        case .null: nil
        case .boolean, .number, .text: value.wireText
        case .datetime(let milliseconds): SalesforceTime.formatJava(milliseconds)
        }
    }

    private static func writeText(
        _ name: String,
        _ text: String?,
        to writer: inout JSONWriter
    ) {
        writer.name(name)
        if let text { writer.string(text) } else { writer.null() }
    }

    private static func count(
        _ name: String,
        _ request: RESTRequest,
        _ range: ClosedRange<Int>,
        _ standard: Int
    ) throws(RequestFailure) -> Int {
        guard let text = request.target.value(name) else { return standard }
        guard let number = Int(text), range.contains(number) else {
            throw RequestFailure("INVALID_FIELD", "\(name): value not of required type: \(text)")
        }
        return number
    }
}
