package import ArgumentParser
import Foundation
package import SimulationKit
import WireJSON

/// `duet-simulator soak`: many seeds side by side.
package struct SoakCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "soak",
        abstract: "Run many seeds and tell which break a promise.",
        discussion: """
            Memory stays flat however many seeds there are. The first \(BrokenRuns.toldMax) runs \
            that break the same promise are told in full and keep their tapes. \
            Exit code 1: a promise was broken.
            """
    )

    @Option(help: "How many seeds (default: 100, or as many as fit into --minutes).")
    package var seeds: Int?

    @Option(help: "Start no further seed after so many minutes.")
    package var minutes: Double?

    @Option(help: "The first seed.")
    package var first: UInt64 = 1

    @Option(help: "What goes wrong: \(SimulationProfile.Name.list).")
    package var profile = SimulationProfile.Name.swarm

    @Option(help: "How many run at the same time.")
    package var jobs = ProcessInfo.processInfo.activeProcessorCount

    @Option(help: "How many people there are at the start.")
    package var records = 12

    @OptionGroup package var keeping: TapeOptions

    @Flag(help: "Print one JSON object.")
    package var json = false

    package init() {}

    package func validate() throws {
        guard (1...10_000_000).contains(self.seeds ?? 1), (1...256).contains(self.jobs),
            (1...100_000).contains(self.records)
        else {
            throw ValidationError(
                "--seeds takes 1 to 10000000, --jobs 1 to 256, --records 1 to 100000."
            )
        }
        guard (self.minutes ?? 1) > 0 else {
            throw ValidationError("--minutes takes a number above 0.")
        }
    }

    /// What is added up over all seeds.
    private struct Sums {
        var seeds = 0
        var raced = 0
        var conflicts = 0
        var calls = 0
        var jobs = 0
        var virtual: Int64 = 0

        mutating func add(_ report: SimulationReport?) {
            self.seeds += 1
            guard let report else { return }
            self.raced += report.raced
            self.conflicts += report.conflicts
            self.calls += report.hubspotCalls + report.salesforceCalls
            self.jobs += report.jobs
            self.virtual += report.virtualTime
        }

        func ratio(_ seconds: Double) -> Int {
            Int(Double(self.virtual) / 1_000 / max(seconds, 0.001))
        }
    }

    package func run() async throws {
        let start = ProcessInfo.processInfo.systemUptime
        func seconds() -> Double { ProcessInfo.processInfo.systemUptime - start }
        let seedsMax = self.seeds ?? (self.minutes == nil ? 100 : 10_000_000)
        let end = self.minutes.map { $0 * 60 } ?? .infinity
        var (sums, broken, console) = (Sums(), BrokenRuns(), Console())
        let (profile, records) = (self.profile, self.records)
        var next = 0
        try await SideBySide.run(jobs: self.jobs) {
            guard next < seedsMax, seconds() < end || next == 0 else { return nil }
            let seed = self.first &+ UInt64(next)
            next += 1
            return { try Simulation(seed: seed, profile: profile, records: records).outcome() }
        } each: { (report: SimulationReport?, found: BrokenRun?) in
            sums.add(report)
            if let found {
                let text = try broken.add(found, keep: self.keeping.kept)
                console.clear()
                if !self.json { print(text) }
            }
            console.progress(self.progress(sums, broken.count, seconds(), seedsMax))
        }
        console.clear()
        print(self.json ? self.json(sums, broken, seconds()) : self.text(sums, broken, seconds()))
        if broken.count > 0 { throw ExitCode(1) }
    }

    private func progress(
        _ sums: Sums,
        _ broken: Int,
        _ seconds: Double,
        _ seedsMax: Int
    ) -> String {
        let share = max(
            self.minutes.map { seconds / ($0 * 60) } ?? 0,
            Double(sums.seeds) / Double(seedsMax)
        )
        let left = Int(seconds / max(share, 0.000_001) * (1 - min(share, 1)))
        let total = self.seeds == nil && self.minutes != nil ? "" : " of \(seedsMax)"
        return "\(self.profile.rawValue): \(sums.seeds)\(total) seeds, \(broken) broken, "
            + "\(sums.ratio(seconds)) × real time, \(left / 60) min \(left % 60) s left"
    }

    private func text(_ sums: Sums, _ broken: BrokenRuns, _ seconds: Double) -> String {
        let head =
            "\(sums.seeds) seeds of \(self.profile.rawValue) in \(Int(seconds)) s, "
            + "\(sums.ratio(seconds)) × real time: \(broken.count) broken, "
            + "\(sums.conflicts) conflicts, \(sums.raced) edits raced"
        return ([head] + broken.summary).joined(separator: "\n")
    }

    private func json(_ sums: Sums, _ broken: BrokenRuns, _ seconds: Double) -> String {
        JSONWriter.line { root in
            root.member("profile", self.profile.rawValue)
            root.member("first", self.first)
            root.member("commit", SourceVersion.commit)
            root.member("toolchain", SourceVersion.toolchain)
            root.member("configuration", SourceVersion.configuration)
            root.member("seeds", sums.seeds)
            root.member("failed", broken.count)
            root.member("raced", sums.raced)
            root.member("conflicts", sums.conflicts)
            root.member("calls", sums.calls)
            root.member("jobs", sums.jobs)
            root.member("virtualMilliseconds", sums.virtual)
            root.member("realMilliseconds", Int(seconds * 1_000))
            root.member("virtualToReal", sums.ratio(seconds))
            broken.write(to: &root)
        }
    }
}
