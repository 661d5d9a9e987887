package import ArgumentParser
import Foundation
import SimulationKit

/// `duet-simulator shrink`: a failing tape with as little in it as it needs to fail.
package struct ShrinkCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "shrink",
        abstract: "Take out of a failing tape whatever it can fail without."
    )

    @Argument(help: "A tape that breaks a promise.")
    package var file: String

    @Option(help: "Where the smaller tape goes; by default beside the first one.")
    package var output: String?

    @Option(help: "How many runs it may take.")
    package var runs = 500

    package init() {}

    package func validate() throws {
        guard (1...100_000).contains(self.runs) else {
            throw ValidationError("--runs takes 1 to 100000.")
        }
    }

    package func run() throws {
        let file = try TapeFile(contentsOf: self.file)
        let first = try Simulation(tape: file.tape).run()
        guard let broken = first.violations.first else {
            print("This tape breaks no promise in this build: there is nothing to shrink.")
            throw ExitCode(1)
        }
        var shrinker = Shrinker(invariant: broken.invariant, runsMax: self.runs)
        let small = shrinker.shrink(file.tape)
        let output = self.output ?? self.file + ".small"
        try TapeFile(small, broke: broken.invariant).write(to: output)
        let report = try Simulation(tape: small).run()
        print(report.text(seconds: 0))
        print(
            "From \(file.tape.size) choices to \(small.size) in \(shrinker.runs) runs: \(output)"
        )
    }
}
