package import ArgumentParser
import Foundation
package import SimulationKit

/// `duet-simulator soak`: many seeds side by side.
package struct SoakCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "soak",
        abstract: "Run many seeds and name the ones that break a promise."
    )

    @Option(help: "How many seeds.")
    package var seeds = 100

    @Option(help: "The first seed.")
    package var first: UInt64 = 1

    @Option(help: "What goes wrong: \(SimulationProfile.Name.list).")
    package var profile = SimulationProfile.Name.swarm

    @Option(help: "How many run at the same time.")
    package var jobs = ProcessInfo.processInfo.activeProcessorCount

    @Option(help: "How many people there are at the start.")
    package var records = 12

    package init() {}

    package func validate() throws {
        guard (1...10_000_000).contains(self.seeds), (1...256).contains(self.jobs),
            (1...100_000).contains(self.records)
        else {
            throw ValidationError(
                "--seeds takes 1 to 10000000, --jobs 1 to 256, --records 1 to 100000."
            )
        }
    }

    package func run() async throws {
        let start = ProcessInfo.processInfo.systemUptime
        var (failed, raced, virtual) = (0, 0, Int64(0))
        await withTaskGroup(of: (UInt64, Result<SimulationReport, any Error>).self) { group in
            let profile = self.profile
            let records = self.records
            func add(_ seed: UInt64) {
                group.addTask {
                    let run = Simulation(seed: seed, profile: profile, records: records)
                    return (seed, Result { try run.run() })
                }
            }
            var next = 0
            while next < min(self.jobs, self.seeds) {
                add(self.first + UInt64(next))
                next += 1
            }
            while let (seed, result) = await group.next() {
                if next < self.seeds {
                    add(self.first + UInt64(next))
                    next += 1
                }
                switch result {
                case .success(let report):
                    raced += report.raced
                    virtual += report.virtualTime
                    guard !report.violations.isEmpty else { continue }
                    failed += 1
                    print("\(report.seedLine): \(report.violations[0])")
                case .failure(let error):
                    failed += 1
                    print("seed \(seed), profile \(profile.rawValue): \(error)")
                }
            }
        }
        let seconds = ProcessInfo.processInfo.systemUptime - start
        let ratio = Int(Double(virtual) / 1_000 / max(seconds, 0.001))
        print(
            "\(self.seeds) seeds of \(self.profile.rawValue) in \(Int(seconds)) s, "
                + "\(ratio) × real time: \(failed) failed, \(raced) edits raced"
        )
        if failed > 0 { throw ExitCode(1) }
    }
}
