/// One element of a document that a client sent: its name without prefix, its text, its children.
///
/// It reads what the SOAP and the first Bulk API are sent: no document types and no entities of
/// one's own.
struct XMLNode: Sendable {
    let name: String
    /// `xsi:nil="true"`.
    let isNull: Bool
    private(set) var text = ""
    private(set) var children: [XMLNode] = []

    subscript(name: String) -> XMLNode? {
        self.children.first { $0.name == name }
    }

    /// `nil` where it is no well-formed document.
    static func parse(_ bytes: [UInt8]) -> XMLNode? {
        var rest = Substring(String(decoding: bytes, as: UTF8.self))
        if rest.first == "\u{FEFF}" { rest.removeFirst() }
        // Elements that are not closed yet; the first one collects the document.
        var open = [XMLNode(tag: "document")]
        while let start = rest.firstIndex(of: "<") {
            open[open.count - 1].text += Self.unescape(rest[..<start])
            rest = rest[start...].dropFirst()
            if rest.hasPrefix("!--") {
                guard let end = rest.firstRange(of: "-->") else { return nil }
                rest = rest[end.upperBound...]
                continue
            }
            if rest.hasPrefix("![CDATA[") {
                guard let end = rest.firstRange(of: "]]>") else { return nil }
                open[open.count - 1].text += rest[..<end.lowerBound].dropFirst(8)
                rest = rest[end.upperBound...]
                continue
            }
            guard let end = rest.firstIndex(of: ">") else { return nil }
            guard Self.take(rest[..<end], &open) else { return nil }
            rest = rest[end...].dropFirst()
        }
        guard open.count == 1, open[0].children.count == 1 else { return nil }
        return open[0].children[0]
    }

    /// Opens or closes an element; whether that could be.
    private static func take(_ tag: Substring, _ open: inout [XMLNode]) -> Bool {
        if tag.hasPrefix("?") { return true }
        if tag.hasPrefix("/") {
            let name = Self.local(tag.dropFirst().prefix { !$0.isWhitespace })
            guard open.count > 1, let closed = open.popLast(), closed.name == name else {
                return false
            }
            open[open.count - 1].children.append(closed)
            return true
        }
        guard let first = tag.first, first.isLetter || first == "_" else { return false }
        let isEmpty = tag.hasSuffix("/")
        let node = XMLNode(tag: isEmpty ? tag.dropLast() : tag)
        if isEmpty {
            open[open.count - 1].children.append(node)
        } else {
            open.append(node)
        }
        return true
    }

    private init(tag: Substring) {
        let full = tag.prefix { !$0.isWhitespace }
        self.name = Self.local(full)
        self.isNull = Self.attribute("xsi:nil", of: tag) == "true"
    }

    private static func local(_ name: Substring) -> String {
        String(name.split(separator: ":").last ?? "")
    }

    private static func attribute(_ name: String, of tag: Substring) -> String? {
        guard let start = tag.firstRange(of: " \(name)=") ?? tag.firstRange(of: "\n\(name)=") else {
            return nil
        }
        let rest = tag[start.upperBound...]
        guard let quote = rest.first, quote == "\"" || quote == "'" else { return nil }
        return Self.unescape(rest.dropFirst().prefix { $0 != quote })
    }

    private static func unescape(_ text: Substring) -> String {
        guard text.contains("&") else { return String(text) }
        var plain = ""
        var rest = text
        while let start = rest.firstIndex(of: "&") {
            plain += rest[..<start]
            rest = rest[start...]
            guard let end = rest.firstIndex(of: ";"),
                let character = Self.character(rest[..<end].dropFirst())
            else {
                plain += "&"
                rest = rest.dropFirst()
                continue
            }
            plain.append(character)
            rest = rest[end...].dropFirst()
        }
        return plain + rest
    }

    private static func character(_ name: Substring) -> Character? {
        switch name {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        default:
            guard name.hasPrefix("#") else { return nil }
            let digits = name.dropFirst()
            let code =
                digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            return code.flatMap(Unicode.Scalar.init).map(Character.init)
        }
    }

    /// Text as it stands inside an element.
    static func escape(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            .replacing(">", with: "&gt;")
    }

    static func element(_ name: String, _ text: String) -> String {
        "<\(name)>\(Self.escape(text))</\(name)>"
    }
}
