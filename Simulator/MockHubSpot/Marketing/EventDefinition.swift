import WireJSON

/// What one kind of custom event is called, and what it tells.
struct EventDefinition: Sendable, Codable {
    /// The number of its object type, `6-{number}`.
    var number: Int64
    /// The name that was chosen, without the account's prefix.
    var name: String
    var label: String
    var description: String?
    /// The object type whose records do it: `0-1`.
    var primaryTypeID: String
    var properties: [MockHubSpotProperty]
    var createdAt: Int64
    var updatedAt: Int64

    var typeID: String { "6-\(self.number)" }

    func fullName(_ portalID: Int64) -> String { "pe\(portalID)_\(self.name)" }

    /// Whether a path, a filter or a subscription means it.
    func answers(to name: String, _ portalID: Int64) -> Bool {
        name == self.name || name == self.fullName(portalID) || name == self.typeID
            || name == String(self.number)
    }

    /// The object types that may be a definition's own, by their names in requests.
    static let primaryTypes = [
        "CONTACT": "0-1", "COMPANY": "0-2", "DEAL": "0-3", "TICKET": "0-5",
    ]

    /// A name made of a label, as an account makes one where none is given.
    static func name(of label: String) -> String {
        String(label.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    }

    /// Lower-case letters, digits, `_` and `-` after a letter; 50 at most (HubSpot: custom event
    /// definitions).
    static func isName(_ name: String) -> Bool {
        guard let first = name.utf8.first, (0x61...0x7A).contains(first), name.utf8.count <= 50
        else { return false }
        return name.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F || $0 == 0x2D
        }
    }

    /// A property from a request; `nil` with the reason where it cannot be one.
    static func property(
        _ json: JSON,
        at now: Int64
    ) -> Result<MockHubSpotProperty, PropertyProblem> {
        guard let label = json["label"]?.string, !label.isEmpty else {
            return .failure(PropertyProblem(code: "REQUIRED_FIELD", message: "label is required"))
        }
        let kinds = [
            "string": ("text", MockHubSpotProperty.Kind.string), "number": ("number", .number),
            "enumeration": ("select", .enumeration), "datetime": ("date", .datetime),
        ]
        let type = json["type"]?.string ?? ""
        guard let (fieldType, kind) = kinds[type] else {
            return .failure(PropertyProblem(code: "INVALID_TYPE", message: "Invalid type: \(type)"))
        }
        let name = json["name"]?.string ?? Self.name(of: label)
        guard Self.isName(name), !name.hasPrefix("hs_") else {
            return .failure(PropertyProblem(code: "INVALID_NAME", message: "Invalid name: \(name)"))
        }
        var property = MockHubSpotProperty(
            name,
            label: label,
            kind: kind,
            fieldType: fieldType,
            group: "event_information"
        )
        property.isHubSpotDefined = false
        property.take(json)
        guard kind != .enumeration || !property.options.isEmpty else {
            return .failure(PropertyProblem(code: "REQUIRED_FIELD", message: "options is required"))
        }
        (property.createdAt, property.updatedAt) = (now, now)
        return .success(property)
    }
}
