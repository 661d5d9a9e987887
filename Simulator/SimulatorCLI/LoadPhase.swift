import WireJSON

/// What one kind of work did to the process that serves it.
struct LoadPhase: Sendable {
    var work: LoadClient.Work
    var requests: Int
    var seconds: Double
    /// Bytes of memory before it and after each quarter.
    var memory: [Int]
    var problems: [String]

    /// How much more memory there is after the last quarter than after the second, of a hundred.
    ///
    /// The first half fills what is bounded: caches, buffers and the kept history.
    var growth: Double {
        guard self.memory.count == 5, self.memory[2] > 0 else { return 0 }
        return 100 * Double(self.memory[4] - self.memory[2]) / Double(self.memory[2])
    }

    func isGood(growthMax: Double) -> Bool { self.problems.isEmpty && self.growth <= growthMax }

    var line: String {
        let rate = Int(Double(self.requests) / max(self.seconds, 0.001))
        let memory = self.memory.map { "\($0 >> 20)" }.joined(separator: ", ")
        let growth = (self.growth * 10).rounded() / 10
        return "\(self.work.rawValue): \(self.requests) requests, \(rate) a second, "
            + "memory \(memory) MiB (\(growth) % more in the second half)"
    }

    func write(into writer: inout JSONWriter) {
        writer.object { item in
            item.member("work", self.work.rawValue)
            item.member("requests", self.requests)
            item.member("seconds", "\(self.seconds)")
            item.name("memory")
            item.array { list in for bytes in self.memory { list.integer(bytes) } }
            item.name("problems")
            item.array { list in for problem in self.problems { list.string(problem) } }
        }
    }
}
