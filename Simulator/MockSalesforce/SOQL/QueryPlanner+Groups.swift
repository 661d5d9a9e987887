extension QueryPlanner {
    private static let subtotalGroupsMax = 3

    func grouping(
        _ query: SOQLQuery,
        _ table: Int
    ) throws(RequestFailure) -> QueryPlan.Grouping {
        var grouping = QueryPlan.Grouping()
        for group in query.groups {
            let column = try self.column(group, table)
            let field = self.org.tables[column.table].object.fields[column.place]
            guard column.function != nil || column.isTypeName || field.isGroupable else {
                throw SOQLError.invalidField(
                    "field '\(field.name)' can not be grouped in a query call",
                    self.statement,
                    at: group.path.offset
                )
            }
            grouping.keys.append(column)
        }
        grouping.levels = try self.levels(query)
        try self.addOutputs(query, table, to: &grouping)
        if let having = query.having {
            grouping.having = try self.having(having, table, &grouping)
        }
        for term in query.order {
            grouping.order.append(
                QueryPlan.Grouping.Order(
                    source: try self.source(term.expression, table, &grouping),
                    isAscending: term.isAscending,
                    areNullsFirst: term.areNullsFirst
                )
            )
        }
        guard !query.groups.isEmpty || query.limit == nil else {
            throw SOQLError.malformed(
                "Non-grouped query that uses overall aggregate functions cannot also use LIMIT",
                self.statement,
                at: 0
            )
        }
        grouping.limit = query.limit
        grouping.offset = query.offset
        return grouping
    }

    /// The sets of keys that lines are made by.
    private func levels(_ query: SOQLQuery) throws(RequestFailure) -> [Set<Int>] {
        let count = query.groups.count
        guard let subtotals = query.subtotals else { return [Set(0..<count)] }
        guard count <= Self.subtotalGroupsMax else {
            throw SOQLError.malformed(
                "Maximum number of fields in a GROUP BY \(subtotals.rawValue) is "
                    + "\(Self.subtotalGroupsMax)",
                self.statement,
                at: query.groups[Self.subtotalGroupsMax].path.offset
            )
        }
        switch subtotals {
        case .rollup: return (0...count).reversed().map { Set(0..<$0) }
        case .cube:
            // The last key is summed up first.
            return (0..<(1 << count)).map { bits in
                Set((0..<count).filter { bits & (1 << (count - 1 - $0)) == 0 })
            }
        }
    }

    private func addOutputs(
        _ query: SOQLQuery,
        _ table: Int,
        to grouping: inout QueryPlan.Grouping
    ) throws(RequestFailure) {
        var unnamed = 0
        var names: Set<String> = []
        for item in query.items {
            guard case .expression(let expression, let alias) = item else {
                throw SOQLError.malformed(
                    "Grouped query cannot use FIELDS, COUNT() or sub-selects",
                    self.statement,
                    at: 0
                )
            }
            let source = try self.source(expression, table, &grouping)
            var name = alias ?? expression.path.parts.last ?? ""
            if alias == nil, let function = expression.function, function != .label {
                name = "expr\(unnamed)"
                unnamed += 1
            } else if alias == nil, case .key(let key) = source, !grouping.keys[key].isTypeName {
                let column = grouping.keys[key]
                name = self.org.tables[column.table].object.fields[column.place].name
            }
            guard names.insert(name.lowercased()).inserted else {
                throw SOQLError.malformed(
                    "duplicate alias: \(name)",
                    self.statement,
                    at: expression.path.offset
                )
            }
            grouping.outputs.append(QueryPlan.Grouping.Output(name: name, source: source))
        }
    }

    /// The value of a group that an expression means: one of its keys, or an aggregate.
    private func source(
        _ expression: SOQLQuery.Expression,
        _ table: Int,
        _ grouping: inout QueryPlan.Grouping
    ) throws(RequestFailure) -> QueryPlan.Grouping.Source {
        if expression.function == .grouping {
            let plain = try self.column(expression.path, table)
            guard grouping.levels.count > 1, let key = grouping.keys.firstIndex(of: plain) else {
                throw self.misplacedGrouping(expression.path)
            }
            return .isSubtotal(key)
        }
        let column = try self.column(expression, table)
        guard let function = expression.function, function.isAggregate else {
            guard let key = grouping.keys.firstIndex(of: column) else {
                throw SOQLError.malformed(
                    "Field must be grouped or aggregated: \(expression.path.text)",
                    self.statement,
                    at: expression.path.offset
                )
            }
            return .key(key)
        }
        let aggregate = QueryPlan.Grouping.Aggregate(function: function, column: column)
        if let known = grouping.aggregates.firstIndex(of: aggregate) { return .aggregate(known) }
        grouping.aggregates.append(aggregate)
        return .aggregate(grouping.aggregates.count - 1)
    }

    func misplacedGrouping(_ path: SOQLQuery.Path) -> RequestFailure {
        SOQLError.malformed(
            "GROUPING needs a field of GROUP BY ROLLUP or CUBE: \(path.text)",
            self.statement,
            at: path.offset
        )
    }

    private func having(
        _ condition: SOQLQuery.Condition,
        _ table: Int,
        _ grouping: inout QueryPlan.Grouping
    ) throws(RequestFailure) -> QueryPlan.Grouping.Filter {
        switch condition {
        case .all(let parts):
            var filters: [QueryPlan.Grouping.Filter] = []
            for part in parts { filters.append(try self.having(part, table, &grouping)) }
            return .all(filters)
        case .any(let parts):
            var filters: [QueryPlan.Grouping.Filter] = []
            for part in parts { filters.append(try self.having(part, table, &grouping)) }
            return .any(filters)
        case .not(let part): return .not(try self.having(part, table, &grouping))
        case .compare(let expression, let comparison, let literal, let offset):
            let source = try self.source(expression, table, &grouping)
            let column = self.compared(source, grouping)
            let path = expression.path
            let operand = try self.operand(literal, comparison, column, path, at: offset)
            return .compare(source, comparison, operand)
        case .member(let expression, let negated, let literals, let offset):
            var filters: [QueryPlan.Grouping.Filter] = []
            let source = try self.source(expression, table, &grouping)
            let column = self.compared(source, grouping)
            for literal in literals {
                let path = expression.path
                let operand = try self.operand(literal, .equal, column, path, at: offset)
                filters.append(.compare(source, .equal, operand))
            }
            return negated ? .not(.any(filters)) : .any(filters)
        case .includes(let path, _, _), .semiJoin(let path, _, _):
            throw SOQLError.malformed(
                "unexpected operator in HAVING",
                self.statement,
                at: path.offset
            )
        }
    }

    /// How a value of a group compares: counts and sums are numbers whatever they are made of.
    private func compared(
        _ source: QueryPlan.Grouping.Source,
        _ grouping: QueryPlan.Grouping
    ) -> QueryPlan.Column {
        switch source {
        case .key(let key): return grouping.keys[key]
        case .isSubtotal(let key):
            var column = grouping.keys[key]
            column.comparing = .number
            return column
        case .aggregate(let place):
            let aggregate = grouping.aggregates[place]
            var column = aggregate.column
            switch aggregate.function {
            case .minimum, .maximum: break
            default: column.comparing = .number
            }
            return column
        }
    }
}
