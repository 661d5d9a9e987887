/// Makes the form that people see of any type that a snapshot can hold.
///
/// Unlike a snapshot's it shows what is `nil`, so that every name is there to be set.
struct SettingEncoder: Encoder {
    fileprivate let box: Box
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    static func node<Value: Encodable>(_ value: Value) throws -> SettingNode {
        switch value {
        case let flag as Bool: return .flag(flag)
        case let text as String: return .text(text)
        case let number as any BinaryInteger: return .number("\(number)")
        case let number as Double: return .number("\(number)")
        case let pairs as any SettingPairs: return .group(.pairs, try pairs.settingMembers())
        case let set as any SettingSet: return .list(try set.settingElements())
        default: break
        }
        let box = Box()
        try value.encode(to: SettingEncoder(box: box))
        guard let hiding = Value.self as? any SettingHiding.Type,
            case .group(let grouping, var members) = box.node
        else { return box.node }
        for place in members.indices {
            members[place].isHidden = hiding.hiddenSettings.contains(members[place].name)
        }
        return .group(grouping, members)
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(Properties<Key>(box: self.box))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        self.box.elements = self.box.elements ?? []
        return Elements(box: self.box)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { Single(box: self.box) }
}

/// What a value has written of itself so far.
private final class Box {
    var value: SettingNode?
    var elements: [SettingNode]?
    var members: [(name: String, value: SettingNode)] = []
    /// The case of an enumeration, with its values.
    var choice: (name: String, values: Box)?

    var node: SettingNode {
        if let value { return value }
        if let elements { return .list(elements) }
        guard let choice else { return .group(.properties, Self.members(self.members)) }
        let values = choice.values.members
        if values.isEmpty { return .text(choice.name) }
        let held: SettingNode =
            values.count == 1 && values[0].name == "_0"
            ? values[0].value : .group(.sent, Self.members(values))
        return .group(.choice, [SettingNode.Member(name: choice.name, value: held)])
    }

    private static func members(
        _ members: [(name: String, value: SettingNode)]
    ) -> [SettingNode.Member] {
        members.map { SettingNode.Member(name: $0.name, value: $0.value) }
    }
}

private struct Properties<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let box: Box
    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) { self.box.members.append((key.stringValue, .null)) }

    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
        self.box.members.append((key.stringValue, try SettingEncoder.node(value)))
    }

    func encodeIfPresent<Value: Encodable>(_ value: Value?, forKey key: Key) throws {
        if let value { try self.encode(value, forKey: key) } else { self.encodeNil(forKey: key) }
    }

    func encodeIfPresent(_ value: String?, forKey key: Key) throws { try self.optional(value, key) }
    func encodeIfPresent(_ value: Bool?, forKey key: Key) throws { try self.optional(value, key) }
    func encodeIfPresent(_ value: Int?, forKey key: Key) throws { try self.optional(value, key) }
    func encodeIfPresent(_ value: Int64?, forKey key: Key) throws { try self.optional(value, key) }
    func encodeIfPresent(_ value: Double?, forKey key: Key) throws { try self.optional(value, key) }

    private func optional<Value: Encodable>(_ value: Value?, _ key: Key) throws {
        if let value { try self.encode(value, forKey: key) } else { self.encodeNil(forKey: key) }
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        let values = Box()
        self.box.choice = (key.stringValue, values)
        return KeyedEncodingContainer(Properties<Nested>(box: values))
    }

    // The settings' types ask for none of these three; what they wrote would be left out.
    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        Elements(box: Box())
    }

    func superEncoder() -> any Encoder { SettingEncoder(box: Box()) }

    func superEncoder(forKey key: Key) -> any Encoder { SettingEncoder(box: Box()) }
}

private struct Elements: UnkeyedEncodingContainer {
    let box: Box
    var codingPath: [any CodingKey] { [] }
    var count: Int { self.box.elements?.count ?? 0 }

    func encodeNil() { self.box.elements?.append(.null) }

    func encode<Value: Encodable>(_ value: Value) throws {
        self.box.elements?.append(try SettingEncoder.node(value))
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) -> KeyedEncodingContainer<Nested> {
        KeyedEncodingContainer(Properties<Nested>(box: Box()))
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { Elements(box: Box()) }

    func superEncoder() -> any Encoder { SettingEncoder(box: Box()) }
}

private struct Single: SingleValueEncodingContainer {
    let box: Box
    var codingPath: [any CodingKey] { [] }

    func encodeNil() { self.box.value = .null }

    func encode<Value: Encodable>(_ value: Value) throws {
        self.box.value = try SettingEncoder.node(value)
    }
}
