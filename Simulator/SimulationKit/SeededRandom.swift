import SyncCore

/// SplitMix64: the same seed gives the same numbers everywhere.
package struct SeededRandom: RandomSource {
    private var state: UInt64

    package init(seed: UInt64) {
        self.state = seed
    }

    package mutating func next() -> UInt64 {
        self.state &+= 0x9E37_79B9_7F4A_7C15
        var bits = self.state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    /// A number from 0 up to, but not including, the bound.
    package mutating func below(_ bound: Int) -> Int {
        precondition(bound > 0, "nothing is below zero")
        return Int(self.next() % UInt64(bound))
    }

    /// Whether something of so many in a hundred happens.
    package mutating func happens(percent: Int) -> Bool {
        self.below(100) < percent
    }

    /// One of the elements.
    package mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[self.below(elements.count)]
    }
}
