/// Rounds decimal text without going through binary floating point.
enum DecimalText {
    /// The number with at most `scale` decimals, half up; `nil` for exponents and bad text.
    static func rounded(_ text: String, scale: Int) -> String? {
        var bytes = Array(text.utf8)
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative || bytes.first == UInt8(ascii: "+") { bytes.removeFirst() }
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count) else { return nil }
        let isPlain = parts.allSatisfy { part in
            part.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        }
        guard isPlain, !parts[0].isEmpty else { return nil }
        var digits = Array(parts[0])
        var decimals = parts.count == 2 ? Array(parts[1]) : []
        let isRoundedUp = decimals.count > scale && decimals[scale] >= UInt8(ascii: "5")
        if decimals.count > scale { decimals.removeLast(decimals.count - scale) }
        let decimalCount = decimals.count
        digits.append(contentsOf: decimals)
        if isRoundedUp { Self.increment(&digits) }
        var whole = Array(digits.dropLast(decimalCount))
        var rest = Array(digits.suffix(decimalCount))
        while whole.count > 1, whole.first == UInt8(ascii: "0") { whole.removeFirst() }
        while rest.last == UInt8(ascii: "0") { rest.removeLast() }
        let number =
            String(decoding: whole, as: UTF8.self)
            + (rest.isEmpty ? "" : "." + String(decoding: rest, as: UTF8.self))
        return isNegative && number != "0" ? "-" + number : number
    }

    private static func increment(_ digits: inout [UInt8]) {
        for place in digits.indices.reversed() {
            if digits[place] < UInt8(ascii: "9") {
                digits[place] += 1
                return
            }
            digits[place] = UInt8(ascii: "0")
        }
        digits.insert(UInt8(ascii: "1"), at: 0)
    }
}
