package import ArgumentParser
import Foundation
import SimulationKit
package import SyncCore

/// `duet-simulator mutants`: breaks the engine on purpose, one way after the other.
package struct MutantsCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "mutants",
        abstract: "Break the engine on purpose and count the seeds until a checker notices.",
        discussion: "Exit code 1: a mutant lives, that is, no checker noticed it."
    )

    @Option(help: "How many seeds a mutant may live through, in each of the profiles.")
    package var seeds = 40

    @Option(help: "Only this mutant.")
    package var only: Sabotage?

    @Option(help: "How many mutants run at the same time.")
    package var jobs = ProcessInfo.processInfo.activeProcessorCount

    package init() {}

    package func validate() throws {
        guard (1...1_000_000).contains(self.seeds), (1...256).contains(self.jobs) else {
            throw ValidationError("--seeds takes 1 to 1000000, --jobs 1 to 256.")
        }
    }

    private struct Death: Sendable {
        var mutant: Sabotage
        var runs: Int
        var profile: SimulationProfile.Name?
        var seed: UInt64
        var by: Set<String>
    }

    package func run() async throws {
        let mutants = self.only.map { [$0] } ?? Sabotage.allCases
        var deaths: [Death] = []
        let seeds = self.seeds
        await withTaskGroup(of: Death.self) { group in
            var next = 0
            while next < min(self.jobs, mutants.count) {
                let mutant = mutants[next]
                group.addTask { Self.hunt(mutant, seeds: seeds) }
                next += 1
            }
            while let death = await group.next() {
                deaths.append(death)
                print(Self.line(death))
                if next < mutants.count {
                    let mutant = mutants[next]
                    group.addTask { Self.hunt(mutant, seeds: seeds) }
                    next += 1
                }
            }
        }
        let living = deaths.filter { $0.profile == nil }
        print("\(deaths.count - living.count) of \(deaths.count) mutants killed")
        if !living.isEmpty { throw ExitCode(1) }
    }

    private static func line(_ death: Death) -> String {
        let name = death.mutant.rawValue.padding(toLength: 28, withPad: " ", startingAt: 0)
        guard let profile = death.profile else {
            return "\(name) LIVES after \(death.runs) runs"
        }
        return "\(name) killed by run \(death.runs) (\(profile.rawValue), seed \(death.seed)): "
            + death.by.sorted().joined(separator: ", ")
    }

    private static func hunt(_ mutant: Sabotage, seeds: Int) -> Death {
        var runs = 0
        for seed in UInt64(1)...UInt64(seeds) {
            for profile in SimulationProfile.Name.allCases {
                runs += 1
                let run = Simulation(seed: seed, profile: profile, sabotage: mutant)
                let broken: Set<String>
                do {
                    broken = Set(try run.run().violations.map(\.invariant))
                } catch {
                    broken = ["hangs"]
                }
                guard !broken.isEmpty else { continue }
                return Death(mutant: mutant, runs: runs, profile: profile, seed: seed, by: broken)
            }
        }
        return Death(mutant: mutant, runs: runs, profile: nil, seed: 0, by: [])
    }
}
