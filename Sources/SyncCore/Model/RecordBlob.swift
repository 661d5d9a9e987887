/// The mapped fields of one record on one side, normalised and packed: what a base is stored as.
///
/// Equal bytes are equal records, so the test for "nothing changed" is one comparison.
/// Layout: version 1, field count, then per field `length + 1` and the bytes, or 0 for blank;
/// numbers are LEB128. Field order is the mapping's.
package struct RecordBlob: Sendable, Hashable {
    package let bytes: [UInt8]

    /// Wraps stored bytes; `nil` if they are not a whole blob of this version.
    package init?(stored bytes: [UInt8]) {
        guard RecordBlob.isWhole(bytes) else { return nil }
        self.bytes = bytes
    }

    package init(values: [FieldValue]) {
        var packed: [UInt8] = [RecordBlob.version]
        RecordBlob.append(values.count, to: &packed)
        for value in values {
            guard !value.isBlank else {
                packed.append(0)
                continue
            }
            RecordBlob.append(value.bytes.count + 1, to: &packed)
            packed.append(contentsOf: value.bytes)
        }
        self.bytes = packed
    }

    /// The fields in the mapping's order.
    package var values: [FieldValue] {
        var reader = Reader(bytes: self.bytes, offset: 1)
        let count = reader.number() ?? 0
        var values: [FieldValue] = []
        values.reserveCapacity(count)
        for _ in 0..<count {
            let size = reader.number() ?? 0
            values.append(size == 0 ? .blank : FieldValue(bytes: reader.take(size - 1) ?? []))
        }
        return values
    }

    /// The same record with these fields set to what a write sends.
    package func setting(_ fields: [OutboxEntry.Field]) -> RecordBlob {
        var values = self.values
        for field in fields where values.indices.contains(field.index) {
            values[field.index] = FieldValue(bytes: field.value)
        }
        return RecordBlob(values: values)
    }

    /// Whether these fields hold what a write sends.
    package func shows(_ fields: [OutboxEntry.Field]) -> Bool {
        let values = self.values
        return fields.allSatisfy {
            values.indices.contains($0.index)
                && values[$0.index] == FieldValue(bytes: $0.value)
        }
    }

    private static let version: UInt8 = 1

    private static func append(_ number: Int, to packed: inout [UInt8]) {
        var rest = UInt64(number)
        while rest >= 0x80 {
            packed.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        packed.append(UInt8(rest))
    }

    private static func isWhole(_ bytes: [UInt8]) -> Bool {
        guard bytes.first == RecordBlob.version else { return false }
        var reader = Reader(bytes: bytes, offset: 1)
        guard let count = reader.number(), count <= bytes.count else { return false }
        for _ in 0..<count {
            guard let size = reader.number() else { return false }
            if size > 0, reader.take(size - 1) == nil { return false }
        }
        return reader.offset == bytes.count
    }
}

private struct Reader {
    let bytes: [UInt8]
    var offset: Int

    mutating func number() -> Int? {
        var result: UInt64 = 0
        var shift: UInt64 = 0
        while self.offset < self.bytes.count, shift < 56 {
            let byte = self.bytes[self.offset]
            self.offset += 1
            result |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return Int(result) }
            shift += 7
        }
        return nil
    }

    mutating func take(_ count: Int) -> [UInt8]? {
        guard count >= 0, self.offset + count <= self.bytes.count else { return nil }
        defer { self.offset += count }
        return Array(self.bytes[self.offset..<self.offset + count])
    }
}
