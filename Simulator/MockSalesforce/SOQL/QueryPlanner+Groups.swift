extension QueryPlanner {
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
