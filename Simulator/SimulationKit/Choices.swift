/// Where everything that happens by chance in a run comes from, and what was chosen.
///
/// Each purpose has a stream of its own, so that taking something away in one moves nothing in
/// another. Index 0 is always the harmless choice; a tape that has run out gives nothing else.
package final class Choices: @unchecked Sendable {
    // Touched by the simulation's thread only.
    private var streams: [Stream]
    private let isReplay: Bool

    private struct Stream {
        var random: SeededRandom
        var taken: [Int32] = []
        var given: [Int32] = []
        var next = 0
    }

    /// Choices that follow from a seed.
    package init(seed: UInt64) {
        self.isReplay = false
        self.streams = Tape.Stream.allCases.indices.map { place in
            var mixed = SeededRandom(seed: seed &+ UInt64(place) &* 0x5851_F42D_4C95_7F2D)
            return Stream(random: SeededRandom(seed: mixed.next()))
        }
    }

    /// Choices as they stand on a tape.
    package init(tape: Tape) {
        self.isReplay = true
        self.streams = Tape.Stream.allCases.map { name in
            Stream(random: SeededRandom(seed: 0), given: tape.choices[name] ?? [])
        }
    }

    /// A number from 0 up to, but not including, the bound.
    package func choose(_ stream: Tape.Stream, below bound: Int) -> Int {
        guard bound > 1 else { return 0 }
        let place = stream.rawValue
        let value: Int
        if self.isReplay {
            let next = self.streams[place].next
            let given = self.streams[place].given
            value = next < given.count ? min(Int(given[next]), bound - 1) : 0
            self.streams[place].next += 1
        } else {
            value = self.streams[place].random.below(bound)
        }
        self.streams[place].taken.append(Int32(clamping: value))
        return value
    }

    /// Whether something of so many in a hundred happens.
    package func happens(_ stream: Tape.Stream, percent: Int) -> Bool {
        self.choose(stream, below: 100) >= 100 - percent
    }

    /// Forgets what was chosen and what is given.
    func empty() {
        for place in self.streams.indices {
            self.streams[place].taken = []
            self.streams[place].given = []
        }
    }

    /// What was chosen so far.
    package var taken: [Tape.Stream: [Int32]] {
        var taken: [Tape.Stream: [Int32]] = [:]
        for name in Tape.Stream.allCases {
            var choices = self.streams[name.rawValue].taken
            while choices.last == 0 { choices.removeLast() }
            taken[name] = choices
        }
        return taken
    }
}
