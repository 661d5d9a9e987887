package import ArgumentParser
import Foundation
package import SimulationKit
package import SyncCore
import WireJSON

/// `duet-simulator crash-sweep`: one scenario again and again, dying at each moment once.
package struct CrashSweepCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "crash-sweep",
        abstract: "Let the engine die at each moment of a scenario and check what it left.",
        discussion: """
            The moments lie right before and right after each store transaction and each request: \
            between two of them nothing that outlives the process changes. A scenario is a seed of \
            a profile with few records and edits. Exit code 1: a promise was broken.
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

    @OptionGroup package var keeping: TapeOptions

    @Flag(help: "Print one JSON object.")
    package var json = false

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
        func seconds() -> Double { ProcessInfo.processInfo.systemUptime - start }
        let (whole, alive) = try self.simulation(dyingAt: 0).outcome()
        let points = Array(stride(from: 1, through: whole?.workPoints ?? 0, by: self.every))
        var (broken, missed, ended, console) = (BrokenRuns(), [Int](), 0, Console())
        if let alive {
            let text = try broken.add(alive, keep: self.keeping.kept)
            if !self.json { print(text) }
        }
        var left = points[...]
        try await SideBySide.run(jobs: self.jobs) {
            guard let point = left.popFirst() else { return nil }
            let run = self.simulation(dyingAt: point)
            return { (point, try run.outcome()) }
        } each: { (point: Int, outcome: (report: SimulationReport?, broken: BrokenRun?)) in
            ended += 1
            if let report = outcome.report, report.kills != 1 { missed.append(point) }
            if let found = outcome.broken {
                let text = try broken.add(found, keep: self.keeping.kept)
                console.clear()
                if !self.json { print(text) }
            }
            console.progress("\(ended) of \(points.count) moments, \(broken.count) broken")
        }
        console.clear()
        missed.sort()
        let moments = whole?.workPoints ?? 0
        print(
            self.json
                ? self.json(points.count, moments, missed, broken, seconds())
                : self.text(points.count, moments, missed, broken, seconds())
        )
        if broken.count > 0 || !missed.isEmpty { throw ExitCode(1) }
    }

    private func text(
        _ died: Int,
        _ moments: Int,
        _ missed: [Int],
        _ broken: BrokenRuns,
        _ seconds: Double
    ) -> String {
        var lines = [
            "scenario \(self.scenario) of \(self.profile.rawValue): died at \(died) of "
                + "\(moments) moments in \(Int(seconds)) s: \(broken.count) broken"
        ]
        if !missed.isEmpty {
            let list = missed.prefix(10).map(String.init).joined(separator: ", ")
            lines.append("  did not die at \(missed.count) moments: \(list)")
        }
        return (lines + broken.summary).joined(separator: "\n")
    }

    private func json(
        _ died: Int,
        _ moments: Int,
        _ missed: [Int],
        _ broken: BrokenRuns,
        _ seconds: Double
    ) -> String {
        JSONWriter.line { root in
            root.member("scenario", self.scenario)
            root.member("profile", self.profile.rawValue)
            root.member("commit", SourceVersion.commit)
            root.member("toolchain", SourceVersion.toolchain)
            root.member("configuration", SourceVersion.configuration)
            root.member("moments", moments)
            root.member("died", died)
            root.member("failed", broken.count)
            root.member("realMilliseconds", Int(seconds * 1_000))
            root.name("missed")
            root.array { list in
                for point in missed { list.integer(point) }
            }
            broken.write(to: &root)
        }
    }
}
