/// One field's value in its side's normal form (see `FieldType`); no bytes mean blank.
///
/// It never prints its content: a value is a customer's data and must not reach a log.
package struct FieldValue: Sendable, Hashable {
    package var bytes: [UInt8]

    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Takes text that is already in normal form.
    package init(normal text: String) {
        self.bytes = Array(text.utf8)
    }

    package static let blank = FieldValue(bytes: [])

    /// Stands in a base for a field that was not synced when its record was last seen: no CRM stores this byte in a text.
    package static let unread = FieldValue(bytes: [0])

    package var isBlank: Bool { self.bytes.isEmpty }

    /// The value for a person's eyes: reports, history, the wire.
    ///
    /// Never for a log.
    package var text: String { String(decoding: self.bytes, as: UTF8.self) }
}

extension FieldValue: CustomStringConvertible {
    package var description: String { self.isBlank ? "blank" : "value(\(self.bytes.count) bytes)" }
}
