package import ArgumentParser
import Foundation
package import SimulationKit
package import SyncCore

/// `duet-simulator run`: one run of the whole engine from a seed.
package struct RunCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run the engine against both CRMs from a seed and check every promise.",
        discussion: """
            The same seed and profile give the same run in every process of one build. A broken \
            promise is told with its story, and its tape is kept. Exit code 1: a promise was broken.
            """
    )

    @Option(help: "The number that everything in the run follows from.")
    package var seed: UInt64 = 1

    @Option(help: "What goes wrong: \(SimulationProfile.Name.list).")
    package var profile = SimulationProfile.Name.swarm

    @Option(help: "How many people there are at the start; 12, or 1000 for `long`.")
    package var records: Int?

    @Option(help: "How many virtual days `long` takes.")
    package var days = 30

    @Option(help: "Break the engine on purpose; `duet-simulator mutants` lists the ways.")
    package var mutant: Sabotage?

    @Flag(help: "Print every request first, a line each.")
    package var trace = false

    @Option(help: "Write the run's tape to this file, whatever came of the run.")
    package var tape: String?

    @Option(help: "Write a page to this file that shows the run in a browser.")
    package var html: String?

    @OptionGroup package var keeping: TapeOptions

    @Flag(help: "Print one JSON object.")
    package var json = false

    package init() {}

    package func validate() throws {
        guard (1...100_000).contains(self.records ?? 1), (1...3_650).contains(self.days) else {
            throw ValidationError("--records takes 1 to 100000, --days 1 to 3650.")
        }
    }

    package func run() throws {
        var simulation = Simulation(
            seed: self.seed,
            profile: self.profile,
            records: self.records,
            sabotage: self.mutant
        )
        if self.profile == .long { simulation.profile.days(self.days) }
        try RunPrinter(trace: self.trace, html: self.html, json: self.json).run(simulation) {
            tape,
            broken in
            if let file = self.tape { try TapeFile(tape, broke: broken?.invariant).write(to: file) }
            guard var broken else { return nil }
            if let file = self.tape {
                broken.path = file
                return broken
            }
            return try self.keeping.kept(broken)
        }
    }
}

extension Sabotage: ExpressibleByArgument {}

extension SimulationProfile.Name: ExpressibleByArgument {
    static var list: String { Self.allCases.map(\.rawValue).joined(separator: ", ") }
}
