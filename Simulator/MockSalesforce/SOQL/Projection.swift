/// Which fields of a row a reply holds, in their order, with the parents' fields nested.
struct Projection: Sendable {
    enum Member: Sendable {
        case field(name: String, place: Int, isFractional: Bool)
        /// A compound address: its JSON keys with the places of its components.
        case address(name: String, [Component])
        case parent(name: String, place: Int, Projection)
    }

    struct Component: Sendable {
        var key: String
        var place: Int
    }

    var table: Int
    var members: [Member] = []

    init(table: Int) {
        self.table = table
    }

    /// Adds one field of the row itself.
    mutating func add(_ place: Int, of object: MockObject) {
        let field = object.fields[place]
        guard field.type == .address else {
            let isFractional = field.type.isNumber && field.type != .int
            self.members.append(
                .field(name: field.name, place: place, isFractional: isFractional)
            )
            return
        }
        let prefix = field.name.dropLast("Address".count)
        var components: [Component] = []
        for (place, part) in object.fields.enumerated()
        where part.compoundFieldName == field.name && !part.isRemoved {
            let name = part.name.dropFirst(prefix.count)
            components.append(
                Component(key: name.prefix(1).lowercased() + name.dropFirst(), place: place)
            )
        }
        components.sort { $0.key < $1.key }
        self.members.append(.address(name: field.name, components))
    }

    /// Adds a field of a parent, below the member that names the parent.
    mutating func add(
        _ relationship: String,
        _ place: Int,
        table: Int,
        _ body: (inout Projection) throws(RequestFailure) -> Void
    ) throws(RequestFailure) {
        for (index, member) in self.members.enumerated() {
            if case .parent(let name, place, var inner) = member {
                try body(&inner)
                self.members[index] = .parent(name: name, place: place, inner)
                return
            }
        }
        var inner = Projection(table: table)
        try body(&inner)
        self.members.append(.parent(name: relationship, place: place, inner))
    }
}
