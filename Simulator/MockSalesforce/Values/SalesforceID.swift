/// Record ids: 15 case-sensitive characters, or 18 with a checksum that survives case folding.
package enum SalesforceID {
    private static let digits = Array(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8
    )
    private static let checks = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345".utf8)

    /// The 18-character form of a 15-character id.
    ///
    /// Each block of five characters gives one check character whose bit j says whether the
    /// block's character j is an upper-case letter.
    package static func withChecksum(_ id15: String) -> String {
        let bytes = Array(id15.utf8)
        return id15 + String(decoding: Self.checksum(bytes), as: UTF8.self)
    }

    /// The 18-character form of an id in either form, or `nil` for anything else.
    ///
    /// A wrong checksum is refused; letters are compared with their case.
    package static func canonical(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        guard bytes.count == 15 || bytes.count == 18 else { return nil }
        for byte in bytes where !Self.isAlphanumeric(byte) { return nil }
        let check = Self.checksum(Array(bytes.prefix(15)))
        if bytes.count == 15 { return text + String(decoding: check, as: UTF8.self) }
        return bytes.suffix(3).elementsEqual(check) ? text : nil
    }

    static func make(prefix: String, number: Int) -> String {
        var tail: [UInt8] = []
        var rest = number
        for _ in 0..<7 {
            tail.append(Self.digits[rest % 62])
            rest /= 62
        }
        let tailText = String(decoding: tail.reversed(), as: UTF8.self)
        return Self.withChecksum(prefix + "5g000" + tailText)
    }

    private static func checksum(_ bytes: [UInt8]) -> [UInt8] {
        var checksum: [UInt8] = []
        for block in 0..<3 {
            var bits = 0
            for offset in 0..<5 {
                let byte = bytes[block * 5 + offset]
                if byte >= UInt8(ascii: "A"), byte <= UInt8(ascii: "Z") { bits |= 1 << offset }
            }
            checksum.append(Self.checks[bits])
        }
        return checksum
    }

    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }
}
