/// Resolves a parsed statement against the org.
struct QueryPlanner: Sendable {
    let org: MockOrg
    let statement: [UInt8]
    let now: Int64
    let includesDeleted: Bool

    func plan(_ query: SOQLQuery) throws(RequestFailure) -> QueryPlan {
        guard let table = self.org.table(query.object) else {
            throw SOQLError.invalidType(query.object, self.statement, at: query.objectOffset)
        }
        var plan = QueryPlan(table: table, projection: Projection(table: table))
        var seen: Set<String> = []
        for item in query.items {
            switch item {
            case .count: plan.isCount = true
            case .path(let path):
                guard seen.insert(path.text.lowercased()).inserted else {
                    throw SOQLError.malformed(
                        "duplicate field selected: \(path.text)",
                        self.statement,
                        at: path.offset
                    )
                }
                try self.project(path.parts[...], path, table, into: &plan.projection)
            case .fields(let which):
                try self.projectFields(which, query, table, into: &plan.projection)
            case .aggregate(let function, let path, let alias):
                let name = alias ?? "expr\(plan.aggregates.count)"
                let column = try self.column(path, table)
                plan.aggregates.append(
                    QueryPlan.Aggregate(function: function, column: column, alias: name)
                )
            }
        }
        if let condition = query.condition {
            plan.filter = try self.filter(condition, table)
        }
        for term in query.order {
            plan.order.append(
                QueryPlan.Order(
                    column: try self.column(term.path, table),
                    isAscending: term.isAscending,
                    areNullsFirst: term.areNullsFirst
                )
            )
        }
        plan.limit = query.limit
        plan.offset = query.offset
        return plan
    }

    /// Every field that the user can see, as a read by id without a field list gives it.
    static func projectAll(_ table: Int, of org: MockOrg) -> Projection {
        var projection = Projection(table: table)
        let object = org.tables[table].object
        for (place, field) in object.fields.enumerated() where !field.isRemoved {
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
        where !field.isRemoved && (which == "ALL" || field.isCustom == (which == "CUSTOM")) {
            projection.add(place, of: object)
        }
    }

    private func project(
        _ parts: ArraySlice<String>,
        _ path: SOQLQuery.Path,
        _ table: Int,
        into projection: inout Projection
    ) throws(RequestFailure) {
        let object = self.org.tables[table].object
        guard let first = parts.first else { return }
        guard parts.count > 1 else {
            projection.add(try self.place(first, path, table), of: object)
            return
        }
        // The object's own name may qualify its fields.
        if first.lowercased() == object.name.lowercased(),
            object.place(ofRelationship: first) == nil
        {
            try self.project(parts.dropFirst(), path, table, into: &projection)
            return
        }
        let hop = try self.hop(first, path, table)
        let name = object.fields[hop.place].relationshipName ?? first
        try projection.add(name, hop.place, table: hop.table) {
            (inner) throws(RequestFailure) in
            try self.project(parts.dropFirst(), path, hop.table, into: &inner)
        }
    }

    func column(_ path: SOQLQuery.Path, _ table: Int) throws(RequestFailure) -> QueryPlan.Column {
        var hops: [QueryPlan.Hop] = []
        var table = table
        for part in path.parts.dropLast() {
            let object = self.org.tables[table].object
            if hops.isEmpty, part.lowercased() == object.name.lowercased(),
                object.place(ofRelationship: part) == nil
            {
                continue
            }
            let hop = try self.hop(part, path, table)
            hops.append(hop)
            table = hop.table
        }
        let place = try self.place(path.parts.last ?? "", path, table)
        let field = self.org.tables[table].object.fields[place]
        return QueryPlan.Column(
            hops: hops,
            table: table,
            place: place,
            comparing: Self.comparing(field)
        )
    }

    private func place(
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

    private func hop(
        _ name: String,
        _ path: SOQLQuery.Path,
        _ table: Int
    ) throws(RequestFailure) -> QueryPlan.Hop {
        let object = self.org.tables[table].object
        if let place = object.place(ofRelationship: name) {
            for target in object.fields[place].referenceTo {
                if let table = self.org.table(target) {
                    return QueryPlan.Hop(place: place, table: table)
                }
            }
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
