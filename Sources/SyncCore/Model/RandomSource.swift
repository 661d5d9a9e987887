/// Where random numbers come from; a decision takes it as an argument, so that it can be replayed.
package protocol RandomSource: Sendable {
    /// The next 64 random bits.
    mutating func next() -> UInt64
}
