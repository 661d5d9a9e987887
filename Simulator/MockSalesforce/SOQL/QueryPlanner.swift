/// Resolves a parsed statement against the org.
struct QueryPlanner: Sendable {
    let org: MockOrg
    let statement: [UInt8]
    let now: Int64
    let includesDeleted: Bool
    /// The object's other name in the statement that is resolved.
    private(set) var alias: String?

    init(org: MockOrg, statement: [UInt8], now: Int64, includesDeleted: Bool) {
        self.org = org
        self.statement = statement
        self.now = now
        self.includesDeleted = includesDeleted
    }

    func plan(_ query: SOQLQuery) throws(RequestFailure) -> QueryPlan {
        guard let table = self.org.readableTable(query.object) else {
            throw SOQLError.invalidType(query.object, self.statement, at: query.objectOffset)
        }
        return try self.plan(query, over: table)
    }

    func plan(_ query: SOQLQuery, over table: Int) throws(RequestFailure) -> QueryPlan {
        try self.inside(query).resolved(query, table)
    }

    /// The planner for the names of a statement, which may lie in another one.
    func inside(_ query: SOQLQuery) -> QueryPlanner {
        var planner = self
        planner.alias = query.alias?.lowercased()
        return planner
    }

    private func resolved(_ query: SOQLQuery, _ table: Int) throws(RequestFailure) -> QueryPlan {
        var plan = QueryPlan(table: table, projection: Projection(table: table))
        if let condition = query.condition {
            plan.filter = try self.filter(condition, table)
        }
        if Self.isGrouped(query) {
            plan.grouping = try self.grouping(query, table)
            return plan
        }
        try self.select(query, table, into: &plan)
        for term in query.order {
            guard term.expression.function != .convertCurrency else {
                throw SOQLError.malformed(
                    "convertCurrency() is not allowed in ORDER BY",
                    self.statement,
                    at: term.expression.path.offset
                )
            }
            plan.order.append(
                QueryPlan.Order(
                    column: try self.column(term.expression, table),
                    isAscending: term.isAscending,
                    areNullsFirst: term.areNullsFirst
                )
            )
        }
        plan.limit = query.limit
        plan.offset = query.offset
        return plan
    }

    private func select(
        _ query: SOQLQuery,
        _ table: Int,
        into plan: inout QueryPlan
    ) throws(RequestFailure) {
        var seen: Set<String> = []
        for item in query.items {
            switch item {
            case .count:
                guard query.items.count == 1 else {
                    throw SOQLError.malformed(
                        "COUNT() must be the only element in the SELECT list",
                        self.statement,
                        at: 0
                    )
                }
                plan.isCount = true
            case .expression(let expression, let alias):
                let text = (expression.function?.rawValue ?? "") + expression.path.text
                guard seen.insert(text.lowercased()).inserted else {
                    throw SOQLError.malformed(
                        "duplicate field selected: \(expression.path.text)",
                        self.statement,
                        at: expression.path.offset
                    )
                }
                try self.project(expression, as: alias, table, into: &plan.projection)
            case .fields(let which):
                try self.projectFields(which, query, table, into: &plan.projection)
            case .typeOf(let typeOf):
                plan.hasTypeOf = true
                try self.requireAlone(typeOf, query)
                let parts = typeOf.path.parts[...]
                try self.project(typeOf, parts, table, into: &plan.projection)
            case .children(let inner):
                plan.projection.members.append(try self.children(inner, of: table))
            }
        }
    }

    /// A relationship may not be in the list beside its TYPEOF.
    private func requireAlone(
        _ typeOf: SOQLQuery.TypeOf,
        _ query: SOQLQuery
    ) throws(RequestFailure) {
        let prefix = typeOf.path.text.lowercased() + "."
        for case .expression(let expression, _) in query.items
        where expression.path.text.lowercased().hasPrefix(prefix) {
            throw SOQLError.malformed(
                "duplicate field selected: \(expression.path.text)",
                self.statement,
                at: expression.path.offset
            )
        }
    }

    private func project(
        _ expression: SOQLQuery.Expression,
        as alias: String?,
        _ table: Int,
        into projection: inout Projection
    ) throws(RequestFailure) {
        let path = expression.path
        guard let function = expression.function else {
            guard alias == nil else {
                throw SOQLError.malformed(
                    "only aggregate expressions use field aliasing",
                    self.statement,
                    at: path.offset
                )
            }
            return try self.project(path.parts[...], path, table, into: &projection)
        }
        let column = try self.column(expression, table)
        guard !function.isOfTime, column.hops.isEmpty else {
            throw SOQLError.malformed(
                "Field must be grouped or aggregated: \(path.text)",
                self.statement,
                at: path.offset
            )
        }
        let object = self.org.tables[table].object
        if function == .convertCurrency, self.org.currencies != nil {
            let name = alias ?? object.fields[column.place].name
            projection.members.append(.converted(name: name, place: column.place))
            return
        }
        guard function == .format else {
            return projection.add(column.place, of: object, as: alias)
        }
        let name = alias ?? object.fields[column.place].name
        projection.members.append(.formatted(name: name, place: column.place))
    }

    /// Every field that the user can see, as a read by id without a field list gives it.
    static func projectAll(_ table: Int, of org: MockOrg) -> Projection {
        var projection = Projection(table: table)
        let object = org.tables[table].object
        for (place, field) in object.fields.enumerated() where field.isVisible {
            projection.add(place, of: object)
        }
        return projection
    }

    private func projectFields(
        _ which: String,
        _ query: SOQLQuery,
        _ table: Int,
        into projection: inout Projection
    ) throws(RequestFailure) {
        guard which == "STANDARD" || (query.limit ?? .max) <= 200 else {
            throw SOQLError.malformed(
                "The SOQL FIELDS function must have a LIMIT of at most 200",
                self.statement,
                at: 0
            )
        }
        let object = self.org.tables[table].object
        for (place, field) in object.fields.enumerated()
        where field.isVisible && (which == "ALL" || field.isCustom == (which == "CUSTOM")) {
            projection.add(place, of: object)
        }
    }

    func project(
        _ parts: ArraySlice<String>,
        _ path: SOQLQuery.Path,
        _ table: Int,
        into projection: inout Projection
    ) throws(RequestFailure) {
        let object = self.org.tables[table].object
        guard let first = parts.first else { return }
        if parts.startIndex == 0 { try self.requireShort(path, table) }
        guard parts.count > 1 else {
            if self.isTypeName(first, path, object) {
                projection.members.append(.typeName)
                return
            }
            projection.add(try self.place(first, path, table), of: object)
            return
        }
        if parts.startIndex == 0, self.isQualifier(first, of: object) {
            try self.project(parts.dropFirst(), path, table, into: &projection)
            return
        }
        let hop = try self.hop(first, path, table)
        let name = object.fields[hop.place].relationshipName ?? first
        try projection.add(name, hop) { (inner) throws(RequestFailure) in
            try self.project(parts.dropFirst(), path, inner.table, into: &inner)
        }
    }

    private static func isGrouped(_ query: SOQLQuery) -> Bool {
        guard query.groups.isEmpty else { return true }
        return query.items.contains { item in
            guard case .expression(let expression, _) = item else { return false }
            return expression.function?.isAggregate ?? false
        }
    }
}
