import SimulationKit
import SyncCore

/// One mutant against many runs: which checkers notice it, and how soon.
///
/// What a run breaks without the mutant too is not its doing and does not count.
struct MutantHunt: Sendable {
    let mutant: Sabotage
    /// How many seeds in each of the profiles.
    let seeds: Int
    /// Whether all runs are made, also after the first that noticed.
    let isWhole: Bool

    struct Outcome: Sendable {
        var mutant: Sabotage
        /// Runs until the first that noticed, or all where none did.
        var runs = 0
        /// The first run that gave it away; `nil` while it lives.
        var broken: BrokenRun?
        /// How many runs broke each promise.
        var by: [String: Int] = [:]

        /// The one checker that notices it, if it is only one.
        var only: String? { self.by.count == 1 ? self.by.keys.first : nil }
    }

    func run() throws -> Outcome {
        var outcome = Outcome(mutant: self.mutant)
        for seed in UInt64(1)...UInt64(self.seeds) {
            for profile in SimulationProfile.quick {
                if outcome.broken == nil { outcome.runs += 1 }
                let run = Simulation(seed: seed, profile: profile, sabotage: self.mutant)
                guard var broken = try run.outcome().broken else { continue }
                let sane = try Simulation(seed: seed, profile: profile).outcome().broken
                let usual = Set(sane?.violations.map(\.invariant) ?? [])
                broken.violations.removeAll { usual.contains($0.invariant) }
                guard !broken.violations.isEmpty else { continue }
                for name in Set(broken.violations.map(\.invariant)) {
                    outcome.by[name, default: 0] += 1
                }
                if outcome.broken == nil { outcome.broken = broken }
                if !self.isWhole { return outcome }
            }
        }
        return outcome
    }
}
