extension QueryPlanner {
    /// Adds the fields that a polymorphic parent shows, each object its own.
    ///
    /// A parent of an object without fields is null; the guide does not say so.
    func project(
        _ typeOf: SOQLQuery.TypeOf,
        _ parts: ArraySlice<String>,
        _ table: Int,
        into projection: inout Projection
    ) throws(RequestFailure) {
        guard let first = parts.first else { return }
        let object = self.org.tables[table].object
        if parts.count > 1, parts.startIndex == 0, self.isQualifier(first, of: object) {
            return try self.project(typeOf, parts.dropFirst(), table, into: &projection)
        }
        let hop = try self.hop(first, typeOf.path, table)
        let name = object.fields[hop.place].relationshipName ?? first
        guard parts.count == 1 else {
            return try projection.add(name, hop) { (inner) throws(RequestFailure) in
                try self.project(typeOf, parts.dropFirst(), inner.table, into: &inner)
            }
        }
        let targets = object.fields[hop.place].referenceTo.map { $0.lowercased() }
        guard targets.count > 1 else {
            throw SOQLError.invalidField(
                "TYPEOF needs a polymorphic relationship: '\(first)' is none",
                self.statement,
                at: typeOf.path.offset
            )
        }
        for when in typeOf.whens where !targets.contains(when.object.text.lowercased()) {
            throw SOQLError.invalidType(when.object.text, self.statement, at: when.object.offset)
        }
        let isTaken = projection.members.contains { member in
            if case .parent(_, let place, _) = member { place == hop.place } else { false }
        }
        guard !isTaken else {
            throw SOQLError.malformed(
                "duplicate field selected: \(typeOf.path.text)",
                self.statement,
                at: typeOf.path.offset
            )
        }
        let inner = try self.projections(typeOf, hop.tables)
        projection.members.append(.parent(name: name, place: hop.place, inner))
    }

    private func projections(
        _ typeOf: SOQLQuery.TypeOf,
        _ tables: [Int]
    ) throws(RequestFailure) -> [Projection] {
        var projections: [Projection] = []
        var missing: [RequestFailure] = []
        var others = 0
        for table in tables {
            let name = self.org.tables[table].object.name.lowercased()
            var own = Projection(table: table)
            if let when = typeOf.whens.first(where: { $0.object.text.lowercased() == name }) {
                for path in when.fields {
                    try self.project(path.parts[...], path, table, into: &own)
                }
            } else if typeOf.otherwise.isEmpty {
                continue
            } else {
                others += 1
                // One of the other objects may be without the field; all of them must not.
                do throws(RequestFailure) {
                    for path in typeOf.otherwise {
                        try self.project(path.parts[...], path, table, into: &own)
                    }
                } catch {
                    missing.append(error)
                }
            }
            projections.append(own)
        }
        if others > 0, missing.count == others, let failure = missing.first { throw failure }
        return projections
    }
}
