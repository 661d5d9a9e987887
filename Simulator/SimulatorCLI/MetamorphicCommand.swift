package import ArgumentParser
import Foundation
import SimulationKit
import WireJSON

/// `duet-simulator metamorphic`: one workload under other circumstances ends in the same state.
package struct MetamorphicCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "metamorphic",
        abstract: "Run one workload under many circumstances; all must end alike.",
        discussion: """
            People edit without conflicts. Calm, in another order, with deaths, lost messages, rare \
            polls, small pages, late changes: each run must end in what people wrote last. \
            Exit code 1: one did not.
            """
    )

    @Option(help: "How many seeds, each in every circumstance.")
    package var seeds = 20

    @Option(help: "The first seed.")
    package var first: UInt64 = 1

    @Option(help: "How many run at the same time.")
    package var jobs = ProcessInfo.processInfo.activeProcessorCount

    @Flag(help: "Print one JSON object.")
    package var json = false

    package init() {}

    package func validate() throws {
        guard (1...1_000_000).contains(self.seeds), (1...256).contains(self.jobs) else {
            throw ValidationError("--seeds takes 1 to 1000000, --jobs 1 to 256.")
        }
    }

    package func run() async throws {
        let start = ProcessInfo.processInfo.systemUptime
        var (different, lines) = (0, [String]())
        var left = (0..<self.seeds)[...]
        try await SideBySide.run(jobs: self.jobs) {
            guard let place = left.popFirst() else { return nil }
            let seed = self.first + UInt64(place)
            return {
                do {
                    return try MetamorphicRun.differences(seed: seed)
                } catch {
                    return ["seed \(seed): \(error)"]
                }
            }
        } each: { (found: [String]) in
            if !found.isEmpty { different += 1 }
            lines += found
            if !self.json { for line in found.prefix(3) { print(line) } }
        }
        let seconds = Int(ProcessInfo.processInfo.systemUptime - start)
        let count = MetamorphicRun.Circumstance.allCases.count
        if self.json {
            print(
                JSONWriter.line { root in
                    root.member("seeds", self.seeds)
                    root.member("circumstances", count)
                    root.member("different", different)
                    root.name("differences")
                    root.array { list in
                        for line in lines.prefix(20) { list.string(line) }
                    }
                }
            )
        } else {
            print(
                "\(self.seeds) seeds in \(count) circumstances in \(seconds) s: "
                    + "\(different) ended otherwise"
            )
        }
        if different > 0 { throw ExitCode(1) }
    }
}
