/// Turns the CRMs' wire text into a field's normal form and back.
package enum Normalization {
    /// The normal form of wire text; `nil` if the text is not of the field's type.
    ///
    /// HubSpot sends every value as a string; Salesforce numbers and booleans come as their JSON
    /// text. HubSpot dates may be epoch milliseconds at midnight UTC (HubSpot: properties guide).
    package static func value(fromWire bytes: [UInt8], shape: FieldShape) -> FieldValue? {
        Self.value(fromWire: bytes, type: shape.type)
    }

    private static func value(fromWire bytes: [UInt8], type: FieldType) -> FieldValue? {
        let trimmed = Self.trimmed(bytes)
        guard !trimmed.isEmpty else { return .blank }
        switch type {
        case .text: return FieldValue(bytes: Self.lineEnds(trimmed))
        case .email: return FieldValue(bytes: Self.lowercased(trimmed))
        case .number: return DecimalText(trimmed).map { FieldValue(bytes: $0.bytes) }
        case .boolean: return Self.boolean(trimmed)
        case .date: return Self.date(trimmed)
        case .datetime:
            return CivilTime.milliseconds(trimmed).map { FieldValue(normal: String($0)) }
        case .singleChoice, .reference: return FieldValue(bytes: Array(trimmed))
        case .multiChoice: return Self.choices(trimmed)
        }
    }

    /// Packs the normal form of wire text, or the text itself if it is not of the field's type.
    ///
    /// Text that is in normal form already, as nearly all of it is, is copied once.
    package static func append(
        fromWire bytes: UnsafeBufferPointer<UInt8>,
        type: FieldType,
        to record: inout RecordBlobBuilder
    ) {
        if Self.isNormal(bytes, type) { return record.append(bytes) }
        if type == .datetime, let milliseconds = CivilTime.milliseconds(bytes) {
            return Self.append(milliseconds, to: &record)
        }
        let copy = Array(bytes)
        record.append(Self.value(fromWire: copy, type: type) ?? FieldValue(bytes: copy))
    }

    /// A time's digits, without a text or a value of their own.
    private static func append(_ milliseconds: Int64, to record: inout RecordBlobBuilder) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var start = digits.count
            var rest = milliseconds.magnitude
            repeat {
                start -= 1
                digits[start] = UInt8(48 + rest % 10)
                rest /= 10
            } while rest > 0
            if milliseconds < 0 {
                start -= 1
                digits[start] = UInt8(ascii: "-")
            }
            record.append(UnsafeBufferPointer(rebasing: digits[start...]))
        }
    }

    /// Whether `value(fromWire:type:)` would surely answer the bytes as they are.
    private static func isNormal(_ bytes: UnsafeBufferPointer<UInt8>, _ type: FieldType) -> Bool {
        switch type {
        case .number: return Self.isNormalNumber(bytes)
        case .date:
            return bytes.count == 10 && CivilTime.milliseconds(bytes) != nil && bytes[4] == 0x2D
        case .boolean: return Self.isWord(bytes, "true") || Self.isWord(bytes, "false")
        case .datetime, .multiChoice: return false
        case .text, .email, .singleChoice, .reference: break
        }
        guard let first = bytes.first, let last = bytes.last else { return true }
        guard !Self.isBlank(first), !Self.isBlank(last) else { return false }
        switch type {
        case .text: return !bytes.contains(0x0D)
        case .email: return bytes.allSatisfy { $0 < 0x80 && !(65...90).contains($0) }
        default: return true
        }
    }

    /// Digits without a zero too many, at either end.
    private static func isNormalNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var rest = bytes[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative { rest = rest.dropFirst() }
        let whole = rest.prefix { (48...57).contains($0) }
        rest = rest.dropFirst(whole.count)
        guard let first = whole.first, first != 48 || whole.count == 1 else { return false }
        // A zero has no sign.
        guard !rest.isEmpty else { return !isNegative || first != 48 }
        guard rest.first == UInt8(ascii: "."), let last = rest.dropFirst().last else {
            return false
        }
        return last != 48 && rest.dropFirst().allSatisfy { (48...57).contains($0) }
    }

    private static func isWord(_ bytes: UnsafeBufferPointer<UInt8>, _ word: StaticString) -> Bool {
        bytes.elementsEqual(
            UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        )
    }

    /// The text that a side expects for a value in normal form; empty for blank.
    package static func wireText(_ value: FieldValue, type: FieldType, side: Side) -> String {
        guard !value.isBlank else { return "" }
        switch type {
        case .datetime:
            guard let milliseconds = value.bytes.withUnsafeBufferPointer(CivilTime.number) else {
                return ""
            }
            // Salesforce and HubSpot both take ISO 8601 in UTC; Salesforce drops the fraction.
            return CivilTime.text(milliseconds, wholeSeconds: side == .salesforce)
        case .text, .email, .number, .boolean, .date, .singleChoice, .multiChoice, .reference:
            return value.text
        }
    }

    // MARK: - Pieces

    static func trimmed(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
        var slice = bytes[...]
        while let first = slice.first, Self.isBlank(first) { slice = slice.dropFirst() }
        while let last = slice.last, Self.isBlank(last) { slice = slice.dropLast() }
        return slice
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }

    private static func lineEnds(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        guard bytes.contains(0x0D) else { return Array(bytes) }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var wasReturn = false
        for byte in bytes {
            if byte == 0x0D {
                result.append(0x0A)
            } else if !(byte == 0x0A && wasReturn) {
                result.append(byte)
            }
            wasReturn = byte == 0x0D
        }
        return result
    }

    static func lowercased(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        guard bytes.allSatisfy({ $0 < 0x80 }) else {
            return Array(String(decoding: bytes, as: UTF8.self).lowercased().utf8)
        }
        return bytes.map { (65...90).contains($0) ? $0 + 32 : $0 }
    }

    private static func boolean(_ bytes: ArraySlice<UInt8>) -> FieldValue? {
        switch String(decoding: Self.lowercased(bytes), as: UTF8.self) {
        case "true", "1", "yes": FieldValue(normal: "true")
        case "false", "0", "no": FieldValue(normal: "false")
        default: nil
        }
    }

    private static func date(_ bytes: ArraySlice<UInt8>) -> FieldValue? {
        if let milliseconds = CivilTime.milliseconds(bytes) {
            return FieldValue(normal: String(CivilTime.text(milliseconds).prefix(10)))
        }
        return nil
    }

    private static func choices(_ bytes: ArraySlice<UInt8>) -> FieldValue {
        let parts = bytes.split(separator: UInt8(ascii: ";"))
            .map { Array(Self.trimmed(Array($0))) }
            .filter { !$0.isEmpty }
            .sorted { $0.lexicographicallyPrecedes($1) }
        var joined: [UInt8] = []
        var previous: [UInt8]?
        for part in parts where part != previous {
            if previous != nil { joined.append(UInt8(ascii: ";")) }
            joined += part
            previous = part
        }
        return FieldValue(bytes: joined)
    }
}
