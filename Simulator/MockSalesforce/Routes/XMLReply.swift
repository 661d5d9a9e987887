import WireJSON

/// A reply in XML: what a query, a record, a create and a refusal answer in JSON, as elements.
///
/// REST API, `Accept: application/xml` or an address that ends in `.xml`. Refusals are what a
/// client's tests expect (`Errors`, `Error`); the other names are those of the guide's first editions,
/// from memory. What has no name here stays JSON.
enum XMLReply {
    private static let space = "http://www.w3.org/2001/XMLSchema-instance"

    /// The document, or `nil` where the reply is of no kind that is known.
    static func document(_ body: [UInt8], status: Int) -> [UInt8]? {
        guard let json = try? JSON(parsing: body) else { return nil }
        let content: String
        if status >= 400, json.kind == .array {
            content =
                "<Errors>" + json.elements.map { self.element("Error", $0) }.joined() + "</Errors>"
        } else if json["records"] != nil, json["totalSize"] != nil {
            content = self.element("QueryResult", json)
        } else if let type = json["attributes"]?["type"]?.string {
            content = self.element(type, json)
        } else if json["success"] != nil, json["id"] != nil {
            content = self.element("Result", json)
        } else {
            return nil
        }
        return Array(("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + content).utf8)
    }

    private static func element(_ name: String, _ json: JSON) -> String {
        switch json.kind {
        case .null: return "<\(name) xsi:nil=\"true\" xmlns:xsi=\"\(self.space)\"/>"
        case .boolean: return XMLNode.element(name, json.boolean == true ? "true" : "false")
        case .number: return XMLNode.element(name, json.numberText ?? "")
        case .string: return XMLNode.element(name, json.string ?? "")
        // Each element of a list has the list's own name.
        case .array: return json.elements.map { self.element(name, $0) }.joined()
        case .object:
            var start = "<" + name
            var content = ""
            for (name, value) in json.members {
                if name == "attributes" {
                    for (name, value) in value.members {
                        let text = XMLNode.escape(value.string ?? "")
                        start += " \(name)=\"\(text.replacing("\"", with: "&quot;"))\""
                    }
                } else {
                    content += self.element(name, value)
                }
            }
            return start + ">" + content + "</" + name + ">"
        }
    }
}
