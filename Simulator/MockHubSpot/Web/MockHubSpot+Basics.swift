import HTTPTransport
import WireJSON

/// What every endpoint refuses before it does anything.
extension MockHubSpot {
    /// The reply to a request that cannot be carried out as it is, or `nil`.
    mutating func refusal(
        _ target: HubSpotTarget,
        _ request: HTTPRequest,
        _ endpoint: MockHubSpotEndpoint,
        _ session: AccessSession,
        _ now: Int64
    ) -> HTTPResponse? {
        if let methods = target.methods {
            guard !methods.isEmpty else { return self.error(404, "resource not found", now: now) }
            guard methods.contains(request.method) else { return self.wrongVerb(now) }
        }
        if let refusal = self.missingScopes(target, request, endpoint, session, now) {
            return refusal
        }
        guard let shape = target.shape(request.method) else { return nil }
        // A client that names no type is taken to mean JSON.
        let type = request.header("Content-Type")?.lowercased() ?? "application/json"
        guard request.body.isEmpty || type.hasPrefix("application/json") else {
            return self.wrongMediaType(now)
        }
        guard let json = Self.body(request) else {
            let scanner = JSONScanner(request.body)
            let fault = scanner.fault() ?? .init(offset: 0, text: Self.unreadable)
            return self.badJSON(scanner, fault.offset, fault.text, now)
        }
        guard let problem = Self.problem(json, shape) ?? Self.missingKinds(json, target) else {
            return nil
        }
        let scanner = JSONScanner(request.body)
        return self.badJSON(scanner, scanner.offset(of: problem.path), problem.text, now)
    }

    /// What is refused before anybody is asked who they are.
    mutating func oversized(_ request: HTTPRequest, _ now: Int64) -> HTTPResponse? {
        guard request.url.utf8.count > self.settings.urlMax else { return nil }
        return self.error(414, "HTTP 414 URI Too Long", now: now)
    }

    /// The grammar is right and the parser still refuses: containers in a thousand others.
    private static let unreadable =
        "Invalid UTF-8, or a document nesting depth that exceeds the maximum allowed"

    /// JAX-RS's own words stand for HubSpot's, of which no record was found.
    mutating func wrongVerb(_ now: Int64) -> HTTPResponse {
        self.error(405, "HTTP 405 Method Not Allowed", now: now)
    }

    mutating func wrongMediaType(_ now: Int64) -> HTTPResponse {
        self.error(415, "HTTP 415 Unsupported Media Type", now: now)
    }

    /// No category: HubSpot's reply to what Jackson cannot read has none.
    private mutating func badJSON(
        _ scanner: JSONScanner,
        _ offset: Int,
        _ text: String,
        _ now: Int64
    ) -> HTTPResponse {
        // What is missing stands behind a full stop (recorded for labels, lists and folders).
        let mark = text.hasPrefix("Some required fields") ? "." : ":"
        let message = "Invalid input JSON on \(scanner.position(offset))\(mark) \(text)"
        return self.error(400, message, now: now)
    }

    // MARK: - Shapes

    private typealias Problem = (path: [JSONScanner.Step], text: String)

    private static func problem(_ json: JSON, _ shape: BodyShape) -> Problem? {
        guard shape != .array else {
            return json.kind == .array ? nil : Self.wrong(json, "java.util.ArrayList", [])
        }
        guard json.kind == .object else { return Self.wrong(json, "java.util.LinkedHashMap", []) }
        switch shape {
        case .object, .array: return nil
        case .record: return Self.problem(record: json, [])
        case .search:
            for name in ["filterGroups", "filters", "sorts", "properties"] {
                guard let list = json[name], !list.isNull, list.kind != .array else { continue }
                return Self.wrong(list, "java.util.ArrayList", [.name(name)])
            }
            for name in ["limit", "after"] {
                if let problem = Self.problem(number: json[name], [.name(name)]) { return problem }
            }
            return Self.problem(sorts: json["sorts"]) ?? Self.problem(filters: json)
        case .inputs:
            guard let inputs = json["inputs"], !inputs.isNull else {
                return ([], "Some required fields were not set: [inputs]")
            }
            guard inputs.kind == .array else {
                return Self.wrong(inputs, "java.util.ArrayList", [.name("inputs")])
            }
            for (place, input) in inputs.elements.enumerated() {
                let path: [JSONScanner.Step] = [.name("inputs"), .element(place)]
                guard input.kind == .object else {
                    return Self.wrong(input, "java.util.LinkedHashMap", path)
                }
                if let problem = Self.problem(record: input, path) { return problem }
            }
            return nil
        }
    }

    /// A tie without a kind: since v4 each input of a batch names its kinds.
    private static func missingKinds(_ json: JSON, _ target: HubSpotTarget) -> Problem? {
        guard target.namesKinds else { return nil }
        let inputs = json["inputs"]?.elements ?? []
        guard let place = inputs.firstIndex(where: { ($0["types"]?.elements ?? []).isEmpty }) else {
            return nil
        }
        return (
            [.name("inputs"), .element(place)], "Some required fields were not set: [types]"
        )
    }

    /// A whole number may stand as text; empty text is none.
    private static func problem(number json: JSON?, _ path: [JSONScanner.Step]) -> Problem? {
        guard let json, !json.isNull, json.kind != .number else { return nil }
        guard let text = json.string else { return Self.wrong(json, "int", path) }
        guard !text.isEmpty, Int(text) == nil else { return nil }
        let start = "Cannot deserialize value of type `int` from String "
        return (path, start + "\"\(text)\": not a valid `int` value")
    }

    /// A direction that no search knows.
    private static func problem(sorts list: JSON?) -> Problem? {
        for (place, sort) in (list?.elements ?? []).enumerated() {
            guard let direction = sort["direction"], !direction.isNull else { continue }
            let path: [JSONScanner.Step] = [.name("sorts"), .element(place), .name("direction")]
            guard let word = direction.string else {
                return Self.wrong(direction, "Direction", path)
            }
            guard !["ASCENDING", "DESCENDING"].contains(word) else { continue }
            let text = "Cannot deserialize value of type `Direction` from String \"\(word)\": "
            return (
                path,
                text + "not one of the values accepted for Enum class: [ASCENDING, DESCENDING]"
            )
        }
        return nil
    }

    /// An operator that no search knows.
    private static func problem(filters json: JSON) -> Problem? {
        for (group, item) in (json["filterGroups"]?.elements ?? []).enumerated() {
            let path: [JSONScanner.Step] = [.name("filterGroups"), .element(group)]
            if let problem = Self.problem(filters: item["filters"], path) { return problem }
        }
        return Self.problem(filters: json["filters"], [])
    }

    private static func problem(filters list: JSON?, _ path: [JSONScanner.Step]) -> Problem? {
        for (place, filter) in (list?.elements ?? []).enumerated() {
            let path = path + [.name("filters"), .element(place)]
            guard let op = filter["operator"]?.string else {
                return (path, "Some required fields were not set: [operator]")
            }
            guard !Self.searchOperators.contains(op) else { continue }
            let known = Self.searchOperators.joined(separator: ", ")
            let text = "Cannot deserialize value of type `Operator` from String \"\(op)\": "
            return (
                path + [.name("operator")],
                text + "not one of the values accepted for Enum class: [\(known)]"
            )
        }
        return nil
    }

    private static func problem(record: JSON, _ path: [JSONScanner.Step]) -> Problem? {
        guard let properties = record["properties"], !properties.isNull else { return nil }
        let path = path + [.name("properties")]
        guard properties.kind == .object else {
            return Self.wrong(properties, "java.util.LinkedHashMap", path)
        }
        for (name, value) in properties.members
        where value.kind == .array || value.kind == .object {
            return Self.wrong(value, "java.lang.String", path + [.name(name)])
        }
        return nil
    }

    private static func wrong(
        _ json: JSON,
        _ type: String,
        _ path: [JSONScanner.Step]
    ) -> Problem {
        let (kind, token) =
            switch json.kind {
            case .array: ("Array value", "START_ARRAY")
            case .object: ("Object value", "START_OBJECT")
            case .string: ("String value", "VALUE_STRING")
            case .boolean: ("Boolean value", json.boolean == true ? "VALUE_TRUE" : "VALUE_FALSE")
            case .null: ("Null value", "VALUE_NULL")
            case .number:
                json.integer == nil
                    ? ("Floating-point value", "VALUE_NUMBER_FLOAT")
                    : ("Integer value", "VALUE_NUMBER_INT")
            }
        let text = "Cannot deserialize value of type `\(type)` from \(kind) "
        return (path, text + "(token `JsonToken.\(token)`)")
    }
}
