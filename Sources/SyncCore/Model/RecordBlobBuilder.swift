/// Packs one record after another, field by field, without a value for each field.
package struct RecordBlobBuilder: Sendable {
    private var bytes: [UInt8] = []

    package init() {}

    /// Starts a record of so many fields; what was packed before is gone.
    package mutating func begin(fields: Int) {
        self.bytes.removeAll(keepingCapacity: true)
        self.bytes.append(RecordBlob.version)
        self.append(number: fields)
    }

    package mutating func appendBlank() {
        self.bytes.append(0)
    }

    package mutating func append(_ value: FieldValue) {
        value.bytes.withUnsafeBufferPointer { self.append($0) }
    }

    /// Appends a field in normal form; no bytes are a blank.
    package mutating func append(_ value: UnsafeBufferPointer<UInt8>) {
        guard !value.isEmpty else { return self.appendBlank() }
        self.append(number: value.count + 1)
        self.bytes.append(contentsOf: value)
    }

    /// The record as it was packed.
    package func blob() -> RecordBlob {
        RecordBlob(packed: self.bytes.withUnsafeBufferPointer { Array($0) })
    }

    private mutating func append(number: Int) {
        var rest = UInt64(number)
        while rest >= 0x80 {
            self.bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        self.bytes.append(UInt8(rest))
    }
}
