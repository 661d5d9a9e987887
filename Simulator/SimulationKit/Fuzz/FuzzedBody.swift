import WireJSON

/// A JSON body in which one thing is wrong: one value at one place.
struct FuzzedBody {
    /// What is done at the place.
    enum Kind: CaseIterable {
        case otherValue
        case otherText
        case left
        case renamed
        case unknownMember
        case repeated
    }

    /// What has broken a server somewhere.
    static let oddValues = [
        "null", "[]", "{}", "-1", "0", "7", "1e400", "true", "\"\"", "[[[]]]", "\"\\u0000\"",
        "99999999999999999999", "0.0000001", "{\"a\":{\"b\":[null]}}", "\"x\"", "[null]",
        "9223372036854775807", "-9223372036854775808", "\"\\ud83d\\ude00\"", "\" \"",
    ]

    private let kind: Kind
    /// What stands there instead, as JSON.
    private let value: String
    /// How often an element stands there then: past what a batch may hold.
    private let times: Int
    private var left: Int

    /// The body with its change; as it was where it is not JSON.
    static func changed(_ text: String, by random: inout SeededRandom) -> [UInt8] {
        guard let json = try? JSON(parsing: Array(text.utf8)) else { return Array(text.utf8) }
        var body = FuzzedBody(
            kind: random.pick(Self.Kind.allCases),
            value: random.pick(Self.oddValues),
            times: random.pick([2, 2, 2, 2, 11, 101, 101, 201, 1_001, 2_001]),
            left: random.below(Self.count(json))
        )
        var writer = JSONWriter()
        body.write(json, into: &writer)
        return writer.bytes
    }

    private static func count(_ json: JSON) -> Int {
        let parts = json.elements + json.members.map(\.value)
        return parts.reduce(1) { $0 + Self.count($1) }
    }

    /// Whether this is the place; counts down to it.
    private mutating func isPlace() -> Bool {
        self.left -= 1
        return self.left == -1
    }

    private mutating func write(_ json: JSON, into writer: inout JSONWriter) {
        let isHere = self.isPlace()
        guard !isHere || self.kind == .unknownMember else {
            return writer.raw(self.instead(of: json))
        }
        switch json.kind {
        case .array:
            writer.array { list in
                for element in json.elements { self.write(element: element, into: &list) }
            }
        case .object:
            writer.object { object in
                for (name, value) in json.members {
                    self.write(member: name, value, into: &object)
                }
                if isHere {
                    object.name("nope")
                    object.raw(self.value)
                }
            }
        case .null, .boolean, .number, .string: writer.json(json)
        }
    }

    private mutating func write(element: JSON, into list: inout JSONWriter) {
        guard self.left == 0, self.kind == .repeated || self.kind == .left else {
            return self.write(element, into: &list)
        }
        self.left = -1
        guard self.kind == .repeated else { return }
        for _ in 0..<self.times { list.json(element) }
    }

    private mutating func write(member name: String, _ value: JSON, into object: inout JSONWriter) {
        guard self.left == 0 else {
            object.name(name)
            return self.write(value, into: &object)
        }
        switch self.kind {
        case .left: self.left = -1
        case .renamed:
            self.left = -1
            object.name(name + "X")
            object.json(value)
        case .repeated:
            self.left = -1
            for _ in 0..<2 {
                object.name(name)
                object.json(value)
            }
        case .otherValue, .otherText, .unknownMember:
            object.name(name)
            self.write(value, into: &object)
        }
    }

    private func instead(of json: JSON) -> String {
        guard self.kind == .otherText, let text = json.string else { return self.value }
        var writer = JSONWriter()
        // The longest is past what most texts may hold.
        let texts = [
            text + text, text.uppercased(), " " + text, String(text.dropLast()), text + "\u{0}",
            text + "';--", String(repeating: "x", count: self.times * 40),
        ]
        writer.string(texts[self.times % texts.count])
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
