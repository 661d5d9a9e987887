import HTTPTransport
import WireJSON

/// Custom object types.
extension MockHubSpot {
    mutating func schemaRoute(
        _ target: HubSpotTarget,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        let path = target.family.filter { $0 != "schemas" && $0 != "crm-object-schemas" }
        switch (request.method, path.first) {
        case (.get, .none):
            let custom = self.tables.filter {
                $0.object.isCustom && !$0.object.name.isEmpty
                    && $0.object.isArchived == target.isArchived
            }
            return Self.results(custom.map { self.json(schema: $0.object) })
        case (.post, .none): return self.makeSchema(request, now)
        case (.post, "batch"?): return self.readSchemas(request, now)
        case (let method, .some)
        where (method == .post || method == .delete) && path.dropFirst().first == "associations":
            return self.schemaTies(path, request, now)
        case (.patch, let name?): return self.changeSchema(name, request, now)
        case (.delete, let name?):
            let isPurge = target.isArchived || path.last == "purge"
            return self.deleteSchema(name, isPurge: isPurge, now)
        case (.get, let name?):
            guard let place = self.place(of: name) else {
                return self.error(400, "Unable to infer object type from: \(name)", now: now)
            }
            return Self.found(self.json(schema: self.tables[place].object))
        case (.post, _), (.put, _), (.patch, _), (.delete, _):
            return self.error(405, "Method not allowed", now: now)
        }
    }

    private mutating func makeSchema(_ request: HTTPRequest, _ now: Int64) -> HTTPResponse {
        guard let json = Self.body(request), let name = json["name"]?.string,
            let primary = json["primaryDisplayProperty"]?.string,
            let singular = json["labels"]?["singular"]?.string
        else {
            return self.error(
                400,
                "name, labels and primaryDisplayProperty are required",
                category: "VALIDATION_ERROR",
                now: now
            )
        }
        let fullName = "p\(self.settings.portalID)_\(name)"
        guard !self.tables.contains(where: { $0.object.answers(to: name) }) else {
            return self.error(
                409,
                "Object type \(name) already exists",
                category: "OBJECT_ALREADY_EXISTS",
                now: now
            )
        }
        let number = self.tables.count { $0.object.typeID.hasPrefix("2-") } + 1
        var object = MockHubSpotObject(
            name: name,
            aliases: [fullName, "p_" + name],
            typeID: "2-\(number)",
            label: singular.uppercased(),
            defaultProperties: [primary],
            requiredOneOf: [],
            scopeName: "custom",
            properties: MockHubSpotProperty.common("hs_createdate", "Owner", group: name)
        )
        object.requiredAll =
            json["requiredProperties"]?.elements.compactMap(\.string) ?? [primary]
        object.singularLabel = singular
        object.pluralLabel = json["labels"]?["plural"]?.string
        object.description = json["description"]?.string
        object.searchableProperties =
            json["searchableProperties"]?.elements.compactMap(\.string) ?? [primary]
        object.secondaryProperties =
            json["secondaryDisplayProperties"]?.elements.compactMap(\.string) ?? []
        object.createdName = "hs_createdate"
        object.modifiedName = "hs_lastmodifieddate"
        let place = self.tables.count
        let first = self.settings.firstRecordID + Int64(place) * Self.idsOfOneObject
        self.tables.append(RecordTable(object: object, firstID: first))
        for item in json["properties"]?.elements ?? [] {
            switch self.property(item, place, now, group: name) {
            case .success(let property): self.tables[place].define(property.name, as: property)
            case .failure(let refusal):
                self.tables.removeLast()
                return refusal.response
            }
        }
        let labels = json["associatedObjects"]?.elements.compactMap(\.string) ?? []
        for label in labels {
            let other = self.tables.first { $0.object.label == label }?.object.typeID
            if let other = other ?? self.typeID(label.lowercased()) {
                self.associations.relate(
                    object.typeID,
                    other,
                    isUserDefined: self.settings.customTiesAreUserDefined
                )
            }
        }
        return Self.found(self.json(schema: self.tables[place].object), status: 201)
    }

    func json(schema object: MockHubSpotObject) -> [UInt8] {
        let isCustom = object.typeID.hasPrefix("2-")
        var writer = JSONWriter()
        writer.object { item in
            item.member("id", object.typeID)
            item.member("objectTypeId", object.typeID)
            item.member("name", object.name)
            item.member("metaType", isCustom ? "PORTAL_SPECIFIC" : "HUBSPOT")
            item.member(
                "fullyQualifiedName",
                isCustom ? "p\(self.settings.portalID)_\(object.name)" : object.label
            )
            item.name("labels")
            item.object { labels in
                labels.member("singular", object.shownSingular)
                labels.member("plural", object.shownPlural)
            }
            item.member("primaryDisplayProperty", object.defaultProperties.first ?? "hs_object_id")
            item.name("requiredProperties")
            item.array { list in
                for name in object.requiredOneOf + object.requiredAll { list.string(name) }
            }
            Self.write("searchableProperties", object.searchableProperties, into: &item)
            Self.write("secondaryDisplayProperties", object.secondaryProperties, into: &item)
            if let description = object.description { item.member("description", description) }
            item.name("properties")
            item.array { list in
                for property in object.properties { list.raw(Self.json(property)) }
            }
            item.name("associations")
            item.array { list in
                for type in self.associations.types where type.from == object.typeID {
                    list.object { tie in
                        tie.member("id", String(type.id))
                        tie.member("fromObjectTypeId", type.from)
                        tie.member("toObjectTypeId", type.to)
                    }
                }
            }
            item.member("archived", object.isArchived)
        }
        return writer.bytes
    }
}
