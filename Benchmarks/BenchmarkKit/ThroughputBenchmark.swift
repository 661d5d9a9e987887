import Foundation
import MockHubSpot
import MockSalesforce
import SyncCore
import SyncRuntime

/// How many records a second the engine carries durably, from the bytes of one CRM's reply to the bytes
/// of the other one's request.
///
/// The store is a file, synced with each commit; twenty fields are mapped, of which two change. The mocks
/// answer in process and their CPU time is told apart, so that `records/s` is what one core does for the
/// engine alone.
package struct ThroughputBenchmark: Benchmark {
    package static let name = "throughput"
    package static let question = "records a second, durably, wire to wire, and the memory for it"

    private let records: Int

    package init(records: Int) {
        self.records = records
    }

    package func run(_ progress: @Sendable (String) -> Void) async throws -> [BenchmarkResult] {
        let folder = try BenchmarkFolder()
        defer { folder.remove() }
        let bench = try BenchmarkWorld(rule: .twoWay, fields: 20, path: folder.store)
        progress("\(Self.name): \(self.records) records")
        try bench.seed(self.records)
        bench.wait(seconds: 60)
        var results: [BenchmarkResult] = []
        results.append(
            try await self.measured("backfill", bench) {
                _ = try await bench.runner().backfillAndPush("contacts")
                return self.records
            }
        )
        for workload in [
            Workload.updatesFromHubSpot, .updatesFromSalesforce, .createsFromHubSpot,
            .createsFromSalesforce,
        ] {
            try await bench.rest()
            progress("\(Self.name): \(workload.name)")
            try bench.change(workload, self.records)
            bench.wait(seconds: 10)
            results.append(
                try await self.measured(workload.name, bench) {
                    _ = try await bench.runner().sync()
                    return self.records
                }
            )
            bench.wait(seconds: 10)
            results.append(
                try await self.measured("\(workload.name), seen again", bench) {
                    // Each side's rows, of which none says anything new.
                    try await bench.runner().sync().unchanged
                }
            )
        }
        return results
    }

    /// Takes the time of work that answers how many records it was about.
    private func measured(
        _ name: String,
        _ bench: BenchmarkWorld,
        _ work: () async throws -> Int
    ) async throws -> BenchmarkResult {
        let meter = EngineMeter(bench)
        let records = try await work()
        return BenchmarkResult(Self.name, name, meter.metrics(records))
    }
}
