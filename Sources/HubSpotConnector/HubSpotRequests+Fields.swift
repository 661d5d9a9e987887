import CRMInterface
import HTTPTransport
import WireJSON

/// Properties that are made (OpenAPI: CRM/Properties/Rollouts/145899). Each is one call.
extension HubSpotRequests {
    /// Where people find what Duet made: a group of an object's properties.
    static let group = "duet"

    func groups(of object: String) -> HTTPRequest {
        self.get(self.paths.properties(object) + "/groups")
    }

    func makeGroup(of object: String) -> HTTPRequest {
        var writer = JSONWriter()
        writer.object { root in
            root.member("name", Self.group)
            root.member("label", "Duet")
        }
        return self.post(self.paths.properties(object) + "/groups", writer.bytes)
    }

    func make(_ field: NewField) -> HTTPRequest {
        var writer = JSONWriter()
        writer.object { root in
            root.member("name", field.name)
            root.member("label", field.label)
            root.member("groupName", Self.group)
            root.member("description", field.note)
            let type = Self.type(of: field.kind)
            root.member("type", type.name)
            root.member("fieldType", type.fieldType)
            if field.kind == .key { root.member("hasUniqueValue", true) }
            Self.write(field.kind, to: &root)
        }
        return self.post(self.paths.properties(field.object), writer.bytes)
    }

    private static func type(of kind: NewField.Kind) -> (name: String, fieldType: String) {
        switch kind {
        case .key, .text, .email: ("string", "text")
        case .number: ("number", "number")
        case .checkbox: ("bool", "booleancheckbox")
        case .date: ("date", "date")
        case .dateTime: ("datetime", "date")
        case .choice(_, let isMultiple): ("enumeration", isMultiple ? "checkbox" : "select")
        }
    }

    private static func write(_ kind: NewField.Kind, to root: inout JSONWriter) {
        switch kind {
        case .choice(let picks, _):
            Self.write(picks.map { ($0.value, $0.label, !$0.isActive) }, to: &root)
        // Both options are asked for (OpenAPI: PropertyCreate, `options` of booleans).
        case .checkbox: Self.write([("true", "Yes", false), ("false", "No", false)], to: &root)
        default: return
        }
    }

    private static func write(
        _ options: [(value: String, label: String, isHidden: Bool)],
        to root: inout JSONWriter
    ) {
        root.name("options")
        root.array { list in
            for (place, option) in options.enumerated() {
                list.object { item in
                    item.member("value", option.value)
                    item.member("label", option.label)
                    item.member("displayOrder", place)
                    item.member("hidden", option.isHidden)
                }
            }
        }
    }
}
