/// A loop that every machine runs at its own speed: what other times are told against.
enum ReferenceLoop {
    /// Nanoseconds a byte of an FNV-1a hash.
    static let nanosecondsPerByte: Double = {
        let bytes = [UInt8]((0..<(1 << 16)).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        var best = Double.infinity
        for round in 0..<20 {
            let start = CPUClock.thread
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325 &+ UInt64(round)
            for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            let spent = Double(CPUClock.thread - start)
            // The hash is looked at, or the loop would be left out.
            if hash != 0 { best = min(best, spent / Double(bytes.count)) }
        }
        return best
    }()
}
