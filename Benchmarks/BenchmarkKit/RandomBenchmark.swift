import SyncCore
import SyncRuntime

/// How fast the engine is when what changes lies anywhere among many stored records.
///
/// The store is a file, synced with each commit; twenty fields are mapped, of which two change. The mocks
/// answer in process.
package struct RandomBenchmark: Benchmark {
    package static let name = "random"
    package static let question = "records a second where changes are spread over many stored ones"

    private static let changedMax = 20_000
    private let records: Int

    package init(records: Int) {
        self.records = records
    }

    package func run(_ progress: @Sendable (String) -> Void) async throws -> [BenchmarkResult] {
        let folder = try BenchmarkFolder()
        defer { folder.remove() }
        let bench = try BenchmarkWorld(rule: .twoWay, fields: 20, path: folder.store)
        progress("\(Self.name): \(self.records) records are stored")
        try await bench.fill(self.records)
        var results: [BenchmarkResult] = []
        for workload in [Workload.updatesFromHubSpot, .updatesFromSalesforce] {
            try await bench.rest()
            let changed = max(1, min(Self.changedMax, self.records / 5))
            progress("\(Self.name): \(workload.name), \(changed) of \(self.records)")
            try bench.change(workload, changed, seed: 1)
            bench.wait(seconds: 10)
            let meter = EngineMeter(bench)
            _ = try await bench.runner().sync()
            results.append(
                BenchmarkResult(
                    Self.name,
                    "\(workload.name), \(changed) of \(self.records)",
                    meter.metrics(changed)
                )
            )
        }
        return results
    }
}
