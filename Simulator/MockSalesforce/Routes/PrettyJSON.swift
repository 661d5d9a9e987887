import WireJSON

/// Prints JSON as `X-PrettyPrint: 1` asks for: `"a" : 1`, two spaces, `[ ]` and `{ }`.
enum PrettyJSON {
    static func print(_ bytes: [UInt8]) -> [UInt8]? {
        guard let json = try? JSON(parsing: bytes) else { return nil }
        var text = ""
        Self.print(json, indent: "", into: &text)
        return Array(text.utf8)
    }

    private static func print(_ json: JSON, indent: String, into text: inout String) {
        switch json.kind {
        case .null: text += "null"
        case .boolean: text += json.boolean == true ? "true" : "false"
        case .number: text += json.numberText ?? "0"
        case .string: text += Self.quoted(json.string ?? "")
        case .array:
            text += "["
            for (place, element) in json.elements.enumerated() {
                text += place == 0 ? " " : ", "
                Self.print(element, indent: indent + "  ", into: &text)
            }
            text += " ]"
        case .object:
            let members = json.members
            guard !members.isEmpty else {
                text += "{ }"
                return
            }
            text += "{\n"
            for (place, member) in members.enumerated() {
                text += indent + "  " + Self.quoted(member.name) + " : "
                Self.print(member.value, indent: indent + "  ", into: &text)
                text += place + 1 < members.count ? ",\n" : "\n"
            }
            text += indent + "}"
        }
    }

    private static func quoted(_ text: String) -> String {
        var writer = JSONWriter()
        writer.string(text)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
