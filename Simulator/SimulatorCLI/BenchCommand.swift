package import ArgumentParser
import Foundation
import SimulationKit
import WireJSON

/// `duet-simulator bench`: how fast the simulator is, on one core.
package struct BenchCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure the simulator: jobs and records a second, virtual against real time.",
        discussion: """
            Each workload runs on one core, the best of its rounds counts. Records are counted on \
            both sides at the end of a run. A debug build says little.
            """
    )

    @Option(help: "Only this workload: executor, calm-12, calm-1000, swarm-12, long.")
    package var only: String?

    @Option(help: "How many rounds each.")
    package var rounds = 3

    @Option(help: "Fail where a workload is not at least so many times as fast as real time.")
    package var least: Int?

    @Flag(help: "Print one JSON object.")
    package var json = false

    package init() {}

    package func validate() throws {
        guard (1...1_000).contains(self.rounds) else {
            throw ValidationError("--rounds takes 1 to 1000.")
        }
        guard (self.least ?? 1) >= 1 else {
            throw ValidationError("--least takes 1 or more.")
        }
        guard let only = self.only else { return }
        guard Self.workloads.contains(where: { $0.name == only }) else {
            let names = Self.workloads.map(\.name).joined(separator: ", ")
            throw ValidationError("--only takes one of \(names).")
        }
    }

    private struct Workload: Sendable {
        var name: String
        var run: @Sendable () throws -> Measure
    }

    /// What one round did.
    private struct Measure: Sendable {
        var jobs: Int
        var records: Int
        var virtual: Int64
        var seconds = 0.0

        var jobsPerSecond: Int { Int(Double(self.jobs) / max(self.seconds, 0.000_001)) }
        var recordsPerSecond: Int { Int(Double(self.records) / max(self.seconds, 0.000_001)) }
        var ratio: Int { Int(Double(self.virtual) / 1_000 / max(self.seconds, 0.000_001)) }
    }

    private static let workloads: [Workload] = {
        var list = [Workload(name: "executor") { try Self.executor() }]
        for (profile, records) in [("calm", 12), ("calm", 1_000), ("swarm", 12), ("long", 1_000)] {
            guard let name = SimulationProfile.Name(rawValue: profile) else { continue }
            let title = profile == "long" ? profile : "\(profile)-\(records)"
            list.append(
                Workload(name: title) {
                    let report = try Simulation(seed: 1, profile: name, records: records).run()
                    return Measure(
                        jobs: report.jobs,
                        records: report.records,
                        virtual: report.virtualTime
                    )
                }
            )
        }
        return list
    }()

    /// Jobs that do nothing but sleep and yield: what the executor itself costs.
    private static func executor() throws -> Measure {
        let executor = SimulationExecutor(seed: 1)
        let time = VirtualTime(executor)
        try executor.run {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<16 {
                    group.addTask {
                        for turn in 0..<20_000 {
                            await Task.yield()
                            if turn % 10 == number % 10 { try await time.sleep(milliseconds: 10) }
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
        return Measure(jobs: executor.jobs, records: 0, virtual: executor.now)
    }

    package func run() throws {
        var results: [(name: String, best: Measure)] = []
        for workload in Self.workloads where self.only == nil || self.only == workload.name {
            var best: Measure?
            for _ in 0..<self.rounds {
                let start = ProcessInfo.processInfo.systemUptime
                var measure = try workload.run()
                measure.seconds = ProcessInfo.processInfo.systemUptime - start
                if measure.seconds < best?.seconds ?? .infinity { best = measure }
            }
            guard let best else { continue }
            results.append((workload.name, best))
            if !self.json {
                if results.count == 1 { print(Self.head) }
                print(Self.line(workload.name, best))
            }
        }
        if self.json { print(self.json(results)) }
        guard let least = self.least else { return }
        let slow = results.filter { $0.best.ratio < least }
        for (name, measure) in slow {
            Console.message("\(name) ran \(measure.ratio) × real time; \(least) × are wanted.")
        }
        if !slow.isEmpty { throw ExitCode(1) }
    }

    private static let head = Self.columns([
        "workload", "jobs", "seconds", "jobs/s", "records/s", "× real time",
    ])

    private static func line(_ name: String, _ measure: Measure) -> String {
        Self.columns([
            name, String(measure.jobs), String(format: "%.3f", measure.seconds),
            String(measure.jobsPerSecond),
            measure.records == 0 ? "–" : String(measure.recordsPerSecond), String(measure.ratio),
        ])
    }

    private static func columns(_ cells: [String]) -> String {
        cells.enumerated().map { place, cell in
            let room = String(repeating: " ", count: max(0, 12 - cell.count))
            return place == 0 ? cell + room : room + cell
        }.joined(separator: " ")
    }

    private func json(_ results: [(name: String, best: Measure)]) -> String {
        JSONWriter.line { root in
            root.member("commit", SourceVersion.commit)
            root.member("toolchain", SourceVersion.toolchain)
            root.member("configuration", SourceVersion.configuration)
            root.member("rounds", self.rounds)
            root.name("workloads")
            root.array { list in
                for (name, best) in results {
                    list.object { item in
                        item.member("name", name)
                        item.member("jobs", best.jobs)
                        item.member("records", best.records)
                        item.member("virtualMilliseconds", best.virtual)
                        item.member("realMilliseconds", Int(best.seconds * 1_000))
                        item.member("jobsPerSecond", best.jobsPerSecond)
                        item.member("recordsPerSecond", best.recordsPerSecond)
                        item.member("virtualToReal", best.ratio)
                    }
                }
            }
        }
    }
}
