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
            The same seed and profile give the same run in every process of one build. \
            Exit code 1: a promise was broken.
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

    @Option(help: "Write the run's tape to this file if a promise is broken.")
    package var tape: String?

    @Flag(help: "Print one line of JSON.")
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
        simulation.traces = self.trace
        if self.profile == .long { simulation.profile.days(self.days) }
        let start = ProcessInfo.processInfo.systemUptime
        let report: SimulationReport
        do {
            report = try simulation.run()
        } catch {
            let text = "duet-simulator: seed \(self.seed), profile \(self.profile): \(error)\n"
            FileHandle.standardError.write(Data(text.utf8))
            throw ExitCode(1)
        }
        for line in report.lines { print(line) }
        if let tape = self.tape, !report.violations.isEmpty {
            try TapeFile(report).write(to: tape)
        }
        let seconds = ProcessInfo.processInfo.systemUptime - start
        print(self.json ? report.json(seconds: seconds) : report.text(seconds: seconds))
        if !report.violations.isEmpty { throw ExitCode(1) }
    }
}

extension Sabotage: ExpressibleByArgument {}

extension SimulationProfile.Name: ExpressibleByArgument {
    static var list: String { Self.allCases.map(\.rawValue).joined(separator: ", ") }
}
