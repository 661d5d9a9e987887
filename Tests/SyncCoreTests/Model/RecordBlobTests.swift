import SyncCore
import Testing

struct RecordBlobTests {
    private static func value(_ text: String) -> FieldValue { FieldValue(normal: text) }

    /// Lengths around which the packed number takes one byte more.
    private static let texts = [
        "", "a", "é", String(repeating: "x", count: 126), String(repeating: "y", count: 127),
        String(repeating: "z", count: 128), String(repeating: "w", count: 20_000), "",
    ]

    @Test func `values come back as they were packed`() {
        let values = Self.texts.map(Self.value)
        let blob = RecordBlob(values: values)
        #expect(Array(blob.values) == values)
        let counts = blob.values.indices.map { blob.values.count(of: $0) }
        #expect(counts == Self.texts.map(\.utf8.count))
        #expect(RecordBlob(stored: blob.bytes) == blob)
        #expect(RecordBlob(values: [FieldValue]()).values.isEmpty)
    }

    @Test func `a builder packs the next record from its start`() {
        var builder = RecordBlobBuilder()
        builder.begin(fields: 2)
        builder.append(Self.value("old"))
        builder.begin(fields: 3)
        builder.appendBlank()
        Array("text".utf8).withUnsafeBufferPointer { builder.append($0) }
        builder.append(.blank)
        #expect(builder.blob() == RecordBlob(values: ["", "text", ""].map(Self.value)))
    }

    @Test func `damaged bytes are no record`() {
        let whole = RecordBlob(values: ["ab", "", "c"].map(Self.value)).bytes
        for count in 0..<whole.count {
            #expect(RecordBlob(stored: Array(whole.prefix(count))) == nil, "\(count)")
        }
        #expect(RecordBlob(stored: whole + [0]) == nil)
        #expect(RecordBlob(stored: [2] + whole.dropFirst()) == nil)
        #expect(RecordBlob(stored: [1, 1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]) == nil)
    }

    @Test func `changes are the fields that differ`() {
        let old = RecordBlob(values: ["a", "", "c", "dd"].map(Self.value))
        let new = RecordBlob(values: ["a", "b", "", "de"].map(Self.value))
        #expect(new.values.changes(from: old.values) == [1, 2, 3])
        #expect(old.values.changes(from: old.values).isEmpty)
    }

    @Test func `fields are set and taken over without touching the others`() {
        let blob = RecordBlob(values: ["a", "b", "c"].map(Self.value))
        let set = blob.setting([
            .init(index: 1, value: Array("one".utf8), reason: ""),
            .init(index: 1, value: Array("two".utf8), reason: ""),
            .init(index: 2, value: [], reason: ""), .init(index: 9, value: [1], reason: ""),
        ])
        #expect(set == RecordBlob(values: ["a", "two", ""].map(Self.value)))
        let back = set.replacing([2], from: blob)
        #expect(back == RecordBlob(values: ["a", "two", "c"].map(Self.value)))
        #expect(blob.setting([]) == blob)
    }
}
