package import ArgumentParser
import Foundation
package import SimulationKit
package import SyncCore

/// `duet-simulator crash-sweep`: one scenario again and again, dying at each moment once.
package struct CrashSweepCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "crash-sweep",
        abstract: "Let the engine die at each moment of a scenario and check what it left.",
        discussion: """
            The moments lie right before and right after each store transaction and each request: \
            between two of them nothing that outlives the process changes. A scenario is a seed of \
            a profile with few records and edits.
            """
    )

    @Option(help: "Which scenario: a seed of the profile.")
    package var scenario: UInt64 = 1

    @Option(help: "The profile that the scenario is drawn from.")
    package var profile = SimulationProfile.Name.calm

    @Option(help: "How many people there are at the start.")
    package var records = 2

    @Option(help: "How many times people do something.")
    package var edits = 4

    @Option(help: "Only every so many-th moment.")
    package var every = 1

    @Option(help: "How many run at the same time.")
    package var jobs = ProcessInfo.processInfo.activeProcessorCount

    @Option(help: "Break the engine on purpose.")
    package var mutant: Sabotage?

    package init() {}

    package func validate() throws {
        guard (1...1_000).contains(self.records), (1...1_000).contains(self.edits),
            (1...1_000_000).contains(self.every), (1...256).contains(self.jobs)
        else {
            throw ValidationError(
                "--records and --edits take 1 to 1000, --every 1 to 1000000, --jobs 1 to 256."
            )
        }
    }

    private func simulation(dyingAt point: Int) -> Simulation {
        var run = Simulation(
            seed: self.scenario,
            profile: self.profile,
            records: self.records,
            sabotage: self.mutant
        )
        run.profile.edits = self.edits
        run.profile.kills = 0
        // Salesforce's longest request, a confirm poll after it, and some time to spare.
        run.settleTime = 1_800_000
        run.quietTime = 400_000
        run.deathPoint = point
        return run
    }

    package func run() async throws {
        let start = ProcessInfo.processInfo.systemUptime
        let whole = try self.simulation(dyingAt: 0).run()
        let points = Array(stride(from: 1, through: whole.workPoints, by: self.every))
        var failed: [(Int, String)] = []
        await withTaskGroup(of: (Int, String?).self) { group in
            var next = 0
            func add() {
                guard next < points.count else { return }
                let point = points[next]
                next += 1
                let run = self.simulation(dyingAt: point)
                group.addTask {
                    do {
                        let report = try run.run()
                        guard report.kills == 1 else { return (point, "did not die there") }
                        return (point, report.violations.first.map { "\($0)" })
                    } catch {
                        return (point, "\(error)")
                    }
                }
            }
            for _ in 0..<self.jobs { add() }
            while let (point, problem) = await group.next() {
                add()
                if let problem { failed.append((point, problem)) }
            }
        }
        for (point, problem) in failed.sorted(by: { $0.0 < $1.0 }).prefix(10) {
            print("moment \(point): \(problem)")
        }
        let seconds = Int(ProcessInfo.processInfo.systemUptime - start)
        print(
            "scenario \(self.scenario) of \(self.profile.rawValue): died at \(points.count) of "
                + "\(whole.workPoints) moments in \(seconds) s: \(failed.count) failed"
        )
        if !failed.isEmpty { throw ExitCode(1) }
    }
}
