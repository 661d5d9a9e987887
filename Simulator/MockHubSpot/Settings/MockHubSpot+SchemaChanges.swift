import HTTPTransport
import WireJSON

/// Changing and deleting custom object types, and what they may be tied to.
extension MockHubSpot {
    mutating func changeSchema(
        _ name: String,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        guard let place = self.place(of: name) else {
            return self.error(400, "Unable to infer object type from: \(name)", now: now)
        }
        guard self.tables[place].object.isCustom, let json = Self.body(request) else {
            return self.refusedSchema("Only custom object types can be changed", now)
        }
        let known = Set(self.tables[place].object.properties.map(\.name))
        func names(_ key: String) -> [String]? {
            json[key].flatMap { $0.kind == .array ? $0.elements.compactMap(\.string) : nil }
        }
        let primary = json["primaryDisplayProperty"]?.string
        let required = names("requiredProperties")
        let searchable = names("searchableProperties")
        let secondary = names("secondaryDisplayProperties")
        let all = [primary].compactMap(\.self) + (required ?? []) + (searchable ?? [])
        if let unknown = (all + (secondary ?? [])).first(where: { !known.contains($0) }) {
            return self.refusedSchema("Property \"\(unknown)\" does not exist", now)
        }
        guard (searchable?.count ?? 0) <= 20 else {
            return self.refusedSchema("At most 20 properties are searchable", now)
        }
        self.tables[place].setUp { object in
            if let primary { object.defaultProperties = [primary] }
            object.requiredAll = required ?? object.requiredAll
            object.searchableProperties = searchable ?? object.searchableProperties
            object.secondaryProperties = secondary ?? object.secondaryProperties
            object.singularLabel = json["labels"]?["singular"]?.string ?? object.singularLabel
            object.pluralLabel = json["labels"]?["plural"]?.string ?? object.pluralLabel
            object.description = json["description"]?.string ?? object.description
            if json["clearDescription"]?.boolean == true { object.description = nil }
        }
        return Self.found(self.json(schema: self.tables[place].object))
    }

    /// A type goes when it has no records; its name is free again only after it was purged
    /// (`archived=true`), as HubSpot's guide to schemas says.
    mutating func deleteSchema(_ name: String, isPurge: Bool, _ now: Int64) -> HTTPResponse {
        let place = self.tables.firstIndex { table in
            table.object.isCustom && table.object.answers(to: name)
                && (isPurge || !table.object.isArchived)
        }
        guard let place else {
            guard self.place(of: name) == nil else {
                return self.refusedSchema("Only custom object types can be deleted", now)
            }
            return self.error(404, "resource not found", now: now)
        }
        let hasRecords = self.tables[place].rows.contains {
            !$0.now.isArchived && $0.mergedInto == nil
        }
        guard !hasRecords else {
            let text = "Object type \(name) still has records, which must be deleted first"
            return self.refusedSchema(text, now)
        }
        self.tables[place].setUp { object in
            object.isArchived = true
            if isPurge {
                object.name = ""
                object.aliases = []
            }
        }
        return HTTPResponse(status: 204)
    }

    /// `POST …/schemas/{type}/associations` and `DELETE …/associations/{id}`.
    mutating func schemaTies(
        _ path: [String],
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        guard let type = self.typeID(path[0]) else {
            return self.error(400, "Unable to infer object type from: \(path[0])", now: now)
        }
        guard path.count == 2 else {
            let isGone = self.associations.unrelate(Int(path[2]) ?? 0, of: type)
            return isGone
                ? HTTPResponse(status: 204) : self.error(404, "resource not found", now: now)
        }
        let json = Self.body(request)
        guard let from = json?["fromObjectTypeId"]?.string.flatMap(self.typeID),
            let to = json?["toObjectTypeId"]?.string.flatMap(self.typeID), from == type
        else {
            let fields = "[fromObjectTypeId, toObjectTypeId]"
            return self.refusedSchema("Some required fields were not set: \(fields)", now)
        }
        self.associations.relate(
            from,
            to,
            isUserDefined: self.settings.customTiesAreUserDefined
        )
        guard let made = self.associations.unlabelled(from: from, to: to) else {
            return self.error(404, "resource not found", now: now)
        }
        var writer = JSONWriter()
        writer.object { item in
            item.member("id", String(made.id))
            item.member("fromObjectTypeId", from)
            item.member("toObjectTypeId", to)
            if let name = json?["name"]?.string { item.member("name", name) }
            item.member("createdAt", ServerTime.iso(now))
            item.member("updatedAt", ServerTime.iso(now))
        }
        return HTTPResponse(status: 201, body: writer.bytes)
    }

    /// `POST …/schemas/batch/read`: the custom types that are asked for and known.
    func readSchemas(_ request: HTTPRequest, _ now: Int64) -> HTTPResponse {
        let names = (Self.body(request)?["inputs"]?.elements ?? []).compactMap { $0["id"]?.string }
        let found = names.compactMap { self.place(of: $0) }.map { self.tables[$0].object }
        var writer = JSONWriter()
        writer.object { root in
            root.member("status", "COMPLETE")
            root.name("results")
            root.array { list in for object in found { list.raw(self.json(schema: object)) } }
            root.member("startedAt", ServerTime.iso(now))
            root.member("completedAt", ServerTime.iso(now))
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    private mutating func refusedSchema(_ text: String, _ now: Int64) -> HTTPResponse {
        self.error(400, text, category: "VALIDATION_ERROR", now: now)
    }
}
