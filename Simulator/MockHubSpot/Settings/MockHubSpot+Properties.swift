import HTTPTransport
import WireJSON

/// Property definitions and their groups.
extension MockHubSpot {
    private static let uniqueMax = 10

    mutating func propertyRoute(
        _ target: HubSpotTarget,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        let path = target.family
        guard path.count > 1, let place = self.place(of: path[1]) else {
            let name = path.count > 1 ? path[1] : ""
            return self.error(400, "Unable to infer object type from: \(name)", now: now)
        }
        let rest = Array(path.dropFirst(2))
        switch (request.method, rest.first, rest.count) {
        case (.get, .none, _):
            return Self.results(
                self.definitions(place, isArchived: target.isArchived).map(Self.json)
            )
        case (.post, .none, _): return self.makeProperty(place, Self.body(request), target, now)
        case (.post, "batch"?, 2):
            let status = target.version == "2026-09" ? 200 : 201
            return self.propertyBatch(place, rest[1], request, created: status, now)
        case (_, "groups"?, _):
            return self.groupRoute(place, rest.count > 1 ? rest[1] : nil, request, now)
        case (.get, let name?, 1):
            guard let property = self.definition(name, place, isArchived: target.isArchived) else {
                return self.noProperty(name, now)
            }
            return Self.found(Self.json(property))
        case (.patch, let name?, 1): return self.changeProperty(name, place, request, now)
        case (.delete, let name?, 1): return self.archiveProperty(name, place, now)
        case (.get, _, _), (.post, _, _), (.put, _, _), (.patch, _, _), (.delete, _, _):
            return self.error(404, "resource not found", now: now)
        }
    }

    private func definitions(_ place: Int, isArchived: Bool) -> [MockHubSpotProperty] {
        isArchived ? self.tables[place].archivedProperties : self.tables[place].object.properties
    }

    private func definition(
        _ name: String,
        _ place: Int,
        isArchived: Bool = false
    ) -> MockHubSpotProperty? {
        self.definitions(place, isArchived: isArchived).first { $0.name == name }
    }

    /// One that is not there, or is archived already, is not found (observed on `2026-09`).
    private mutating func archiveProperty(
        _ name: String,
        _ place: Int,
        _ now: Int64
    ) -> HTTPResponse {
        guard let property = self.definition(name, place) else { return self.noProperty(name, now) }
        guard !property.isHubSpotDefined else {
            // The text is from memory.
            let text = "Property \(name) is defined by HubSpot and cannot be archived"
            return self.error(400, text, category: "VALIDATION_ERROR", now: now)
        }
        self.archive(property, place)
        return HTTPResponse(status: 204)
    }

    private mutating func archive(_ property: MockHubSpotProperty, _ place: Int) {
        var property = property
        property.isArchived = true
        self.tables[place].define(property.name, as: nil)
        self.tables[place].keepArchived(property)
    }

    mutating func noProperty(_ name: String, _ now: Int64) -> HTTPResponse {
        self.error(
            404,
            "Property \(name) does not exist",
            category: "OBJECT_NOT_FOUND",
            now: now
        )
    }

    // MARK: - Changing

    private mutating func makeProperty(
        _ place: Int,
        _ json: JSON?,
        _ target: HubSpotTarget,
        _ now: Int64
    ) -> HTTPResponse {
        switch self.property(json, place, now) {
        case .failure(let refusal): return refusal.response
        case .success(let property):
            self.tables[place].define(property.name, as: property)
            var response = Self.found(Self.json(property), status: 201)
            response.headers.append(HTTPHeader("Location", target.address(of: property.name)))
            return response
        }
    }

    private mutating func invalidDefinition(_ text: String, _ now: Int64) -> AccessRefusal {
        AccessRefusal(
            response: self.error(400, text, category: "VALIDATION_ERROR", now: now)
        )
    }

    /// Why a new definition is refused for its name, its group or a missing part, or `nil`.
    private mutating func definitionProblem(
        _ json: JSON,
        _ place: Int,
        _ now: Int64,
        group: String?
    ) -> AccessRefusal? {
        let required = ["name", "label", "type", "fieldType"] + (group == nil ? ["groupName"] : [])
        for name in required where json[name]?.string == nil {
            return self.invalidDefinition("\(name) is required", now)
        }
        let name = json["name"]?.string ?? ""
        guard MockHubSpotProperty.isName(name) else {
            // The text is from memory.
            let text =
                "\(name) is not a valid property name: lower-case letters, digits and underscores, "
                + "the first of them a letter, at most 100"
            return self.invalidDefinition(text, now)
        }
        guard self.definition(name, place) == nil else { return self.propertyExists(name, now) }
        // A new object type's properties are of its own group.
        if group == nil, let name = json["groupName"]?.string, !self.isGroup(name, place) {
            return self.invalidDefinition("The group \(name) does not exist", now)
        }
        return nil
    }

    /// A definition from a request's body, checked as the vendor does.
    mutating func property(
        _ json: JSON?,
        _ place: Int,
        _ now: Int64,
        group: String? = nil
    ) -> Result<MockHubSpotProperty, AccessRefusal> {
        guard let json, json.kind == .object else {
            return .failure(AccessRefusal(response: self.unreadableBody(now)))
        }
        if let refusal = self.definitionProblem(json, place, now, group: group) {
            return .failure(refusal)
        }
        let name = json["name"]?.string ?? ""
        let (type, fieldType) = (json["type"]?.string ?? "", json["fieldType"]?.string ?? "")
        guard let kind = MockHubSpotProperty.Kind(rawValue: type),
            kind.fieldTypes.contains(fieldType)
        else {
            let text = "\(type) with \(fieldType) is not a valid pair"
            return .failure(self.invalidDefinition(text, now))
        }
        var property = MockHubSpotProperty(
            name,
            label: json["label"]?.string ?? name,
            kind: kind,
            fieldType: fieldType,
            group: json["groupName"]?.string ?? group ?? ""
        )
        property.isHubSpotDefined = false
        property.hasUniqueValue = json["hasUniqueValue"]?.boolean ?? false
        let unique = self.tables[place].object.properties.count { $0.hasUniqueValue }
        if property.hasUniqueValue, unique >= Self.uniqueMax {
            return .failure(self.invalidDefinition("At most 10 unique properties", now))
        }
        property.refersToOwners =
            kind == .enumeration && json["referencedObjectType"]?.string == "OWNER"
        property.take(json)
        // A name that was archived comes back, as the request defines it (observed on `2026-09`).
        let before = self.definition(name, place, isArchived: true)
        (property.createdAt, property.updatedAt) = (before?.createdAt ?? now, now)
        return .success(property)
    }

    /// Status, category and sub-category as observed on `2026-09`.
    private mutating func propertyExists(_ name: String, _ now: Int64) -> AccessRefusal {
        AccessRefusal(
            response: self.error(
                409,
                "A property named '\(name)' already exists.",
                category: "OBJECT_ALREADY_EXISTS",
                now: now
            ) { $0.member("subCategory", "Properties.PROPERTY_WITH_NAME_EXISTS") }
        )
    }

    private func isGroup(_ name: String, _ place: Int) -> Bool {
        self.tables[place].groups.contains { $0.name == name }
    }

    private mutating func changeProperty(
        _ name: String,
        _ place: Int,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        guard var property = self.definition(name, place) else { return self.noProperty(name, now) }
        guard let json = Self.body(request) else {
            return self.unreadableBody(now)
        }
        if property.isHubSpotDefined, !property.takes(json) {
            // The text is from memory.
            let text = "Property \(name) is defined by HubSpot and cannot be changed"
            return self.error(400, text, category: "VALIDATION_ERROR", now: now)
        }
        if let group = json["groupName"]?.string, !self.isGroup(group, place) {
            let text = "The group \(group) does not exist"
            return self.error(400, text, category: "VALIDATION_ERROR", now: now)
        }
        property.label = json["label"]?.string ?? property.label
        property.group = json["groupName"]?.string ?? property.group
        property.take(json)
        property.updatedAt = now
        self.tables[place].define(name, as: property)
        return Self.found(Self.json(property))
    }

    private mutating func propertyBatch(
        _ place: Int,
        _ verb: String,
        _ request: HTTPRequest,
        created: Int,
        _ now: Int64
    ) -> HTTPResponse {
        guard let json = Self.body(request), let inputs = json["inputs"]?.elements else {
            return self.unreadableBody(now)
        }
        let names = inputs.compactMap { $0["name"]?.string }
        switch verb {
        case "archive":
            for name in names {
                guard let property = self.definition(name, place), !property.isHubSpotDefined
                else { continue }
                self.archive(property, place)
            }
            return HTTPResponse(status: 204)
        case "read":
            let isArchived = json["archived"]?.boolean ?? false
            let found = names.compactMap { self.definition($0, place, isArchived: isArchived) }
            return Self.batch(found.map(Self.json), status: 200, now)
        case "create":
            var made: [[UInt8]] = []
            for input in inputs {
                switch self.property(input, place, now) {
                case .failure(let refusal): return refusal.response
                case .success(let property):
                    self.tables[place].define(property.name, as: property)
                    made.append(Self.json(property))
                }
            }
            return Self.batch(made, status: created, now)
        default: return self.error(404, "resource not found", now: now)
        }
    }

    private static func batch(_ items: [[UInt8]], status: Int, _ now: Int64) -> HTTPResponse {
        var writer = JSONWriter()
        writer.object { root in
            root.member("status", "COMPLETE")
            root.name("results")
            root.array { list in for item in items { list.raw(item) } }
            Self.batchTimes(now, into: &root)
        }
        return HTTPResponse(status: status, body: writer.bytes)
    }

    // MARK: - Groups

    private mutating func groupRoute(
        _ place: Int,
        _ name: String?,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        let groups = self.tables[place].groups
        let json = Self.body(request)
        switch (request.method, name) {
        case (.get, .none):
            return Self.results(groups.map { Self.json(group: $0.name, $0.label) })
        case (.post, .none):
            guard let name = json?["name"]?.string, let label = json?["label"]?.string else {
                return self.error(
                    400,
                    "name and label are required",
                    category: "VALIDATION_ERROR",
                    now: now
                )
            }
            guard !self.isGroup(name, place) else {
                // A client expects it so; nobody's record was found.
                let text = "A property group named '\(name)' already exists."
                return self.error(409, text, category: "OBJECT_ALREADY_EXISTS", now: now)
            }
            self.tables[place].extraGroups[name] = label
            return Self.found(Self.json(group: name, label), status: 201)
        case (.get, let name?):
            guard let group = groups.first(where: { $0.name == name }) else {
                return self.error(404, "resource not found", now: now)
            }
            return Self.found(Self.json(group: name, group.label))
        case (.patch, let name?):
            guard self.isGroup(name, place) else {
                return self.error(404, "resource not found", now: now)
            }
            let label = json?["label"]?.string ?? name
            self.tables[place].extraGroups[name] = label
            return Self.found(Self.json(group: name, label))
        case (.delete, let name?):
            guard !self.tables[place].object.properties.contains(where: { $0.group == name })
            else {
                // The text is from memory.
                let text = "The group \(name) has active properties"
                return self.error(400, text, category: "VALIDATION_ERROR", now: now) { root in
                    root.member("subCategory", "PropertyGroupError.GROUP_WITH_ACTIVE_PROPERTIES")
                }
            }
            self.tables[place].extraGroups[name] = nil
            return HTTPResponse(status: 204)
        case (.post, _), (.put, _), (.patch, _), (.delete, _):
            return self.error(405, "Method not allowed", now: now)
        }
    }

    private static func json(group name: String, _ label: String) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { item in
            item.member("name", name)
            item.member("label", label)
            item.member("displayOrder", -1)
            item.member("archived", false)
        }
        return writer.bytes
    }

    // MARK: - Writing

    static func json(_ property: MockHubSpotProperty) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { Self.write(property, into: &$0) }
        return writer.bytes
    }

    private static func write(_ property: MockHubSpotProperty, into item: inout JSONWriter) {
        item.member("name", property.name)
        item.member("label", property.label)
        item.member("type", property.kind.rawValue)
        item.member("fieldType", property.fieldType)
        item.member("description", property.description)
        item.member("groupName", property.group)
        item.name("options")
        item.array { list in
            for (order, option) in property.options.enumerated() {
                list.object { choice in
                    choice.member("label", option.label)
                    choice.member("value", option.value)
                    choice.member("displayOrder", order)
                    choice.member("hidden", false)
                }
            }
        }
        item.member("displayOrder", -1)
        item.member("calculated", property.isCalculated)
        item.member("externalOptions", property.refersToOwners)
        if property.refersToOwners { item.member("referencedObjectType", "OWNER") }
        item.member("hasUniqueValue", property.hasUniqueValue)
        item.member("hidden", property.isHidden)
        item.member("hubspotDefined", property.isHubSpotDefined)
        item.member("formField", false)
        item.member("archived", property.isArchived)
        item.member("dataSensitivity", "non_sensitive")
        item.member("createdAt", ServerTime.iso(property.createdAt))
        item.member("updatedAt", ServerTime.iso(property.updatedAt))
        item.name("modificationMetadata")
        item.object { metadata in
            metadata.member("archivable", !property.isHubSpotDefined)
            metadata.member("readOnlyDefinition", property.isHubSpotDefined)
            if property.kind == .enumeration {
                metadata.member("readOnlyOptions", !property.hasOwnOptions)
            }
            metadata.member("readOnlyValue", property.isReadOnly)
        }
    }
}

extension MockHubSpotProperty {
    /// Whether a property may be called so.
    static func isName(_ name: String) -> Bool {
        let first = name.utf8.first ?? 0
        return name.utf8.count <= 100 && (0x61...0x7A).contains(first)
            && name.utf8.allSatisfy {
                (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F
            }
    }

    /// Whether administrators keep the list of options: their own properties', and of HubSpot's
    /// those that people fill in, such as industries.
    fileprivate var hasOwnOptions: Bool {
        !self.isHubSpotDefined
            || (self.kind == .enumeration && !self.isReadOnly && !self.refersToOwners)
    }

    /// Whether HubSpot's own definition can be changed in that way: its options, no more.
    fileprivate func takes(_ json: JSON) -> Bool {
        self.hasOwnOptions && json.members.map(\.0) == ["options"]
    }

    /// What create and change have in common.
    mutating func take(_ json: JSON) {
        self.description = json["description"]?.string ?? self.description
        self.isHidden = json["hidden"]?.boolean ?? self.isHidden
        guard let options = json["options"], options.kind == .array else { return }
        self.options = options.elements.map { option in
            MockHubSpotOption(
                label: option["label"]?.string ?? "",
                value: option["value"]?.string ?? ""
            )
        }
    }
}

extension MockHubSpotProperty.Kind {
    /// The field types that go with a type.
    fileprivate var fieldTypes: Set<String> {
        switch self {
        case .string: ["text", "textarea", "file", "html", "phonenumber", "calculation_equation"]
        case .number: ["number", "calculation_equation"]
        case .date, .datetime: ["date"]
        case .enumeration:
            ["select", "radio", "checkbox", "booleancheckbox", "calculation_equation"]
        case .bool: ["booleancheckbox", "calculation_equation"]
        case .phoneNumber: ["phonenumber"]
        }
    }
}
