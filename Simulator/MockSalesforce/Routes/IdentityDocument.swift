import WireJSON

/// What an identity address answers, in the language that was asked for.
///
/// Identity URLs (Mobile SDK guide, Using Identity URLs): JSON, or XML under `user`. The third
/// language of the guide, `urlencoded`, is given to no client that is known, and is not modelled.
struct IdentityDocument: Sendable {
    indirect enum Content: Sendable {
        case text(String)
        case flag(Bool)
        case number(Int)
        case members([(name: String, content: Content)])
    }

    var members: [(name: String, content: Content)]

    var json: [UInt8] {
        var writer = JSONWriter()
        Self.write(self.members, to: &writer)
        return writer.bytes
    }

    var xml: [UInt8] {
        let space = "http://www.w3.org/2001/XMLSchema-instance"
        return Array(
            ("<?xml version=\"1.0\" encoding=\"UTF-8\"?><user xmlns:xsi=\"\(space)\">"
                + Self.elements(self.members) + "</user>").utf8
        )
    }

    private static func write(
        _ members: [(name: String, content: Content)],
        to writer: inout JSONWriter
    ) {
        writer.object { writer in
            for (name, content) in members {
                writer.name(name)
                switch content {
                case .text(let text): writer.string(text)
                case .flag(let flag): writer.boolean(flag)
                case .number(let number): writer.integer(number)
                case .members(let members): self.write(members, to: &writer)
                }
            }
        }
    }

    private static func elements(_ members: [(name: String, content: Content)]) -> String {
        members.map { name, content in
            let inner =
                switch content {
                case .text(let text): XMLNode.escape(text)
                case .flag(let flag): flag ? "true" : "false"
                case .number(let number): String(number)
                case .members(let members): self.elements(members)
                }
            return "<\(name)>\(inner)</\(name)>"
        }.joined()
    }
}
