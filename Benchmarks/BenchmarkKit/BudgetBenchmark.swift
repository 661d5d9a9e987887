import SimulationKit

/// What happens where a day's calls are few and others take most of them.
///
/// Seeds of the simulator's `quota` profile: administrators buy more calls and fewer, other apps spend theirs,
/// people work. A checker holds every call against the share, the reserve and the limits.
package struct BudgetBenchmark: Benchmark {
    package static let name = "budgets"
    package static let question =
        "few calls a day, and others who take them: what waits, what is broken"

    private static let seeds: [UInt64] = [1, 2, 3, 4, 5, 6, 7, 8]

    package init(records: Int) {}

    package func run(_ progress: @Sendable (String) -> Void) async throws -> [BenchmarkResult] {
        try Self.seeds.map { seed in
            progress("\(Self.name): days of seed \(seed)")
            let report = try Simulation(seed: seed, profile: .quota).run()
            let days = Double(report.virtualTime) / 86_400_000
            func daily(_ calls: Int) -> Int { Int((Double(calls) / days).rounded()) }
            return BenchmarkResult(
                Self.name,
                "seed \(seed)",
                [
                    .count("broken promises", report.violations.count),
                    .count("HubSpot calls a day", daily(report.hubspotCalls), slack: 0.1),
                    .count("Salesforce calls a day", daily(report.salesforceCalls), slack: 0.1),
                    .measured("passes that waited", Double(report.deferrals)),
                    .measured("days", days),
                ]
            )
        }
    }
}
