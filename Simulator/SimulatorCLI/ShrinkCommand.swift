package import ArgumentParser
import Foundation
import SimulationKit
import WireJSON

/// `duet-simulator shrink`: a failing tape with as little in it as it needs to fail.
package struct ShrinkCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "shrink",
        abstract: "Take out of a failing tape whatever it can fail without.",
        discussion: "Exit code 1: the tape breaks no promise in this build."
    )

    @Argument(help: "A tape that breaks a promise.")
    package var file: String

    @Option(help: "Where the smaller tape goes; by default beside the first one.")
    package var output: String?

    @Option(help: "How many runs it may take.")
    package var runs = 500

    @Flag(help: "Print one JSON object.")
    package var json = false

    package init() {}

    package func validate() throws {
        guard (1...100_000).contains(self.runs) else {
            throw ValidationError("--runs takes 1 to 100000.")
        }
    }

    package func run() throws {
        let file = try TapeFile.read(self.file)
        guard let broken = try Simulation(tape: file.tape).outcome().broken else {
            Console.message("this tape breaks no promise in this build: nothing to shrink.")
            throw ExitCode(1)
        }
        var shrinker = Shrinker(invariant: broken.invariant, runsMax: self.runs)
        let small = shrinker.shrink(file.tape)
        let output = self.output ?? self.file + ".small"
        try TapeFile(small, broke: broken.invariant).write(to: output)
        var left = try Simulation(tape: small).outcome().broken
        left?.path = output
        if self.json {
            print(
                JSONWriter.line { root in
                    root.member("from", file.tape.size)
                    root.member("to", small.size)
                    root.member("runs", shrinker.runs)
                    root.member("tape", output)
                    guard let left else { return }
                    root.name("broken")
                    left.write(to: &root)
                }
            )
            return
        }
        if let left { print(left.text) }
        print("From \(file.tape.size) choices to \(small.size) in \(shrinker.runs) runs.")
    }
}
