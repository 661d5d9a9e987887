import WireJSON

/// Writes rows as the REST API does.
struct RowWriter: Sendable {
    let org: MockOrg
    let now: Int64
    /// `v62.0`, for the urls in `attributes`.
    let version: String
    var includesDeleted = false
    /// Whether times are milliseconds since 1970, as the first Bulk API's JSON has them.
    var countsTimes = false
    /// Whether days are numbers too, of their midnight.
    var countsDays = false
    /// The most rows of a child relationship in one piece; more of them get a cursor.
    var childRowsMax = 2000
    /// Rows of child relationships that were written so far.
    private(set) var childRows = 0
    /// What the caller has to open, in this order: child relationships that did not fit.
    private(set) var cut: [CursorStore.Cursor] = []
    /// The number that the first of them will have.
    var firstCursor = 0
    var cursorLife: Int64 = 0

    init(org: MockOrg, now: Int64, version: String) {
        self.org = org
        self.now = now
        self.version = version
    }

    mutating func write(_ row: Int, _ projection: Projection, to writer: inout JSONWriter) {
        let table = self.org.tables[projection.table]
        guard let version = table.rows[row].visible(at: self.now) else {
            writer.null()
            return
        }
        self.write(table.rows[row].id, version, projection, to: &writer)
    }

    private mutating func write(
        _ id: String,
        _ version: MockVersion,
        _ projection: Projection,
        to writer: inout JSONWriter
    ) {
        let type = self.org.tables[projection.table].object.name
        writer.object { writer in
            writer.name("attributes")
            writer.object { writer in
                writer.member("type", type)
                writer.member("url", "/services/data/\(self.version)/sobjects/\(type)/\(id)")
            }
            for member in projection.members {
                self.write(member, id, type, version, to: &writer)
            }
        }
    }

    private mutating func write(
        _ member: Projection.Member,
        _ id: String,
        _ type: String,
        _ version: MockVersion,
        to writer: inout JSONWriter
    ) {
        switch member {
        case .field(let name, let place, let isFractional):
            writer.name(name)
            if let time = self.counted(version.value(place), type, place) {
                writer.raw(String(time))
            } else {
                Self.write(version.value(place), isFractional: isFractional, to: &writer)
            }
        case .address(let name, let components):
            writer.name(name)
            guard components.contains(where: { !version.value($0.place).isNull }) else {
                writer.null()
                return
            }
            writer.object { writer in
                for component in components {
                    writer.name(component.key)
                    Self.write(version.value(component.place), isFractional: true, to: &writer)
                }
            }
        case .parent(let name, let place, let projections):
            writer.name(name)
            self.writeParent(version.value(place).text, projections, to: &writer)
        case .typeName: writer.member("Type", type == "Group" ? "Queue" : type)
        case .formatted(let name, let place):
            writer.name(name)
            let value = version.value(place)
            if value.isNull { writer.null() } else { writer.string(value.wireText) }
        case .converted(let name, let place):
            writer.name(name)
            let table = self.org.table(type) ?? 0
            let value = self.org.converted(version.value(place), of: version, table)
            Self.write(value, isFractional: true, to: &writer)
        case .children(let name, let plan, let reference):
            writer.name(name)
            self.writeChildren(of: id, plan, reference, to: &writer)
        }
    }

    /// The milliseconds of a time or a day that is written as a number.
    private func counted(_ value: Value, _ type: String, _ place: Int) -> Int64? {
        if self.countsTimes, case .datetime(let time) = value { return time }
        guard self.countsDays, let table = self.org.table(type),
            self.org.tables[table].object.fields[place].type == .date
        else { return nil }
        return value.text.flatMap { SalesforceTime.parseDate($0) }
    }

    private mutating func writeParent(
        _ id: String?,
        _ projections: [Projection],
        to writer: inout JSONWriter
    ) {
        for projection in projections {
            let table = self.org.tables[projection.table]
            guard let id, let row = table.row(ofID: id),
                let parent = table.rows[row].visible(at: self.now)
            else { continue }
            return self.write(table.rows[row].id, parent, projection, to: &writer)
        }
        writer.null()
    }

    private mutating func writeChildren(
        of id: String,
        _ plan: QueryPlan,
        _ reference: QueryPlan.Column,
        to writer: inout JSONWriter
    ) {
        var plan = plan
        let own = QueryPlan.Filter.compare(reference, .equal, .key(id))
        plan.filter = plan.filter.map { .all([own, $0]) } ?? own
        let run = QueryRun(
            org: self.org,
            now: self.now,
            includesDeleted: self.includesDeleted,
            plan: plan
        )
        let rows = run.rows()
        guard !rows.isEmpty else { return writer.null() }
        let first = rows.prefix(self.childRowsMax)
        self.childRows += first.count
        writer.object { writer in
            writer.member("totalSize", rows.count)
            writer.member("done", first.count == rows.count)
            if first.count < rows.count {
                let cursor = CursorStore.id(self.firstCursor + self.cut.count)
                let url = "/services/data/\(self.version)/query/\(cursor)-\(first.count)"
                writer.member("nextRecordsUrl", url)
                self.cut.append(
                    CursorStore.Cursor(
                        projection: plan.projection,
                        rows: rows,
                        pageRows: self.childRowsMax,
                        expiresAt: self.now + self.cursorLife,
                        includesDeleted: self.includesDeleted
                    )
                )
            }
            writer.name("records")
            writer.array { writer in
                for row in first { self.write(row, plan.projection, to: &writer) }
            }
        }
    }

    static func write(_ value: Value, isFractional: Bool, to writer: inout JSONWriter) {
        switch value {
        case .null: writer.null()
        case .boolean(let flag): writer.boolean(flag)
        case .number(let text):
            // A double prints with a decimal, an int without.
            writer.raw(isFractional && Int64(text) != nil ? text + ".0" : text)
        case .text(let text): writer.string(text)
        case .datetime(let time): writer.string(SalesforceTime.format(time))
        }
    }
}
