package import ArgumentParser
import Foundation
import SimulationKit
package import SyncCore
import WireJSON

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

    @OptionGroup package var keeping: TapeOptions

    @Flag(help: "Tell the story of each death too.")
    package var stories = false

    @Flag(help: "Print one JSON object.")
    package var json = false

    package init() {}

    package func validate() throws {
        guard (1...1_000_000).contains(self.seeds), (1...256).contains(self.jobs) else {
            throw ValidationError("--seeds takes 1 to 1000000, --jobs 1 to 256.")
        }
    }

    private struct Death: Sendable {
        var mutant: Sabotage
        var runs: Int
        /// The run that gave it away; `nil` while it lives.
        var broken: BrokenRun?

        var names: [String] { Set(self.broken?.violations.map(\.invariant) ?? []).sorted() }
    }

    package func run() async throws {
        let mutants = self.only.map { [$0] } ?? Sabotage.allCases
        var deaths: [Death] = []
        var console = Console()
        let seeds = self.seeds
        try await withThrowingTaskGroup(of: Death.self) { group in
            var next = 0
            func add() {
                guard next < mutants.count else { return }
                let mutant = mutants[next]
                next += 1
                group.addTask { try Self.hunt(mutant, seeds: seeds) }
            }
            for _ in 0..<self.jobs { add() }
            while var death = try await group.next() {
                add()
                death.broken = try death.broken.map { try self.keeping.kept($0) }
                deaths.append(death)
                console.clear()
                if !self.json { print(self.text(death)) }
                console.progress("\(deaths.count) of \(mutants.count) mutants")
            }
        }
        console.clear()
        let living = deaths.count { $0.broken == nil }
        if self.json {
            print(Self.json(deaths))
        } else {
            print("\(deaths.count - living) of \(deaths.count) mutants killed")
        }
        if living > 0 { throw ExitCode(1) }
    }

    private func text(_ death: Death) -> String {
        let name = death.mutant.rawValue.padding(toLength: 28, withPad: " ", startingAt: 0)
        guard let broken = death.broken else {
            return "\(name) LIVES after \(death.runs) runs"
        }
        let line =
            "\(name) killed by run \(death.runs) (\(broken.tape.profile.name.rawValue), "
            + "seed \(broken.tape.seed)): " + death.names.joined(separator: ", ")
        if self.stories { return line + "\n" + broken.text + "\n" }
        return broken.path.map { "\(line)\n    tape \($0)" } ?? line
    }

    private static func json(_ deaths: [Death]) -> String {
        JSONWriter.line { root in
            root.member("commit", SourceVersion.commit)
            root.member("toolchain", SourceVersion.toolchain)
            root.member("configuration", SourceVersion.configuration)
            root.member("killed", deaths.count { $0.broken != nil })
            root.member("living", deaths.count { $0.broken == nil })
            root.name("mutants")
            root.array { list in
                for death in deaths.sorted(by: { $0.mutant.rawValue < $1.mutant.rawValue }) {
                    list.object { item in
                        item.member("mutant", death.mutant.rawValue)
                        item.member("runs", death.runs)
                        item.member("killed", death.broken != nil)
                        item.name("by")
                        item.array { names in
                            for name in death.names { names.string(name) }
                        }
                        guard let broken = death.broken else { return }
                        item.name("broken")
                        broken.write(to: &item)
                    }
                }
            }
        }
    }

    private static func hunt(_ mutant: Sabotage, seeds: Int) throws -> Death {
        var runs = 0
        for seed in UInt64(1)...UInt64(seeds) {
            for profile in SimulationProfile.quick {
                runs += 1
                let run = Simulation(seed: seed, profile: profile, sabotage: mutant)
                guard let broken = try run.outcome().broken else { continue }
                return Death(mutant: mutant, runs: runs, broken: broken)
            }
        }
        return Death(mutant: mutant, runs: runs, broken: nil)
    }
}
