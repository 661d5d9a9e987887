/// Which fields of a row a reply holds, in their order, with the parents' fields nested.
struct Projection: Sendable, Codable {
    enum Member: Sendable, Codable {
        case field(name: String, place: Int, isFractional: Bool)
        /// A compound address: its JSON keys with the places of its components.
        case address(name: String, [Component])
        /// One projection for each object that the reference can name.
        case parent(name: String, place: Int, [Projection])
        /// The name of the row's object, as `Type` of a polymorphic reference.
        case typeName
        /// A value as text.
        case formatted(name: String, place: Int)
        /// An amount in the user's currency.
        case converted(name: String, place: Int)
        /// The rows of a child relationship.
        case children(name: String, QueryPlan, reference: QueryPlan.Column)
    }

    struct Component: Sendable, Codable {
        var key: String
        var place: Int
    }

    var table: Int
    var members: [Member] = []

    init(table: Int) {
        self.table = table
    }

    /// Whether a row brings rows of other objects along.
    var hasChildren: Bool {
        self.members.contains { if case .children = $0 { true } else { false } }
    }

    /// Adds one field of the row itself, under its own name or another.
    mutating func add(_ place: Int, of object: MockObject, as alias: String? = nil) {
        let field = object.fields[place]
        guard field.type == .address else {
            let isFractional = field.type.isNumber && field.type != .int
            self.members.append(
                .field(name: alias ?? field.name, place: place, isFractional: isFractional)
            )
            return
        }
        let prefix = field.name.dropLast("Address".count)
        var components: [Component] = []
        for (place, part) in object.fields.enumerated()
        where part.compoundFieldName == field.name && part.isVisible {
            let name = part.name.dropFirst(prefix.count)
            components.append(
                Component(key: name.prefix(1).lowercased() + name.dropFirst(), place: place)
            )
        }
        components.sort { $0.key < $1.key }
        self.members.append(.address(name: field.name, components))
    }

    /// Adds a field of a parent, below the member that names the parent.
    ///
    /// One of several objects may be without the field; all of them must not.
    mutating func add(
        _ relationship: String,
        _ hop: QueryPlan.Hop,
        _ body: (inout Projection) throws(RequestFailure) -> Void
    ) throws(RequestFailure) {
        let known = self.members.firstIndex { member in
            if case .parent(_, let place, _) = member { place == hop.place } else { false }
        }
        var (name, inner) = (relationship, hop.tables.map { Projection(table: $0) })
        if let known, case .parent(let first, _, let projections) = self.members[known] {
            (name, inner) = (first, projections)
        }
        var failures: [RequestFailure] = []
        for place in inner.indices {
            do throws(RequestFailure) { try body(&inner[place]) } catch { failures.append(error) }
        }
        if failures.count == inner.count, let failure = failures.first { throw failure }
        let member = Member.parent(name: name, place: hop.place, inner)
        if let known { self.members[known] = member } else { self.members.append(member) }
    }
}
