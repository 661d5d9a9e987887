extension QueryPlanner {
    func filter(
        _ condition: SOQLQuery.Condition,
        _ table: Int
    ) throws(RequestFailure) -> QueryPlan.Filter {
        switch condition {
        case .all(let parts):
            var filters: [QueryPlan.Filter] = []
            for part in parts { filters.append(try self.filter(part, table)) }
            return .all(filters)
        case .any(let parts):
            var filters: [QueryPlan.Filter] = []
            for part in parts {
                if case .semiJoin(let path, _, _) = part {
                    throw SOQLError.malformed(
                        "Semi join sub-selects are not allowed with the 'OR' operator",
                        self.statement,
                        at: path.offset
                    )
                }
                filters.append(try self.filter(part, table))
            }
            return .any(filters)
        case .not(let part): return .not(try self.filter(part, table))
        case .compare(let expression, let comparison, let literal, let offset):
            let column = try self.filterable(expression, table)
            let path = expression.path
            let operand = try self.operand(literal, comparison, column, path, at: offset)
            return .compare(column, comparison, operand)
        case .member(let expression, let negated, let literals, let offset):
            return try self.member(expression, negated, literals, table, at: offset)
        case .includes(let path, let negated, let literals):
            let column = try self.filterable(SOQLQuery.Expression(path: path), table)
            try self.requireMultipicklist(column)
            let sets = literals.map { literal -> [String] in
                guard case .string(let text) = literal else { return [] }
                return text.split(separator: ";").map { $0.lowercased() }
            }
            return .includes(column, negated: negated, sets)
        case .semiJoin(let path, let negated, let inner):
            return try self.semiJoin(path, negated, inner, table)
        }
    }

    private func member(
        _ expression: SOQLQuery.Expression,
        _ negated: Bool,
        _ literals: [SOQLQuery.Literal],
        _ table: Int,
        at offset: Int
    ) throws(RequestFailure) -> QueryPlan.Filter {
        let column = try self.filterable(expression, table)
        let path = expression.path
        var keys = Set<String>(minimumCapacity: literals.count)
        var hasNull = false
        for literal in literals {
            switch try self.operand(literal, .equal, column, path, at: offset) {
            case .null: hasNull = true
            case .key(let key): keys.insert(key)
            case .number(let number): keys.insert(String(number))
            case .time(let time): keys.insert(String(time))
            case .period, .pattern:
                throw SOQLError.malformed(
                    "unexpected date literal in a list",
                    self.statement,
                    at: offset
                )
            }
        }
        return .member(column, negated: negated, keys: keys, hasNull: hasNull)
    }

    private func semiJoin(
        _ path: SOQLQuery.Path,
        _ negated: Bool,
        _ inner: SOQLQuery,
        _ table: Int
    ) throws(RequestFailure) -> QueryPlan.Filter {
        let column = try self.filterable(SOQLQuery.Expression(path: path), table)
        guard inner.items.count == 1, case .expression(let selected, nil) = inner.items[0],
            selected.function == nil
        else {
            throw SOQLError.malformed(
                "semi join sub-selects can only query one field",
                self.statement,
                at: path.offset
            )
        }
        let plan = try self.plan(inner)
        let innerColumn = try self.inside(inner).column(selected, plan.table)
        guard innerColumn.comparing == .id, column.comparing == .id else {
            throw SOQLError.malformed(
                "The selected field '\(selected.path.text)' in the subquery and the left operand "
                    + "field '\(path.text)' in the where expression in the outer query should "
                    + "point to the same object type",
                self.statement,
                at: path.offset
            )
        }
        let run = QueryRun(
            org: self.org,
            now: self.now,
            includesDeleted: self.includesDeleted,
            plan: plan
        )
        var keys: Set<String> = []
        for row in run.rows() {
            guard let version = self.org.tables[plan.table].rows[row].visible(at: self.now),
                let key = run.key(innerColumn, version)
            else { continue }
            keys.insert(key)
        }
        return .member(column, negated: negated, keys: keys, hasNull: false)
    }

    /// SOQL guide, Querying Multi-Select Picklists: INCLUDES and EXCLUDES are of these alone.
    private func requireMultipicklist(_ column: QueryPlan.Column) throws(RequestFailure) {
        let type =
            column.isTypeName
            ? .string : self.org.tables[column.table].object.fields[column.place].type
        guard type != .multipicklist else { return }
        throw RequestFailure(
            "INVALID_QUERY_FILTER_OPERATOR",
            "invalid operator on \(type.rawValue) field"
        )
    }

    private func filterable(
        _ expression: SOQLQuery.Expression,
        _ table: Int
    ) throws(RequestFailure) -> QueryPlan.Column {
        let column = try self.column(expression, table)
        if column.isTypeName { return column }
        let field = self.org.tables[column.table].object.fields[column.place]
        guard field.isFilterable, field.type != .address else {
            throw SOQLError.invalidField(
                "field '\(field.name)' can not be filtered in a query call",
                self.statement,
                at: expression.path.offset
            )
        }
        guard !(expression.function?.isAggregate ?? false) else {
            throw SOQLError.malformed(
                "Aggregate functions are not allowed in WHERE",
                self.statement,
                at: expression.path.offset
            )
        }
        guard expression.function != .convertCurrency else {
            throw SOQLError.malformed(
                "convertCurrency() is not allowed in WHERE",
                self.statement,
                at: expression.path.offset
            )
        }
        return column
    }

    func operand(
        _ literal: SOQLQuery.Literal,
        _ comparison: SOQLQuery.Comparison,
        _ column: QueryPlan.Column,
        _ path: SOQLQuery.Path,
        at offset: Int
    ) throws(RequestFailure) -> QueryPlan.Operand {
        if literal == .null { return .null }
        let field = self.org.tables[column.table].object.fields[column.place]
        switch (column.comparing, literal) {
        case (.id, .string(let text)):
            if text.isEmpty { return .null }
            guard let id = SalesforceID.canonical(text) else {
                throw RequestFailure(
                    "INVALID_QUERY_FILTER_OPERATOR",
                    "invalid ID field: \(text)"
                )
            }
            return .key(id)
        case (.exactText, .string(let text)), (.foldedText, .string(let text)):
            if comparison == .like { return .pattern(Array(text.lowercased().utf8)) }
            let plain =
                text.utf8.contains(UInt8(ascii: "\\"))
                ? text.replacing("\\%", with: "%").replacing("\\_", with: "_") : text
            if plain.isEmpty { return .null }
            return .key(column.comparing == .foldedText ? plain.lowercased() : plain)
        case (.number, .number(let text)): return .number(Double(text) ?? 0)
        case (.boolean, .boolean(let flag)): return .key(flag ? "true" : "false")
        case (.date, .date(let day)): return .time(day)
        case (.datetime, .datetime(let time)): return .time(time)
        case (.date, .period(let name)), (.datetime, .period(let name)):
            guard let range = SOQLPeriod.range(name, now: self.now) else { return .null }
            return .period(range)
        default:
            let needs = Self.typeName(field.type)
            let quotes = ["string", "id"].contains(needs) ? "should be" : "should not be"
            throw SOQLError.invalidField(
                "value of filter criterion for field '\(field.name)' must be of type \(needs) "
                    + "and \(quotes) enclosed in quotes",
                self.statement,
                at: path.offset
            )
        }
    }

    private static func typeName(_ type: MockFieldType) -> String {
        switch type {
        case .id, .reference: "string"
        case .datetime: "dateTime"
        case .boolean: "boolean"
        case .int: "int"
        case .double, .currency, .percent: "double"
        case .date: "date"
        case .string, .textarea, .picklist, .multipicklist, .email, .phone, .url, .address,
            .combobox, .encryptedstring, .time:
            "string"
        }
    }
}
