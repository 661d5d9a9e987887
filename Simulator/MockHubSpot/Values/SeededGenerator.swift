/// The mock's only source of chance: SplitMix64 from the settings' seed.
struct SeededGenerator: RandomNumberGenerator, Sendable, Codable {
    private var state: UInt64

    init(seed: UInt64) {
        self.state = seed
    }

    mutating func next() -> UInt64 {
        self.state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = self.state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Lower-case hexadecimal digits.
    mutating func hex(_ count: Int) -> String {
        var text = ""
        while text.utf8.count < count {
            let word = String(self.next(), radix: 16)
            text += String(repeating: "0", count: 16 - word.utf8.count) + word
        }
        return String(text.prefix(count))
    }

    /// A UUIDv7 of that time, as HubSpot's recent correlation ids are.
    mutating func uuid(at milliseconds: Int64) -> String {
        let time = String(milliseconds, radix: 16)
        let stamp = String(repeating: "0", count: max(0, 12 - time.utf8.count)) + time
        let noise = self.hex(18)
        return "\(stamp.prefix(8))-\(stamp.suffix(4))-7\(noise.prefix(3))-8"
            + "\(noise.dropFirst(3).prefix(3))-\(noise.suffix(12))"
    }
}
