import Signatures
package import SyncCore

/// What tells one planned write from any other, without its values: record, action, fields and what they are set to.
///
/// References are left out: what a new parent's id will be is not known while it is only planned.
package struct WriteDigest: Sendable, Hashable {
    private let high: UInt64
    private let low: UInt64

    package init(_ entry: OutboxEntry, _ mapping: ObjectMapping) {
        var bytes: [UInt8] = []
        func add(_ text: String) { bytes += Array(text.utf8) + [0] }
        add(entry.mapping)
        add(entry.target.rawValue)
        add(entry.object)
        add(entry.kind.rawValue)
        add(entry.targetID ?? "")
        add(entry.sourceID)
        for field in entry.fields.sorted(by: { $0.index < $1.index })
        where !mapping.fields[field.index].kind.isReference {
            add(mapping.fields[field.index].hubspot)
            add(String(field.value.count))
            bytes += field.value
        }
        let digest = SHA256.digest(bytes)
        self.high = digest[0..<8].reduce(0) { $0 << 8 | UInt64($1) }
        self.low = digest[8..<16].reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Reads 32 hexadecimal digits; `nil` for anything else.
    package init?(_ text: some StringProtocol) {
        guard text.utf8.count == 32, let high = UInt64(text.prefix(16), radix: 16),
            let low = UInt64(text.suffix(16), radix: 16)
        else { return nil }
        (self.high, self.low) = (high, low)
    }

    /// 32 hexadecimal digits.
    package var text: String { Self.hex(self.high) + Self.hex(self.low) }

    private static func hex(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
