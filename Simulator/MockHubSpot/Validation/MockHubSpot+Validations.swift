import HTTPTransport
import WireJSON

/// The rules that administrators set for values, and what `2026-09` makes of them.
extension MockHubSpot {
    /// `/crm/property-validations/{type}[/{property}[/rule-type/{rule}]]`.
    mutating func validationRoute(
        _ rest: [String],
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        guard let place = self.place(of: rest[0]) else {
            return self.error(400, "Unable to infer object type from: \(rest[0])", now: now)
        }
        let object = self.tables[place].object
        let rules = self.settings.propertyRules.filter { $0.type == object.typeID }
        guard rest.count > 1 else {
            var names: [String] = []
            for rule in rules where !names.contains(rule.property) { names.append(rule.property) }
            var writer = JSONWriter()
            writer.object { root in
                root.name("results")
                root.array { list in
                    for name in names {
                        list.object { item in
                            item.member("propertyName", name)
                            item.name("propertyValidationRules")
                            Self.write(rules.filter { $0.property == name }, into: &item)
                        }
                    }
                }
            }
            return HTTPResponse(status: 200, body: writer.bytes)
        }
        guard object.properties.contains(where: { $0.name == rest[1] }) else {
            return self.noProperty(rest[1], now)
        }
        guard rest.count == 4 else {
            var writer = JSONWriter()
            writer.object { root in
                root.name("results")
                Self.write(rules.filter { $0.property == rest[1] }, into: &root)
            }
            return HTTPResponse(status: 200, body: writer.bytes)
        }
        return self.setRule(object.typeID, rest[1], rest[3], request, now)
    }

    private mutating func setRule(
        _ type: String,
        _ property: String,
        _ kind: String,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        guard let kind = MockHubSpotRule.Kind(rawValue: kind) else {
            return self.error(
                400,
                "\(kind) is not a valid rule type",
                category: "VALIDATION_ERROR",
                now: now
            )
        }
        let json = Self.body(request)
        guard let arguments = json?["ruleArguments"], arguments.kind == .array else {
            return self.error(
                400,
                "Some required fields were not set: [ruleArguments]",
                category: "VALIDATION_ERROR",
                now: now
            )
        }
        self.settings.propertyRules.removeAll {
            $0.type == type && $0.property == property && $0.kind == kind
        }
        self.settings.propertyRules.append(
            MockHubSpotRule(
                kind,
                arguments.elements.compactMap { $0.string ?? $0.numberText },
                of: property,
                type: type,
                normalizes: json?["shouldApplyNormalization"]?.boolean ?? false
            )
        )
        return HTTPResponse(status: 204)
    }

    private static func write(_ rules: [MockHubSpotRule], into writer: inout JSONWriter) {
        writer.array { list in
            for rule in rules {
                list.object { item in
                    item.member("ruleType", rule.kind.rawValue)
                    Self.write("ruleArguments", rule.arguments, into: &item)
                    item.member("shouldApplyNormalization", rule.normalizes)
                }
            }
        }
    }

    // MARK: - Asking

    /// Refuses a write that breaks an administrator's rule; asked on `2026-09` paths only, where
    /// `id` is the record that is changed.
    func askRules(
        _ place: Int,
        _ fields: [(String, String)],
        _ id: Int64?
    ) throws(RecordTable.Refusal) {
        try self.askOwners(place, fields)
        guard self.enforcesRules,
            !self.settings.propertyRules.isEmpty || !self.settings.requirements.isEmpty
        else { return }
        let type = self.tables[place].object.typeID
        var problems: [(property: String, code: String, message: String)] = []
        for (name, value) in fields where !value.isEmpty {
            for rule in self.settings.propertyRules
            where rule.type == type && rule.property == name && !rule.admits(value) {
                let text = "Property \"\(name)\" does not meet the validation rule "
                problems.append((name, rule.kind.rawValue, text + rule.kind.rawValue))
            }
        }
        var after = id.flatMap { self.tables[place].row($0)?.now.values } ?? [:]
        for (name, value) in fields { after[name] = value.isEmpty ? nil : value }
        for wanted in self.settings.requirements
        where wanted.type == type && after[wanted.property] == nil {
            let name = wanted.property
            if let condition = wanted.condition {
                guard let value = after[condition.property], condition.values.contains(value)
                else { continue }
                let text = "\(name) is required when \(condition.property) is \(value)"
                problems.append((name, "MISSING_REQUIRED_PROPERTY", text))
            } else if id == nil {
                let text = "\(name) is required to create a record"
                problems.append((name, "MISSING_REQUIRED_PROPERTY", text))
            }
        }
        if !problems.isEmpty { throw .invalid(problems) }
    }

    /// Refuses owners that are archived or unknown; the code and the texts are from memory.
    private func askOwners(
        _ place: Int,
        _ fields: [(String, String)]
    ) throws(RecordTable.Refusal) {
        let (archived, unknown) = (
            self.settings.refusesArchivedOwners, self.settings.refusesUnknownOwners
        )
        guard archived || unknown else { return }
        let properties = self.tables[place].properties
        var problems: [(property: String, code: String, message: String)] = []
        for (name, value) in fields
        where !value.isEmpty && properties[name]?.refersToOwners == true {
            let id = Int64(value)
            let owner = self.settings.owners.first { $0.id == id }
            if archived, owner?.isArchived == true {
                problems.append((name, "INVALID_OWNER_ID", "Owner \(value) is not active"))
            } else if unknown, owner == nil {
                problems.append((name, "INVALID_OWNER_ID", "Owner \(value) does not exist"))
            }
        }
        if !problems.isEmpty { throw .invalid(problems) }
    }
}
