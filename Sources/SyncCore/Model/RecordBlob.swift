/// The mapped fields of one record on one side, normalised and packed: what a base is stored as.
///
/// Equal bytes are equal records, so the test for "nothing changed" is one comparison.
/// Layout: version 1, field count, then per field `length + 1` and the bytes, or 0 for blank;
/// numbers are LEB128. Field order is the mapping's.
package struct RecordBlob: Sendable, Hashable {
    package let bytes: [UInt8]

    /// Wraps stored bytes; `nil` if they are not a whole blob of this version.
    package init?(stored bytes: [UInt8]) {
        guard bytes.withUnsafeBufferPointer(RecordBlob.isWhole) else { return nil }
        self.bytes = bytes
    }

    package init(values: some Collection<FieldValue>) {
        var builder = RecordBlobBuilder()
        builder.begin(fields: values.count)
        for value in values { builder.append(value) }
        self = builder.blob()
    }

    init(packed bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The fields in the mapping's order.
    package var values: RecordValues { RecordValues(self.bytes) }

    /// The same record with these fields set to what a write sends.
    package func setting(_ fields: [OutboxEntry.Field]) -> RecordBlob {
        guard !fields.isEmpty else { return self }
        var latest: [Int: [UInt8]] = [:]
        for field in fields { latest[field.index] = field.value }
        return self.replacing { index in latest[index].map { FieldValue(bytes: $0) } }
    }

    /// The same record with these fields as another one has them.
    package func replacing(_ fields: Set<Int>, from other: RecordBlob) -> RecordBlob {
        let theirs = other.values
        return self.replacing { fields.contains($0) ? theirs[$0] : nil }
    }

    /// The same record with other values in some fields; `nil` leaves a field as it is.
    private func replacing(_ value: (Int) -> FieldValue?) -> RecordBlob {
        let values = self.values
        var builder = RecordBlobBuilder()
        builder.begin(fields: values.count)
        for index in values.indices {
            if let value = value(index) {
                builder.append(value)
            } else {
                values.withBytes(of: index) { builder.append($0) }
            }
        }
        return builder.blob()
    }

    /// Whether these fields hold what a write sends.
    package func shows(_ fields: [OutboxEntry.Field]) -> Bool {
        let values = self.values
        return fields.allSatisfy {
            values.indices.contains($0.index)
                && values[$0.index] == FieldValue(bytes: $0.value)
        }
    }

    /// Whether it holds fields that were never read.
    package var holdsUnread: Bool {
        let values = self.values
        return values.indices.contains { index in
            values.count(of: index) == 1 && values.withBytes(of: index) { $0[0] == 0 }
        }
    }

    static let version: UInt8 = 1

    private static func isWhole(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.first == RecordBlob.version else { return false }
        var reader = RecordBlobReader(offset: 1)
        guard let count = reader.number(in: bytes), count <= bytes.count else { return false }
        for _ in 0..<count {
            guard let size = reader.number(in: bytes) else { return false }
            if size > 0, !reader.skip(size - 1, in: bytes) { return false }
        }
        return reader.offset == bytes.count
    }
}
