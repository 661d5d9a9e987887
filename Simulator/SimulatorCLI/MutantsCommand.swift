package import ArgumentParser
import Foundation
package import SimulationKit
package import SyncCore
import WireJSON

/// `duet-simulator mutants`: breaks the engine on purpose, one way after the other.
package struct MutantsCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "mutants",
        abstract: "Break the engine on purpose and count the seeds until a checker notices.",
        discussion: """
            What a run breaks without the mutant as well does not count. A mutant that lives \
            through them all is looked for longer where only rare turns show it. \
            Exit code 1: a mutant lives, that is, no checker noticed it.
            """
    )

    @Option(help: "How many seeds a mutant may live through, in each of the profiles.")
    package var seeds = 40

    @Option(help: "Only this mutant.")
    package var only: Sabotage?

    @Option(
        name: .customLong("in"),
        parsing: .upToNextOption,
        help: """
            Only mutants that show best in these profiles, there alone, each until it breaks the promise \
            that it is known to break.
            """
    )
    package var profiles: [SimulationProfile.Name] = []

    @Option(help: "How many mutants run at the same time.")
    package var jobs = ProcessInfo.processInfo.activeProcessorCount

    @Option(
        help: """
            A folder of tapes of runs that once broke: a mutant that lives through all others \
            meets them too.
            """
    )
    package var corpus: String?

    @OptionGroup package var keeping: TapeOptions

    @Flag(help: "Run all seeds against each mutant and tell every checker that notices it.")
    package var matrix = false

    @Flag(help: "With --matrix: fail unless each checker has a mutant that only it notices.")
    package var strict = false

    @Flag(help: "Tell the story of each death too.")
    package var stories = false

    @Flag(help: "Print one JSON object.")
    package var json = false

    package init() {}

    package func validate() throws {
        guard (1...1_000_000).contains(self.seeds), (1...256).contains(self.jobs) else {
            throw ValidationError("--seeds takes 1 to 1000000, --jobs 1 to 256.")
        }
        guard self.matrix || !self.strict else {
            throw ValidationError("--strict needs --matrix: it asks who else noticed a mutant.")
        }
        guard self.profiles.isEmpty || self.only == nil && !self.matrix else {
            throw ValidationError("--in chooses the mutants itself: leave --only and --matrix out.")
        }
    }

    package func run() async throws {
        let isInLairs = !self.profiles.isEmpty
        let mutants =
            isInLairs
            ? MutantHunt.mutants(in: self.profiles)
            : self.only.map { [$0] } ?? Sabotage.allCases
        var deaths: [MutantHunt.Outcome] = []
        var console = Console()
        let (seeds, matrix) = (self.seeds, self.matrix)
        let tapes = try self.corpus.map { try TapeFile.all(in: $0) } ?? []
        var left = mutants[...]
        try await SideBySide.run(jobs: self.jobs) {
            guard let mutant = left.popFirst() else { return nil }
            return {
                let hunt = MutantHunt(
                    mutant: mutant,
                    seeds: seeds,
                    isWhole: matrix,
                    tapes: tapes
                )
                return try isInLairs ? hunt.runInLair() : hunt.run()
            }
        } each: { (found: MutantHunt.Outcome) in
            var death = found
            death.broken = try death.broken.map { try self.keeping.kept($0) }
            deaths.append(death)
            console.clear()
            if !self.json { print(self.text(death)) }
            console.progress("\(deaths.count) of \(mutants.count) mutants")
        }
        console.clear()
        let living = deaths.count { $0.broken == nil }
        let shared = self.matrix && self.only == nil ? Self.shared(deaths) : []
        if self.json {
            print(Self.json(deaths, shared))
        } else {
            print("\(deaths.count - living) of \(deaths.count) mutants killed")
            if !shared.isEmpty {
                print("no mutant of their own: " + shared.joined(separator: ", "))
            }
        }
        if living > 0 || (self.strict && !shared.isEmpty) { throw ExitCode(1) }
    }

    /// The checkers for which no mutant is noticed by them alone.
    private static func shared(_ deaths: [MutantHunt.Outcome]) -> [String] {
        let own = Set(deaths.compactMap(\.only))
        return Checkers.names.filter { !own.contains($0) }
    }

    private func text(_ death: MutantHunt.Outcome) -> String {
        let name = death.mutant.rawValue.padding(toLength: 28, withPad: " ", startingAt: 0)
        guard let broken = death.broken else {
            return "\(name) LIVES after \(death.runs) runs"
        }
        let line =
            "\(name) killed by run \(death.runs) (\(broken.tape.profile.name.rawValue), "
            + "seed \(broken.tape.seed)): " + Self.by(death, self.matrix)
        if self.stories { return line + "\n" + broken.text + "\n" }
        return broken.path.map { "\(line)\n    tape \($0)" } ?? line
    }

    /// Who noticed, the most frequent first; in how many runs where all were made.
    private static func by(_ death: MutantHunt.Outcome, _ counts: Bool) -> String {
        death.by.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .map { counts ? "\($0.key) \($0.value)" : $0.key }.joined(separator: ", ")
    }

    private static func json(_ deaths: [MutantHunt.Outcome], _ shared: [String]) -> String {
        JSONWriter.line { root in
            root.member("commit", SourceVersion.commit)
            root.member("toolchain", SourceVersion.toolchain)
            root.member("configuration", SourceVersion.configuration)
            root.member("killed", deaths.count { $0.broken != nil })
            root.member("living", deaths.count { $0.broken == nil })
            root.name("withoutOwnMutant")
            root.array { names in
                for name in shared { names.string(name) }
            }
            root.name("mutants")
            root.array { list in
                for death in deaths.sorted(by: { $0.mutant.rawValue < $1.mutant.rawValue }) {
                    list.object { item in
                        item.member("mutant", death.mutant.rawValue)
                        item.member("runs", death.runs)
                        item.member("killed", death.broken != nil)
                        item.name("by")
                        item.object { counts in
                            for (name, count) in death.by.sorted(by: { $0.key < $1.key }) {
                                counts.member(name, count)
                            }
                        }
                        guard let broken = death.broken else { return }
                        item.name("broken")
                        broken.write(to: &item)
                    }
                }
            }
        }
    }
}
