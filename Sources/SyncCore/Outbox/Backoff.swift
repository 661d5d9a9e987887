/// How long to wait before the next try: twice as long each time, spread, bounded.
package struct Backoff: Sendable, Hashable {
    /// The first wait in milliseconds.
    private let base: Int64
    /// The longest wait in milliseconds.
    private let longest: Int64

    package init(base: Int64 = 1_000, longest: Int64 = 300_000) {
        self.base = max(1, base)
        self.longest = max(self.base, longest)
    }

    /// The wait in milliseconds after failure number `attempt`: never shorter than its doubling.
    ///
    /// `seed` spreads tries that failed together; the same seed and attempt give the same wait.
    package func delay(attempt: Int, seed: Int64) -> Int64 {
        let doublings = min(max(0, attempt - 1), 30)
        let full = min(self.longest, Self.doubled(self.base, doublings))
        let mixed = Self.mix(UInt64(bitPattern: seed) &+ UInt64(max(0, attempt)))
        return full + Int64(mixed % UInt64(full / 2 + 1))
    }

    /// `number` · 2ⁿ, or the largest number.
    private static func doubled(_ number: Int64, _ times: Int) -> Int64 {
        let (product, overflow) = number.multipliedReportingOverflow(by: 1 << Int64(times))
        return overflow ? .max : product
    }

    /// SplitMix64's output function: spreads neighbouring numbers evenly.
    private static func mix(_ number: UInt64) -> UInt64 {
        var mixed = number &+ 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
