package import ArgumentParser
import Foundation
import SimulationKit
import WireJSON

/// `duet-simulator coverage`: which faults of the catalogue the profiles come by.
package struct CoverageCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "coverage",
        abstract: "Count how often each fault of the catalogue fires, and list what is still open.",
        discussion: """
            Runs so many seeds of every profile. A fault that its profile must reach and that never \
            fired is a hole. Exit code 1: there is a hole, or a promise was broken.
            """
    )

    @Option(help: "How many seeds of each profile.")
    package var seeds = 20

    @Option(help: "The first seed.")
    package var first: UInt64 = 1

    @Option(help: "How many run at the same time.")
    package var jobs = ProcessInfo.processInfo.activeProcessorCount

    @OptionGroup package var keeping: TapeOptions

    @Flag(help: "Print one JSON object.")
    package var json = false

    package init() {}

    package func validate() throws {
        guard (1...1_000_000).contains(self.seeds), (1...256).contains(self.jobs) else {
            throw ValidationError("--seeds takes 1 to 1000000, --jobs 1 to 256.")
        }
    }

    package func run() async throws {
        let names = SimulationProfile.quick.map(\.rawValue) + [FaultCoverage.crashSweep]
        let runs = names.flatMap { name in
            (0..<self.seeds).map { (name, self.first &+ UInt64($0)) }
        }
        var (coverage, broken, console, ended) = (FaultCoverage(), BrokenRuns(), Console(), 0)
        var grid = GridCoverage()
        var left = runs[...]
        try await SideBySide.run(jobs: self.jobs) {
            guard let (name, seed) = left.popFirst() else { return nil }
            return { (name, try Self.simulation(name, seed).outcome()) }
        } each: { (name: String, outcome: (report: SimulationReport?, broken: BrokenRun?)) in
            ended += 1
            if let report = outcome.report {
                coverage.add(report.probes, of: name)
                grid.add(report.cells)
            }
            if let found = outcome.broken {
                let text = try broken.add(found, keep: self.keeping.kept)
                console.clear()
                if !self.json { print(text) }
            }
            console.progress("\(ended) of \(runs.count) runs, \(broken.count) broken")
        }
        console.clear()
        print(self.json ? self.json(coverage, broken, grid) : self.text(coverage, broken, grid))
        if broken.count > 0 || !coverage.missed.isEmpty { throw ExitCode(1) }
    }

    private static func simulation(_ name: String, _ seed: UInt64) -> Simulation {
        if let profile = SimulationProfile.Name(rawValue: name) {
            return Simulation(seed: seed, profile: profile)
        }
        // One moment of a small scenario each; the sweep itself takes all of them.
        var run = Simulation(seed: seed, profile: .calm, records: 2)
        run.profile.edits = 4
        run.settleTime = 1_800_000
        run.quietTime = 400_000
        run.deathPoint = 20 + Int(seed % 150)
        return run
    }

    private func text(
        _ coverage: FaultCoverage,
        _ broken: BrokenRuns,
        _ grid: GridCoverage
    ) -> String {
        let rows = coverage.rows
        let open = rows.filter { if case .open = $0.fault.reach { true } else { false } }
        let reached = rows.count - open.count
        var lines = ["Faults that the profiles reach, over \(self.seeds) seeds of each"]
        for row in rows {
            guard case .probe(_, let profile) = row.fault.reach else { continue }
            let count =
                row.isMissed
                ? "NEVER" : "\(row.hits) times, in \(row.runs) of \(self.seeds) runs"
            lines.append(
                "  \(Self.pad(row.fault.id, 5))\(Self.pad(row.fault.text, 68))"
                    + "\(Self.pad(profile, 13))\(count)"
            )
        }
        lines.append("")
        lines.append("Open: their surface comes with a later step")
        for row in open {
            guard case .open(let step) = row.fault.reach else { continue }
            lines.append(
                "  \(Self.pad(row.fault.id, 5))\(Self.pad(row.fault.text, 68))issue \(step)"
            )
        }
        lines.append("")
        lines.append(
            "\(reached - coverage.missed.count) of \(reached) fired, \(open.count) open, "
                + "\(broken.count) runs broken"
        )
        if !coverage.missed.isEmpty {
            lines.append("never fired: \(coverage.missed.joined(separator: ", "))")
        }
        lines.append("")
        lines.append("Decisions by rule, field type and both sides' states")
        lines += grid.lines.map { "  " + $0 }
        let all = GridCoverage.all.count
        lines.append("\(all - grid.empty.count) of \(all) cells met")
        return (lines + broken.summary).joined(separator: "\n")
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }

    private func json(
        _ coverage: FaultCoverage,
        _ broken: BrokenRuns,
        _ grid: GridCoverage
    ) -> String {
        JSONWriter.line { root in
            root.member("seeds", self.seeds)
            root.name("gridCells")
            root.integer(GridCoverage.all.count)
            root.name("gridCellsEmpty")
            root.integer(grid.empty.count)
            root.member("commit", SourceVersion.commit)
            root.member("toolchain", SourceVersion.toolchain)
            root.member("configuration", SourceVersion.configuration)
            root.name("faults")
            root.array { list in
                for row in coverage.rows {
                    list.object { item in
                        item.member("id", row.fault.id)
                        item.member("fault", row.fault.text)
                        switch row.fault.reach {
                        case .probe(let probe, let profile):
                            item.member("probe", probe.rawValue)
                            item.member("profile", profile)
                            item.member("hits", row.hits)
                            item.member("runs", row.runs)
                            item.member("hitsEverywhere", row.everywhere)
                        case .open(let step): item.member("openUntilIssue", step)
                        }
                    }
                }
            }
            root.name("neverFired")
            root.array { list in
                for id in coverage.missed { list.string(id) }
            }
            root.member("failed", broken.count)
            broken.write(to: &root)
        }
    }
}
