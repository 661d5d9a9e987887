import MockSalesforce

/// Decodes what a `SnapshotEncoder` encoded, in the same order.
struct SnapshotDecoder: Decoder {
    let reader: SnapshotReader
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(
        keyedBy type: Key.Type
    ) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(Properties<Key>(decoder: self))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { Elements(decoder: self) }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        Elements(decoder: self)
    }

    func value<Value: Decodable>(_ type: Value.Type) throws -> Value {
        if type == String.self { return try self.same(self.reader.text()) }
        if type == Int64.self { return try self.same(self.reader.integer()) }
        if type == Int.self { return try self.same(Int(self.reader.integer())) }
        if type == Bool.self { return try self.same(self.reader.flag()) }
        if type == UInt64.self { return try self.same(self.reader.unsigned()) }
        if type == Double.self { return try self.same(self.reader.double()) }
        if type == [UInt8].self { return try self.same(self.reader.bytes()) }
        if type == [MockSalesforceValue].self { return try self.same(self.reader.row()) }
        if type == [String: String].self { return try self.same(self.reader.texts()) }
        try self.reader.expect(.begin)
        let value: Value
        if let pairs = type as? any SnapshotPairs.Type {
            value = try self.same(pairs.decodePairs(from: self))
        } else {
            value = try Value(from: self)
        }
        try self.reader.expect(.end)
        return value
    }

    /// The value as the type that it is known to have.
    private func same<Value>(_ value: Any) throws -> Value {
        guard let value = value as? Value else { throw SnapshotFailure.otherContent }
        return value
    }
}

/// Properties with their names, and the values of an enumeration's case.
private struct Properties<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoder: SnapshotDecoder
    var codingPath: [any CodingKey] { [] }

    /// The property that comes next: an enumeration asks which case it has.
    var allKeys: [Key] {
        let name = try? self.decoder.reader.peekName()
        return name.flatMap { Key(stringValue: $0) }.map { [$0] } ?? []
    }

    func contains(_ key: Key) -> Bool {
        (try? self.decoder.reader.peekName()) == key.stringValue
    }

    /// What is `nil` was left out.
    func decodeNil(forKey key: Key) throws -> Bool { false }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try self.decoder.reader.takeName(key.stringValue)
        return try self.decoder.value(type)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try self.decoder.reader.takeName(key.stringValue)
        return KeyedDecodingContainer(Properties<Nested>(decoder: self.decoder))
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try self.decoder.reader.takeName(key.stringValue)
        return Elements(decoder: self.decoder)
    }

    func superDecoder() throws -> any Decoder { self.decoder }

    func superDecoder(forKey key: Key) throws -> any Decoder { self.decoder }
}

/// Values without names, one or several.
private struct Elements: UnkeyedDecodingContainer, SingleValueDecodingContainer {
    let decoder: SnapshotDecoder
    /// Nobody asks how many were read.
    var currentIndex: Int { 0 }
    var codingPath: [any CodingKey] { [] }
    var count: Int? { nil }

    var isAtEnd: Bool { ((try? self.decoder.reader.peek()) ?? .end) == .end }

    func decodeNil() -> Bool { (try? self.takesNull()) ?? false }

    private func takesNull() throws -> Bool {
        guard try self.decoder.reader.peek() == .null else { return false }
        try self.decoder.reader.expect(.null)
        return true
    }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try self.decoder.value(type)
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        KeyedDecodingContainer(Properties<Nested>(decoder: self.decoder))
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { self }

    mutating func superDecoder() throws -> any Decoder { self.decoder }
}
