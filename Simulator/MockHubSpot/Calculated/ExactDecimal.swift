/// A decimal number with all of its digits, in which HubSpot reckons: the probability 0.2 is shown
/// as `0.200000000000000011102230246251565404236316680908203125`.
struct ExactDecimal: Sendable, Hashable, Codable {
    private var isNegative = false
    /// The most significant one first; no zeros lead.
    private var digits: [UInt8]
    /// How many of the digits stand behind the point.
    private var scale: Int

    /// The exact value of a binary number; `nil` where it has none.
    init?(_ value: Double) {
        guard value.isFinite else { return nil }
        guard value != 0 else {
            (self.digits, self.scale) = ([], 0)
            return
        }
        let zeros = value.significandBitPattern.trailingZeroBitCount
        let shift = min(zeros, Double.significandBitCount)
        let hidden: UInt64 = value.isNormal ? 1 << UInt64(Double.significandBitCount) : 0
        let whole = (value.significandBitPattern | hidden) >> UInt64(shift)
        let least = value.isNormal ? Int(value.exponent) : -1_022
        let power = least - Double.significandBitCount + shift
        self.digits = String(whole).utf8.map { $0 - 0x30 }
        self.scale = max(0, -power)
        self.isNegative = value < 0
        for _ in 0..<abs(power) { self.multiply(by: power < 0 ? 5 : 2) }
    }

    /// A number as it is written: `1500.00`.
    ///
    /// One with an exponent is read as a binary number.
    init?(_ text: String) {
        let isPlain = text.utf8.allSatisfy { (0x30...0x39).contains($0) || "+-.".utf8.contains($0) }
        guard isPlain, Double(text) != nil else {
            guard let value = Double(text), let exact = ExactDecimal(value) else { return nil }
            self = exact
            return
        }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        self.scale = parts.count > 1 ? parts[1].utf8.count : 0
        let all = text.utf8.filter { (0x30...0x39).contains($0) }.map { $0 - 0x30 }
        self.digits = Array(all.drop { $0 == 0 })
        self.isNegative = text.hasPrefix("-") && !self.digits.isEmpty
    }

    private mutating func multiply(by factor: UInt8) {
        var carry: UInt8 = 0
        for place in self.digits.indices.reversed() {
            let product = self.digits[place] * factor + carry
            self.digits[place] = product % 10
            carry = product / 10
        }
        if carry > 0 { self.digits.insert(carry, at: 0) }
    }

    /// The product with all of its places.
    static func * (one: Self, other: Self) -> Self {
        var places = [Int](repeating: 0, count: one.digits.count + other.digits.count)
        for (left, digit) in one.digits.enumerated() {
            for (right, factor) in other.digits.enumerated() {
                places[left + right + 1] += Int(digit) * Int(factor)
            }
        }
        for place in places.indices.reversed().dropLast() {
            places[place - 1] += places[place] / 10
            places[place] %= 10
        }
        var product = one
        product.digits = places.map { UInt8($0) }.drop { $0 == 0 }.map(\.self)
        product.scale = one.scale + other.scale
        product.isNegative = one.isNegative != other.isNegative && !product.digits.isEmpty
        return product
    }

    var text: String {
        let missing = max(0, self.scale + 1 - self.digits.count)
        let padded = [UInt8](repeating: 0, count: missing) + self.digits
        let whole = String(decoding: padded.dropLast(self.scale).map { $0 + 0x30 }, as: UTF8.self)
        let rest = String(decoding: padded.suffix(self.scale).map { $0 + 0x30 }, as: UTF8.self)
        return (self.isNegative ? "-" : "") + whole + (rest.isEmpty ? "" : "." + rest)
    }
}
