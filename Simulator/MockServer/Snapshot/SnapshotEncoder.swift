import MockSalesforce

/// Encodes values one after the other as they are asked for, so that none is held twice.
///
/// Properties keep their names and their order; what is `nil` is left out.
struct SnapshotEncoder: Encoder {
    let writer: SnapshotWriter
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(Properties<Key>(encoder: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer { Elements(encoder: self) }

    func singleValueContainer() -> any SingleValueEncodingContainer { Elements(encoder: self) }

    func write<Value: Encodable>(_ value: Value) throws {
        // By the type itself, which costs less than a cast; a cast also looks into optionals.
        if Value.self == String.self, let text = value as? String {
            self.writer.text(text)
        } else if Value.self == Int64.self, let number = value as? Int64 {
            self.writer.integer(number)
        } else if Value.self == Int.self, let number = value as? Int {
            self.writer.integer(Int64(number))
        } else if Value.self == Bool.self, let flag = value as? Bool {
            self.writer.token(flag ? .yes : .no)
        } else if Value.self == UInt64.self, let number = value as? UInt64 {
            self.writer.unsigned(number)
        } else if Value.self == Double.self, let number = value as? Double {
            self.writer.double(number)
        } else if Value.self == [UInt8].self, let bytes = value as? [UInt8] {
            self.writer.bytes(bytes)
        } else if Value.self == [MockSalesforceValue].self,
            let row = value as? [MockSalesforceValue]
        {
            self.writer.row(row)
        } else if Value.self == [String: String].self, let texts = value as? [String: String] {
            self.writer.texts(texts)
        } else {
            self.writer.token(.begin)
            if Value.self is any SnapshotPairs.Type, let pairs = value as? any SnapshotPairs {
                try pairs.encodePairs(to: self)
            } else {
                try value.encode(to: self)
            }
            self.writer.token(.end)
        }
    }
}

/// Properties with their names, and the values of an enumeration's case.
private struct Properties<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoder: SnapshotEncoder
    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) throws {}

    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
        self.encoder.writer.name(key.stringValue)
        try self.encoder.write(value)
    }

    /// The values of a case end where the enumeration does.
    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        self.encoder.writer.name(key.stringValue)
        return KeyedEncodingContainer(Properties<Nested>(encoder: self.encoder))
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        self.encoder.writer.name(key.stringValue)
        return Elements(encoder: self.encoder)
    }

    func superEncoder() -> any Encoder { self.encoder }

    func superEncoder(forKey key: Key) -> any Encoder { self.encoder }
}

/// Values without names, one or several.
private struct Elements: UnkeyedEncodingContainer, SingleValueEncodingContainer {
    let encoder: SnapshotEncoder
    var count = 0
    var codingPath: [any CodingKey] { [] }

    func encodeNil() throws { self.encoder.writer.token(.null) }

    func encode<Value: Encodable>(_ value: Value) throws { try self.encoder.write(value) }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) -> KeyedEncodingContainer<Nested> {
        KeyedEncodingContainer(Properties<Nested>(encoder: self.encoder))
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { self }

    func superEncoder() -> any Encoder { self.encoder }
}
