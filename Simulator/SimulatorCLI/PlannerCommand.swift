package import ArgumentParser
import Foundation
import SimulationKit
import WireJSON

/// `duet-simulator planner`: the engine's field decisions against the reference grids.
package struct PlannerCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "planner",
        abstract: "Decide random records and hold every field against the reference grids.",
        discussion: """
            Each case is a record of fourteen fields of seven types with random rules, last \
            synced values, edits and times. Exit code 1: a decision differs from the reference.
            """
    )

    @Option(help: "How many records.")
    package var cases = 1_000_000

    @Option(help: "The number that everything follows from.")
    package var seed: UInt64 = 1

    @Option(help: "How many run at the same time.")
    package var jobs = ProcessInfo.processInfo.activeProcessorCount

    @Flag(help: "Print one line of JSON.")
    package var json = false

    package init() {}

    package func validate() throws {
        guard (1...1_000_000_000).contains(self.cases), (1...256).contains(self.jobs) else {
            throw ValidationError("--cases takes 1 to 1000000000, --jobs 1 to 256.")
        }
    }

    package func run() async throws {
        let start = ProcessInfo.processInfo.systemUptime
        let pieces = max(1, self.cases / Self.casesPerPiece)
        let (seed, cases) = (self.seed, self.cases)
        var faults: [String] = []
        var left = (0..<pieces)[...]
        try await SideBySide.run(jobs: self.jobs) {
            guard let piece = left.popFirst() else { return nil }
            let count = cases / pieces + (piece < cases % pieces ? 1 : 0)
            return {
                // A mapping of its own each: other rules for the same types.
                var planner = PlannerCases(seed: seed &* 1_000_003 &+ UInt64(piece))
                return planner.run(count)
            }
        } each: { (found: [String]) in
            faults += found
        }
        let seconds = ProcessInfo.processInfo.systemUptime - start
        self.report(faults, seconds)
        if !faults.isEmpty { throw ExitCode(1) }
    }

    private func report(_ faults: [String], _ seconds: Double) {
        let rate = Int(Double(self.cases) / max(seconds, 0.001))
        guard self.json else {
            for fault in faults.prefix(10) { print("WRONG  \(fault)") }
            print(
                "\(self.cases) records of \(PlannerCases.fieldsPerRecord) fields, seed \(self.seed), "
                    + "in \(Int(seconds)) s (\(rate) a second): \(faults.count) wrong"
            )
            return
        }
        var writer = JSONWriter()
        writer.object { root in
            root.name("seed")
            root.integer(self.seed)
            for (name, number) in [
                ("cases", self.cases), ("casesPerSecond", rate), ("wrong", faults.count),
            ] {
                root.name(name)
                root.integer(number)
            }
        }
        print(String(decoding: writer.bytes, as: UTF8.self))
    }

    private static let casesPerPiece = 500
}
