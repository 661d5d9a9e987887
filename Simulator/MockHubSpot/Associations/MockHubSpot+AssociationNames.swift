import HTTPTransport
import WireJSON

/// Kinds of association by the names that v3 has for them, such as `contact_to_company`.
extension MockHubSpot {
    /// `GET /crm/v3/associations/{from}/{to}/types`.
    func typesByName(_ from: String, _ to: String) -> HTTPResponse {
        var writer = JSONWriter()
        writer.object { root in
            root.name("results")
            root.array { list in
                for (id, name) in self.named(from, to) {
                    list.object { item in
                        item.member("id", String(id))
                        item.member("name", name)
                    }
                }
            }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    /// The kind that a name or an id in text means.
    func type(named text: String, _ from: String, _ to: String) -> AssociationType? {
        let found = self.named(from, to).first { $0.name == text || String($0.id) == text }
        return found.flatMap { self.associations.type($0.id, from: from, to: to) }
    }

    /// A kind's name; its id in text where one of the types is gone.
    func name(of type: AssociationType, _ from: String, _ to: String) -> String {
        guard let one = self.place(of: from), let other = self.place(of: to) else {
            return String(type.id)
        }
        return Self.typeName(type, self.tables[one].object, self.tables[other].object)
    }

    private func named(_ from: String, _ to: String) -> [(id: Int, name: String)] {
        let types = self.associations.types.filter { $0.from == from && $0.to == to }
        return types.sorted { $0.id < $1.id }.map { ($0.id, self.name(of: $0, from, to)) }
    }
}
