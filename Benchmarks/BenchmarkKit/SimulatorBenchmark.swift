import SimulationKit

/// How fast the simulator runs the whole engine, on one core.
package struct SimulatorBenchmark: Benchmark {
    package static let name = "simulator"
    package static let question = "jobs a second, and virtual against real time"

    package init(records: Int) {}

    private static let workloads: [(name: SimulationProfile.Name, records: Int)] = [
        (.calm, 12), (.calm, 1_000), (.swarm, 12), (.crash, 12), (.long, 1_000),
    ]

    package func run(_ progress: @Sendable (String) -> Void) async throws -> [BenchmarkResult] {
        try Self.workloads.map { workload in
            progress("\(Self.name): \(workload.name.rawValue), \(workload.records) records")
            let cpu = CPUClock.thread
            let report = try Simulation(
                seed: 1,
                profile: workload.name,
                records: workload.records
            ).run()
            let seconds = Double(CPUClock.thread - cpu) / 1e9
            return BenchmarkResult(
                Self.name,
                "\(workload.name.rawValue) \(workload.records)",
                [
                    .count("jobs", report.jobs, slack: 0.1),
                    .count("broken promises", report.violations.count),
                    .measured("jobs/s", (Double(report.jobs) / seconds).rounded()),
                    .measured("runs/s", 1 / seconds),
                    .measured("× real time", Double(report.virtualTime) / 1_000 / seconds),
                ]
            )
        }
    }
}
