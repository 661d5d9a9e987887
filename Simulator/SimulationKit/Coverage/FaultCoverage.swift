/// How often each fault of the catalogue fired, by profile, over many runs.
package struct FaultCoverage: Sendable {
    package struct Row: Sendable {
        package var fault: FaultCatalogue.Fault
        /// How often it fired in the profile that must reach it; 0 for an open one.
        package var hits: Int
        /// In how many of that profile's runs.
        package var runs: Int
        /// How often in all profiles together.
        package var everywhere: Int

        /// Whether it should have fired and never did.
        package var isMissed: Bool {
            if case .probe = self.fault.reach { return self.hits == 0 }
            return false
        }
    }

    /// What stands for the profile of a run that dies at a moment of its own.
    package static let crashSweep = "crash-sweep"

    private var hits: [String: [Probe: (hits: Int, runs: Int)]] = [:]
    package private(set) var runs: [String: Int] = [:]

    package init() {}

    /// Adds what one run of a profile came by.
    package mutating func add(_ probes: [Probe: Int], of profile: String) {
        self.runs[profile, default: 0] += 1
        for (probe, count) in probes {
            let known = self.hits[profile]?[probe] ?? (0, 0)
            self.hits[profile, default: [:]][probe] = (known.hits + count, known.runs + 1)
        }
    }

    package var rows: [Row] {
        FaultCatalogue.all.map { fault in
            guard case .probe(let probe, let profile) = fault.reach else {
                return Row(fault: fault, hits: 0, runs: 0, everywhere: 0)
            }
            let own = self.hits[profile]?[probe] ?? (0, 0)
            let everywhere = self.hits.values.reduce(0) { $0 + ($1[probe]?.hits ?? 0) }
            return Row(fault: fault, hits: own.hits, runs: own.runs, everywhere: everywhere)
        }
    }

    /// Faults that should have fired and did not, by id.
    package var missed: [String] { self.rows.filter(\.isMissed).map(\.fault.id) }
}
