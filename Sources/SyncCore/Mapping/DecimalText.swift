/// A decimal number as text, exact at any length: sign, digits, point; no exponent.
package struct DecimalText: Sendable, Hashable {
    private var isNegative: Bool
    /// Digits before and after the point, without leading or trailing zeros.
    private var whole: [UInt8]
    private var fraction: [UInt8]

    /// Reads a decimal with an optional exponent; `nil` for anything else.
    package init?(_ text: ArraySlice<UInt8>) {
        var rest = text
        self.isNegative = rest.first == UInt8(ascii: "-")
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") {
            rest = rest.dropFirst()
        }
        var exponent = 0
        if let mark = rest.firstIndex(where: { $0 == 0x65 || $0 == 0x45 }) {
            let digits = String(decoding: rest[(mark + 1)...], as: UTF8.self)
            guard let number = Int(digits), abs(number) <= 400 else { return nil }
            exponent = number
            rest = rest[..<mark]
        }
        let parts = rest.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.joined().allSatisfy({ (48...57).contains($0) }),
            !parts.joined().isEmpty
        else { return nil }
        self.whole = Array(parts[0])
        self.fraction = parts.count == 2 ? Array(parts[1]) : []
        self.shift(by: exponent)
        self.strip()
    }

    /// The normal form.
    package var bytes: [UInt8] {
        var bytes: [UInt8] = self.isNegative ? [UInt8(ascii: "-")] : []
        bytes += self.whole.isEmpty ? [48] : self.whole
        if !self.fraction.isEmpty { bytes += [UInt8(ascii: ".")] + self.fraction }
        return bytes
    }

    /// Rounded to this many digits after the point, half away from zero.
    package func rounded(to scale: Int) -> DecimalText {
        guard self.fraction.count > scale else { return self }
        var result = self
        let isUp = self.fraction[scale] >= 53
        result.fraction = Array(self.fraction[..<scale])
        if isUp { result.increment() }
        result.strip()
        return result
    }

    private mutating func increment() {
        var digits = self.whole + self.fraction
        var place = digits.count - 1
        while place >= 0 {
            if digits[place] < 57 {
                digits[place] += 1
                break
            }
            digits[place] = 48
            place -= 1
        }
        if place < 0 { digits.insert(49, at: 0) }
        let split = digits.count - self.fraction.count
        self.whole = Array(digits[..<split])
        self.fraction = Array(digits[split...])
    }

    private mutating func shift(by exponent: Int) {
        if exponent > 0 {
            let padded =
                self.fraction
                + [UInt8](repeating: 48, count: max(0, exponent - self.fraction.count))
            self.whole += padded[..<exponent]
            self.fraction = Array(padded[exponent...])
        } else if exponent < 0 {
            let padded =
                [UInt8](repeating: 48, count: max(0, -exponent - self.whole.count)) + self.whole
            let split = padded.count + exponent
            self.fraction = Array(padded[split...]) + self.fraction
            self.whole = Array(padded[..<split])
        }
    }

    private mutating func strip() {
        self.whole = Array(self.whole.drop { $0 == 48 })
        while self.fraction.last == 48 { self.fraction.removeLast() }
        if self.whole.isEmpty, self.fraction.isEmpty { self.isNegative = false }
    }
}
