/// Makes a value of what people wrote, and says what is wrong with it where it cannot.
struct SettingDecoder: Decoder {
    fileprivate let node: SettingNode
    fileprivate let path: String
    fileprivate let asked: Asked
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    /// - Throws: `ControlFailure` that names the path, and what could stand there.
    static func value<Value: Decodable>(
        _ type: Value.Type,
        _ node: SettingNode,
        at path: String
    ) throws -> Value {
        if let value = try Self.plain(type, node, path) { return value }
        if let pairs = type as? any SettingPairs.Type {
            guard case .group(_, let members) = node else { throw Self.wrong("an object", path) }
            return try Self.same(pairs.fromSetting(members, at: path))
        }
        let node = try Self.completed(type, node, path)
        let asked = Asked()
        let value: Value
        do {
            value = try Value(from: SettingDecoder(node: node, path: path, asked: asked))
        } catch let failure as ControlFailure {
            throw failure
        } catch {
            throw Self.failure(type, node, path)
        }
        try asked.requireKnown()
        return value
    }

    /// Values that are one JSON value; `nil` for any other type.
    private static func plain<Value>(
        _ type: Value.Type,
        _ node: SettingNode,
        _ path: String
    ) throws -> Value? {
        if type == String.self {
            guard case .text(let text) = node else { throw Self.wrong("a text", path) }
            return try Self.same(text)
        }
        if type == Bool.self {
            guard case .flag(let flag) = node else { throw Self.wrong("true or false", path) }
            return try Self.same(flag)
        }
        if type == Double.self {
            guard case .number(let text) = node, let number = Double(text), number.isFinite,
                SettingBounds.decimals(of: path).contains(number)
            else { throw Self.wrong(SettingBounds.decimalText(of: path), path) }
            return try Self.same(number)
        }
        if type == UInt64.self {
            guard case .number(let text) = node, let number = UInt64(text) else {
                throw Self.wrong("a whole number from 0 on", path)
            }
            return try Self.same(number)
        }
        guard type == Int.self || type == Int64.self else { return nil }
        guard case .number(let text) = node, let number = Int64(text),
            SettingBounds.whole(of: path).contains(number)
        else { throw Self.wrong(SettingBounds.wholeText(of: path), path) }
        return type == Int.self ? try Self.same(Int(number)) : try Self.same(number)
    }

    /// What somebody sent with what they left out.
    private static func completed<Value>(
        _ type: Value.Type,
        _ node: SettingNode,
        _ path: String
    ) throws -> SettingNode {
        guard case .group(.sent, let members) = node,
            let template = type as? any SettingTemplate.Type
        else { return node }
        let whole = try SettingEncoder.node(template.template).merging(node, at: path)
        for name in template.needed where !members.contains(where: { $0.name == name }) {
            throw ControlFailure("`\(path)` needs `\(name)`.")
        }
        return whole
    }

    static func same<Value>(_ value: Any) throws -> Value {
        guard let value = value as? Value else { throw ControlFailure("a value of another type") }
        return value
    }

    static func wrong(_ what: String, _ path: String) -> ControlFailure {
        ControlFailure("`\(path)` must be \(what).")
    }

    /// What can be said of a value that its type did not take.
    private static func failure<Value>(
        _ type: Value.Type,
        _ node: SettingNode,
        _ path: String
    ) -> ControlFailure {
        guard let choice = type as? any SettingChoice.Type else {
            return ControlFailure("`\(path)` cannot have this value.")
        }
        let known = choice.choices
        var name: String?
        if case .text(let text) = node { name = text }
        if let first = node.members.first, node.members.count == 1 { name = first.name }
        let all = known.joined(separator: ", ")
        guard let name, !known.contains(name), let nearest = Nearest.name(to: name, among: known)
        else { return ControlFailure("`\(path)` must be one of: \(all).") }
        return ControlFailure(
            "`\(path)` has `\(name)`, which is unknown. The nearest known name is `\(nearest)`; "
                + "all are: \(all)."
        )
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        let members: [SettingNode.Member]
        switch self.node {
        case .group(_, let found): members = found
        // A case without values.
        case .text(let name):
            members = [SettingNode.Member(name: name, value: .group(.sent, []))]
        case .null, .flag, .number, .list: throw Self.wrong("an object", self.path)
        }
        return KeyedDecodingContainer(
            Properties<Key>(members, at: self.path, self.asked, isText: self.node.isText)
        )
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .list(let elements) = self.node else { throw Self.wrong("a list", self.path) }
        guard elements.count <= Self.elementsMax else {
            throw Self.wrong("a list of at most \(Self.elementsMax)", self.path)
        }
        return Elements(elements: elements, path: self.path)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        Single(node: self.node, path: self.path)
    }

    private static let elementsMax = 10_000
}

extension SettingNode {
    fileprivate var isText: Bool {
        guard case .text = self else { return false }
        return true
    }
}

/// Which names a type asked for, to find those that it did not.
private final class Asked {
    final class Group {
        let members: [SettingNode.Member]
        let path: String
        var known: [String] = []

        init(_ members: [SettingNode.Member], _ path: String) {
            self.members = members
            self.path = path
        }

        func value(_ name: String) -> SettingNode? {
            if !self.known.contains(name) { self.known.append(name) }
            return self.members.first { $0.name == name }?.value
        }

        /// A name that was sent and not asked for.
        var stranger: String? {
            self.members.first { !self.known.contains($0.name) }?.name
        }
    }

    private(set) var groups: [Group] = []

    func open(_ members: [SettingNode.Member], at path: String) -> Group {
        let group = Group(members, path)
        self.groups.append(group)
        return group
    }

    func requireKnown() throws {
        for group in self.groups {
            guard let stranger = group.stranger else { continue }
            let path = SettingNode.path(group.path, stranger)
            guard let nearest = Nearest.name(to: stranger, among: group.known) else {
                throw ControlFailure("`\(path)` is unknown.")
            }
            throw ControlFailure(
                "`\(path)` is unknown. The nearest known name is "
                    + "`\(SettingNode.path(group.path, nearest))`."
            )
        }
    }
}

private struct Properties<Key: CodingKey>: KeyedDecodingContainerProtocol {
    private let group: Asked.Group
    private let asked: Asked
    private let isText: Bool
    /// What the case of an enumeration holds: one unnamed value may stand for itself.
    private let held: SettingNode?

    init(
        _ members: [SettingNode.Member],
        at path: String,
        _ asked: Asked,
        isText: Bool,
        held: SettingNode? = nil
    ) {
        self.group = asked.open(members, at: path)
        self.asked = asked
        self.isText = isText
        self.held = held
    }

    var codingPath: [any CodingKey] { [] }

    /// An enumeration asks which case it has.
    var allKeys: [Key] { self.group.members.compactMap { Key(stringValue: $0.name) } }

    private func value(_ key: Key) -> SettingNode? {
        if key.stringValue == "_0", let held = self.held, self.group.members.first?.name != "_0" {
            // Its members are the value's own.
            self.group.known += self.group.members.map(\.name)
            return held
        }
        return self.group.value(key.stringValue)
    }

    private func path(_ key: Key) -> String {
        key.stringValue == "_0"
            ? self.group.path : SettingNode.path(self.group.path, key.stringValue)
    }

    func contains(_ key: Key) -> Bool { self.value(key) != nil }

    func decodeNil(forKey key: Key) -> Bool { self.value(key) == .null }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        guard !self.isText else { throw SettingDecoder.wrong("an object", self.group.path) }
        guard let node = self.value(key) else {
            guard key.stringValue != "_0" else {
                throw ControlFailure("`\(self.group.path)` needs a value.")
            }
            // A name that is almost right says more than one that is missing.
            if let stranger = self.group.stranger,
                Nearest.distance(stranger, key.stringValue) <= max(2, stranger.count / 3)
            {
                let path = SettingNode.path(self.group.path, stranger)
                throw ControlFailure(
                    "`\(path)` is unknown. The nearest known name is `\(self.path(key))`."
                )
            }
            throw ControlFailure("`\(self.group.path)` needs `\(key.stringValue)`.")
        }
        return try SettingDecoder.value(type, node, at: self.path(key))
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        let held = self.group.value(key.stringValue) ?? .group(.sent, [])
        let path = SettingNode.path(self.group.path, key.stringValue)
        var members: [SettingNode.Member] = []
        if case .group(_, let found) = held { members = found }
        let isEmpty = held == .group(.sent, [])
        return KeyedDecodingContainer(
            Properties<Nested>(
                members,
                at: path,
                self.asked,
                isText: false,
                held: isEmpty ? nil : held
            )
        )
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        throw SettingDecoder.wrong("another value", self.path(key))
    }

    func superDecoder() throws -> any Decoder {
        throw SettingDecoder.wrong("another value", self.group.path)
    }

    func superDecoder(forKey key: Key) throws -> any Decoder {
        throw SettingDecoder.wrong("another value", self.path(key))
    }
}

private struct Elements: UnkeyedDecodingContainer {
    let elements: [SettingNode]
    let path: String
    var currentIndex = 0
    var codingPath: [any CodingKey] { [] }
    var count: Int? { self.elements.count }
    var isAtEnd: Bool { self.currentIndex >= self.elements.count }

    init(elements: [SettingNode], path: String) {
        self.elements = elements
        self.path = path
    }

    mutating func decodeNil() -> Bool {
        guard !self.isAtEnd, self.elements[self.currentIndex] == .null else { return false }
        self.currentIndex += 1
        return true
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let path = "\(self.path)[\(self.currentIndex)]"
        guard !self.isAtEnd else { throw SettingDecoder.wrong("another value", path) }
        let value = try SettingDecoder.value(type, self.elements[self.currentIndex], at: path)
        self.currentIndex += 1
        return value
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        throw SettingDecoder.wrong("another value", self.path)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        throw SettingDecoder.wrong("another value", self.path)
    }

    mutating func superDecoder() throws -> any Decoder {
        throw SettingDecoder.wrong("another value", self.path)
    }
}

private struct Single: SingleValueDecodingContainer {
    let node: SettingNode
    let path: String
    var codingPath: [any CodingKey] { [] }

    func decodeNil() -> Bool { self.node == .null }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try SettingDecoder.value(type, self.node, at: self.path)
    }
}
