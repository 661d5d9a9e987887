import SimulationKit
import SyncCore
import SyncRuntime

/// How long after a change in one CRM the other one has it, polled every ten seconds.
///
/// The clock is virtual: what counts is when the engine looks and what the search's lag adds, not how fast
/// the machine is.
package struct LatencyBenchmark: Benchmark {
    package static let name = "latency"
    package static let question = "milliseconds from a change to its counterpart, polled each 10 s"

    private static let changes = 60
    private static let step: Int64 = 500
    private static let poll: Int64 = 10_000

    package init(records: Int) {}

    package func run(_ progress: @Sendable (String) -> Void) async throws -> [BenchmarkResult] {
        var results: [BenchmarkResult] = []
        for workload in [Workload.updatesFromHubSpot, .updatesFromSalesforce] {
            progress("\(Self.name): \(workload.name)")
            results.append(try await self.run(workload))
        }
        return results
    }

    private func run(_ workload: Workload) async throws -> BenchmarkResult {
        let bench = try BenchmarkWorld(rule: .twoWay)
        try await bench.fill(20)
        try await bench.rest()
        let runner = try await bench.runner(isForGood: true)
        _ = try await runner.sync()
        let start = bench.billed()
        var random = SeededRandom(seed: 5)
        var waits: [Int64] = []
        let began = bench.time.monotonicMilliseconds
        for _ in 0..<Self.changes {
            // Somewhere between two polls.
            let offset = Int64(random.below(Int(Self.poll / Self.step))) * Self.step
            bench.time.advance(milliseconds: offset)
            let changed = bench.time.monotonicMilliseconds
            try bench.change(workload, 1)
            var untilPoll = Self.poll - offset
            repeat {
                bench.time.advance(milliseconds: untilPoll)
                _ = try await runner.sync()
                untilPoll = Self.poll
            } while !bench.isInStep
            waits.append(bench.time.monotonicMilliseconds - changed)
        }
        let end = bench.billed()
        let hours = Double(bench.time.monotonicMilliseconds - began) / 3_600_000
        waits.sort()
        let calls = end.hubspot - start.hubspot + end.salesforce - start.salesforce
        return BenchmarkResult(
            Self.name,
            workload.name,
            [
                .count("p50", Int(waits[waits.count / 2])),
                .count("p95", Int(waits[waits.count * 95 / 100])),
                .count("max", Int(waits[waits.count - 1])),
                .count("calls an hour", Int((Double(calls) / hours).rounded())),
            ]
        )
    }
}
