import SyncCore

/// The system's randomness.
///
/// Nothing else in Sources may draw from it.
package struct LiveRandom: RandomSource {
    private var generator = SystemRandomNumberGenerator()

    package init() {}

    package mutating func next() -> UInt64 {
        self.generator.next()
    }
}
