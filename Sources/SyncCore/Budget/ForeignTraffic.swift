/// What other apps and people call: the header's number without our own calls, and its slope.
package struct ForeignTraffic: Sendable, Hashable {
    private struct Sample: Hashable {
        var at: Int64
        var calls: Int
    }

    private var samples: [Sample] = []

    package init() {}

    package mutating func learn(_ calls: Int, at now: Int64) {
        let sample = Sample(at: now, calls: max(0, calls))
        // The newest of each minute is enough.
        if let last = self.samples.last, last.at / Self.grain == now / Self.grain {
            self.samples[self.samples.count - 1] = sample
        } else {
            self.samples.append(sample)
        }
        self.samples.removeAll { $0.at <= now - Self.memory }
    }

    /// A new day of the vendor's began: everybody starts at nothing.
    package mutating func reset() {
        self.samples = []
    }

    /// How many calls others are reckoned to have made by now.
    package func reckoned(now: Int64) -> Int {
        guard let last = self.samples.last else { return 0 }
        let passed = max(0, min(now - last.at, Self.memory))
        guard let first = self.samples.first, last.at - first.at >= Self.grain,
            last.calls > first.calls
        else { return last.calls }
        let slope = Double(last.calls - first.calls) / Double(last.at - first.at)
        return last.calls + Int(slope * Double(passed))
    }

    private static let grain: Int64 = 60_000
    /// From how far back the slope is taken, and how far it is carried on, in milliseconds.
    private static let memory: Int64 = 3_600_000
}
