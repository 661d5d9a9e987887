import WireJSON

/// Replaces `@{ref.id}` and `@{ref[0].id}` by values of earlier replies of a Composite.
struct ReplyReferences {
    let replies: [(reference: String, reply: RESTReply)]

    func resolve(_ text: String) throws(RequestFailure) -> String {
        var resolved = ""
        var rest = text[...]
        while let start = rest.firstRange(of: "@{"),
            let end = rest[start.upperBound...].firstIndex(of: "}")
        {
            resolved += rest[..<start.lowerBound]
            resolved += try self.value(rest[start.upperBound..<end])
            rest = rest[rest.index(after: end)...]
        }
        return resolved + rest
    }

    /// The body with its references replaced; the same body where it has none.
    func resolve(_ body: JSON?) throws(RequestFailure) -> JSON? {
        guard let body, Self.hasReference(body) else { return body }
        var writer = JSONWriter()
        try self.write(body, to: &writer)
        return try? JSON(parsing: writer.bytes)
    }

    private static func hasReference(_ json: JSON) -> Bool {
        switch json.kind {
        case .null, .boolean, .number: false
        case .string: json.bytes?.starts(with: "@{".utf8) == true
        case .array: json.elements.contains(where: self.hasReference)
        case .object: json.members.contains { self.hasReference($0.value) }
        }
    }

    private func write(_ json: JSON, to writer: inout JSONWriter) throws(RequestFailure) {
        switch json.kind {
        case .null: writer.null()
        case .boolean: writer.boolean(json.boolean ?? false)
        case .number: writer.raw(json.numberText ?? "0")
        case .string: writer.string(try self.resolve(json.string ?? ""))
        case .array:
            var failure: RequestFailure?
            writer.array { writer in
                for element in json.elements {
                    do throws(RequestFailure) {
                        try self.write(element, to: &writer)
                    } catch { failure = error }
                }
            }
            if let failure { throw failure }
        case .object:
            var failure: RequestFailure?
            writer.object { writer in
                for member in json.members {
                    writer.name(member.name)
                    do throws(RequestFailure) {
                        try self.write(member.value, to: &writer)
                    } catch { failure = error }
                }
            }
            if let failure { throw failure }
        }
    }

    private func value(_ path: Substring) throws(RequestFailure) -> String {
        let steps = path.split { $0 == "." || $0 == "[" || $0 == "]" }
        guard let name = steps.first else { throw Self.missing(path, path) }
        guard let reply = self.replies.first(where: { $0.reference == name })?.reply,
            reply.status < 300, let body = reply.body, var json = try? JSON(parsing: body)
        else { throw Self.missing(path, name) }
        for step in steps.dropFirst() {
            let next =
                Int(step).flatMap { json.kind == .array ? json[$0] : nil }
                ?? json[String(step)]
            guard let next else { throw Self.missing(path, name) }
            json = next
        }
        guard let text = json.string ?? json.numberText else { throw Self.missing(path, name) }
        return text
    }

    private static func missing(_ path: Substring, _ name: Substring) -> RequestFailure {
        RequestFailure(
            "PROCESSING_HALTED",
            "Invalid reference specified. No value for \(path) found in \(name)"
        )
    }
}
