package import ArgumentParser
import Foundation
import SimulationKit

/// `duet-simulator replay`: the run that a tape holds.
package struct ReplayCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Play a tape again and check every promise."
    )

    @Argument(help: "A tape that run, soak or shrink wrote.")
    package var file: String

    @Flag(help: "Print every request first, a line each.")
    package var trace = false

    @Flag(help: "Print one line of JSON.")
    package var json = false

    package init() {}

    package func run() throws {
        let file = try TapeFile(contentsOf: self.file)
        if file.configuration != TapeFile.configuration {
            let text =
                "duet-simulator: this tape is of a \(file.configuration) build; "
                + "its order of jobs may differ here.\n"
            FileHandle.standardError.write(Data(text.utf8))
        }
        var simulation = Simulation(tape: file.tape)
        simulation.traces = self.trace
        let start = ProcessInfo.processInfo.systemUptime
        let report = try simulation.run()
        for line in report.lines { print(line) }
        let seconds = ProcessInfo.processInfo.systemUptime - start
        print(self.json ? report.json(seconds: seconds) : report.text(seconds: seconds))
        if !report.violations.isEmpty { throw ExitCode(1) }
    }
}
