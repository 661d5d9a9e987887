package import ArgumentParser
import Foundation
import SimulationKit

/// `duet-simulator replay`: the run that a tape holds.
package struct ReplayCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Play a tape again and check every promise, or look at it in a browser.",
        discussion: """
            --html writes one page that needs nothing else: both CRMs and what the engine last saw \
            of them, moment by moment, every request, death and fault, and the calls they cost. \
            Exit code 1: a promise was broken.
            """
    )

    @Argument(help: "A tape that run, soak, crash-sweep, mutants or shrink wrote.")
    package var file: String

    @Option(help: "Write a page to this file that shows the run in a browser.")
    package var html: String?

    @Flag(help: "Print every request first, a line each.")
    package var trace = false

    @Flag(help: "Print one JSON object.")
    package var json = false

    package init() {}

    package func run() throws {
        let file = try TapeFile.read(self.file)
        try RunPrinter(trace: self.trace, html: self.html, json: self.json)
            .run(Simulation(tape: file.tape)) { _, broken in
                var broken = broken
                broken?.path = self.file
                return broken
            }
    }
}
