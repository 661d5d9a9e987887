extension QueryPlanner {
    func column(
        _ expression: SOQLQuery.Expression,
        _ table: Int
    ) throws(RequestFailure) -> QueryPlan.Column {
        var column = try self.column(expression.path, table)
        guard let function = expression.function else { return column }
        guard function != .grouping else { throw self.misplacedGrouping(expression.path) }
        let field = self.org.tables[column.table].object.fields[column.place]
        guard function.takes(field.type) else {
            let message =
                function.isAggregate
                ? "field \(field.name) does not support aggregate operator \(function.rawValue)"
                : "Invalid type for function \(function.rawValue): \(field.name)"
            throw SOQLError.malformed(message, self.statement, at: expression.path.offset)
        }
        guard function.isOfTime else { return column }
        column.function = function
        column.comparing = function == .dayOnly ? .date : .number
        return column
    }

    func column(_ path: SOQLQuery.Path, _ table: Int) throws(RequestFailure) -> QueryPlan.Column {
        try self.requireShort(path, table)
        var hops: [QueryPlan.Hop] = []
        var tables = [table]
        for (index, part) in path.parts.dropLast().enumerated() {
            let object = self.org.tables[tables[0]].object
            if index == 0, self.isQualifier(part, of: object) { continue }
            let hop = try self.hop(part, path, tables[0])
            hops.append(hop)
            tables = hop.tables
        }
        let name = path.parts.last ?? ""
        if !hops.isEmpty, self.isTypeName(name, path, self.org.tables[tables[0]].object) {
            var column = QueryPlan.Column(
                hops: hops,
                table: tables[0],
                place: 0,
                comparing: .foldedText
            )
            column.isTypeName = true
            return column
        }
        let targets = tables.compactMap { table in
            self.org.tables[table].object.place(of: name).map {
                QueryPlan.Target(table: table, place: $0)
            }
        }
        guard let first = targets.first else {
            let object = self.org.tables[tables[0]].object.name
            throw SOQLError.noSuchColumn(name, on: object, self.statement, at: path.offset)
        }
        let field = self.org.tables[first.table].object.fields[first.place]
        return QueryPlan.Column(
            hops: hops,
            table: first.table,
            place: first.place,
            comparing: Self.comparing(field),
            others: Array(targets.dropFirst())
        )
    }

    /// Refuses a path over more than five parents (SOQL guide; the text is nobody's).
    func requireShort(_ path: SOQLQuery.Path, _ table: Int) throws(RequestFailure) {
        guard path.parts.count > Self.parentsMax + 1, let first = path.parts.first else { return }
        let isQualified = self.isQualifier(first, of: self.org.tables[table].object)
        guard path.parts.count - (isQualified ? 2 : 1) > Self.parentsMax else { return }
        throw SOQLError.malformed(
            "A relationship path can have \(Self.parentsMax) levels at most: \(path.text)",
            self.statement,
            at: path.offset
        )
    }

    private static let parentsMax = 5

    /// Whether a path's first part is only another name of the object itself.
    func isQualifier(_ part: String, of object: MockObject) -> Bool {
        let lowered = part.lowercased()
        if lowered == self.alias { return true }
        return lowered == object.name.lowercased() && object.place(ofRelationship: part) == nil
    }

    /// `Type` of a parent that has no such field tells the parent's object, and of an owner whether it
    /// is a queue.
    func isTypeName(_ name: String, _ path: SOQLQuery.Path, _ object: MockObject) -> Bool {
        path.parts.count > 1 && name.lowercased() == "type"
            && (object.name == "Group" || object.place(of: name) == nil)
    }

    func place(
        _ name: String,
        _ path: SOQLQuery.Path,
        _ table: Int
    ) throws(RequestFailure) -> Int {
        let object = self.org.tables[table].object
        guard let place = object.place(of: name) else {
            throw SOQLError.noSuchColumn(
                name,
                on: object.name,
                self.statement,
                at: path.offset
            )
        }
        return place
    }

    func hop(
        _ name: String,
        _ path: SOQLQuery.Path,
        _ table: Int
    ) throws(RequestFailure) -> QueryPlan.Hop {
        let object = self.org.tables[table].object
        if let place = object.place(ofRelationship: name) {
            let tables = object.fields[place].referenceTo.compactMap {
                self.org.readableTable($0)
            }
            if !tables.isEmpty { return QueryPlan.Hop(place: place, tables: tables) }
        }
        throw SOQLError.invalidField(
            "Didn't understand relationship '\(name)' in field path. If you are attempting to use "
                + "a custom relationship, be sure to append the '__r' after the custom "
                + "relationship name. Please reference your WSDL or the describe call for the "
                + "appropriate names.",
            self.statement,
            at: path.offset
        )
    }

    private static func comparing(_ field: MockField) -> QueryPlan.Comparing {
        switch field.type {
        case .id, .reference: .id
        case .boolean: .boolean
        case .int, .double, .currency, .percent: .number
        case .date: .date
        case .datetime: .datetime
        case .string, .textarea, .picklist, .multipicklist, .email, .phone, .url, .address,
            .combobox, .encryptedstring, .time:
            field.isCaseSensitive ? .exactText : .foldedText
        }
    }
}
