import HTTPTransport
import WireJSON

/// Custom events as they are defined: `/events/{version}/event-definitions`.
///
/// The shapes are those of the OpenAPI file; the texts and statuses of refusals are from memory.
extension MockHubSpot {
    mutating func definitionRoute(
        _ path: [String],
        _ target: HubSpotTarget,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        if let refusal = self.eventRefusal(now) { return refusal }
        if path.isEmpty {
            switch request.method {
            case .get: return self.definitions(target)
            case .post: return self.define(request, now)
            case .put, .patch, .delete: return self.wrongVerb(now)
            }
        }
        let portal = self.settings.portalID
        guard
            let place = self.marketing.definitions.firstIndex(where: {
                $0.answers(to: path[0], portal)
            })
        else { return self.error(404, "Event definition \(path[0]) not found", now: now) }
        switch (request.method, path.count) {
        case (.get, 1): return self.shown(self.marketing.definitions[place])
        case (.delete, 1):
            self.marketing.definitions.remove(at: place)
            return HTTPResponse(status: 204)
        case (.patch, 1):
            guard let json = Self.body(request), json.kind == .object else {
                return self.unreadableBody(now)
            }
            let known = self.marketing.definitions[place]
            self.marketing.definitions[place].label = json["label"]?.string ?? known.label
            self.marketing.definitions[place].description =
                json["description"]?.string ?? known.description
            self.marketing.definitions[place].updatedAt = now
            return self.shown(self.marketing.definitions[place], status: 201)
        case (.post, 2) where path[1] == "property":
            return self.addProperty(place, request, now)
        case (_, 3) where path[1] == "property":
            return self.changeProperty(place, path[2], request, now)
        case (.get, _), (.post, _), (.put, _), (.patch, _), (.delete, _):
            return path.count == 1
                ? self.wrongVerb(now) : self.error(404, "resource not found", now: now)
        }
    }

    private mutating func define(_ request: HTTPRequest, _ now: Int64) -> HTTPResponse {
        guard let json = Self.body(request), json.kind == .object else {
            return self.unreadableBody(now)
        }
        guard let label = json["label"]?.string, !label.isEmpty else {
            return self.invalid("label is required", now)
        }
        let name = json["name"]?.string ?? EventDefinition.name(of: label)
        guard EventDefinition.isName(name) else {
            return self.invalid("Invalid name: \(name)", now)
        }
        let portal = self.settings.portalID
        guard !self.marketing.definitions.contains(where: { $0.answers(to: name, portal) }) else {
            let text = "An event definition named \(name) already exists"
            return self.error(409, text, category: "CONFLICT", now: now)
        }
        let most = self.settings.marketing.definitionsMax
        guard self.marketing.definitions.count < most else {
            return self.invalid("An account has at most \(most) event definitions", now)
        }
        let primary = json["primaryObject"]?.string?.uppercased() ?? "CONTACT"
        guard let type = EventDefinition.primaryTypes[primary] else {
            return self.invalid("Invalid primaryObject: \(primary)", now)
        }
        var properties: [MockHubSpotProperty] = []
        for item in json["propertyDefinitions"]?.elements ?? [] {
            switch EventDefinition.property(item, at: now) {
            case .success(let property): properties.append(property)
            case .failure(let problem): return self.invalid(problem.message, now)
            }
        }
        let names = Set(properties.map(\.name))
        guard names.count == properties.count,
            properties.count <= self.settings.marketing.definitionPropertiesMax
        else { return self.invalid("propertyDefinitions are too many or named twice", now) }
        let definition = EventDefinition(
            number: 22_000_000 + self.marketing.nextID(),
            name: name,
            label: label,
            description: json["description"]?.string,
            primaryTypeID: type,
            properties: properties,
            createdAt: now,
            updatedAt: now
        )
        self.marketing.definitions.append(definition)
        return self.shown(definition, status: 201)
    }

    private mutating func addProperty(
        _ place: Int,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        guard let json = Self.body(request), json.kind == .object else {
            return self.unreadableBody(now)
        }
        let property: MockHubSpotProperty
        switch EventDefinition.property(json, at: now) {
        case .success(let made): property = made
        case .failure(let problem): return self.invalid(problem.message, now)
        }
        let known = self.marketing.definitions[place].properties
        guard !known.contains(where: { $0.name == property.name }) else {
            let text = "Property named '\(property.name)' already exists."
            return self.error(409, text, category: "CONFLICT", now: now)
        }
        let most = self.settings.marketing.definitionPropertiesMax
        guard known.count < most else {
            return self.invalid("An event has at most \(most) properties", now)
        }
        self.marketing.definitions[place].properties.append(property)
        self.marketing.definitions[place].updatedAt = now
        return Self.found(Self.json(property), status: 201)
    }

    private mutating func changeProperty(
        _ place: Int,
        _ name: String,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        let known = self.marketing.definitions[place].properties
        guard let index = known.firstIndex(where: { $0.name == name }) else {
            return self.noProperty(name, now)
        }
        switch request.method {
        case .delete:
            self.marketing.definitions[place].properties.remove(at: index)
            return HTTPResponse(status: 204)
        case .patch:
            guard let json = Self.body(request), json.kind == .object else {
                return self.unreadableBody(now)
            }
            var property = known[index]
            property.label = json["label"]?.string ?? property.label
            property.take(json)
            property.updatedAt = now
            self.marketing.definitions[place].properties[index] = property
            return Self.found(Self.json(property), status: 201)
        case .get, .post, .put: return self.wrongVerb(now)
        }
    }

    // MARK: - Showing

    private func definitions(_ target: HubSpotTarget) -> HTTPResponse {
        let part = target.parameter("searchString")?.lowercased() ?? ""
        let hasProperties = target.parameter("includeProperties")?.lowercased() == "true"
        var found = self.marketing.definitions.filter {
            part.isEmpty || $0.name.contains(part) || $0.label.lowercased().contains(part)
        }
        if target.parameter("sortOrder")?.uppercased() == "DESC" { found.reverse() }
        let limit = target.limit(100, max: 100)
        let asked = target.parameter("after").flatMap { Int($0) } ?? 0
        let offset = min(max(0, asked), found.count)
        let page = found[offset...].prefix(limit)
        var writer = JSONWriter()
        writer.object { root in
            root.member("total", found.count)
            root.name("results")
            root.array { list in
                for definition in page {
                    list.object { self.write(definition, hasProperties, into: &$0) }
                }
            }
            if offset + page.count < found.count {
                Self.paging(String(offset + page.count), into: &root)
            }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    private func shown(_ definition: EventDefinition, status: Int = 200) -> HTTPResponse {
        var writer = JSONWriter()
        writer.object { self.write(definition, true, into: &$0) }
        return HTTPResponse(status: status, body: writer.bytes)
    }

    private func write(
        _ definition: EventDefinition,
        _ hasProperties: Bool,
        into item: inout JSONWriter
    ) {
        let primary = EventDefinition.primaryTypes.first { $0.value == definition.primaryTypeID }
        item.member("id", String(definition.number))
        item.member("archived", false)
        item.member("name", definition.name)
        item.member("fullyQualifiedName", definition.fullName(self.settings.portalID))
        item.name("labels")
        item.object { labels in
            labels.member("singular", definition.label)
            labels.name("plural")
            labels.null()
        }
        if let description = definition.description { item.member("description", description) }
        item.member("objectTypeId", definition.typeID)
        item.member("primaryObject", primary?.key ?? "CONTACT")
        item.member("primaryObjectId", definition.primaryTypeID)
        item.member("trackingType", "MANUAL")
        item.member("createdAt", ServerTime.iso(definition.createdAt))
        item.member("updatedAt", ServerTime.iso(definition.updatedAt))
        item.name("associations")
        item.array { list in
            list.object { Self.write(tieOf: definition, primary?.key ?? "CONTACT", into: &$0) }
        }
        item.name("properties")
        item.array { list in
            guard hasProperties else { return }
            for property in definition.properties { list.raw(Self.json(property)) }
        }
    }

    /// How an event belongs to the record that did it; the numbers are the mock's own.
    private static func write(
        tieOf definition: EventDefinition,
        _ object: String,
        into tie: inout JSONWriter
    ) {
        let number = Int(definition.number % 1_000_000)
        tie.member("id", number * 2)
        tie.member("inverseId", number * 2 + 1)
        tie.member("name", "\(object.lowercased())_to_\(definition.name)")
        tie.member("inverseName", "\(definition.name)_to_\(object.lowercased())")
        tie.member("fromObjectTypeId", definition.primaryTypeID)
        tie.member("toObjectTypeId", definition.typeID)
        tie.member("cardinality", "ONE_TO_MANY")
        tie.member("inverseCardinality", "ONE_TO_ONE")
        tie.member("category", "HUBSPOT_DEFINED")
        tie.member("portalUniqueIdentifier", "\(number * 2)")
        tie.member("maxFromObjectIds", 0)
        tie.member("maxToObjectIds", 0)
        for name in [
            "allowsCustomLabels", "inverseAllowsCustomLabels", "hasAllAssociatedObjects",
            "inverseHasAllAssociatedObjects", "hasCascadingDeletes",
            "hasUserEnforcedMaxFromObjectIds", "hasUserEnforcedMaxToObjectIds", "hidden",
            "isDefault", "isPrimary", "isInversePrimary", "readOnly",
        ] {
            tie.member(name, false)
        }
    }
}
