import SyncCore
import SyncRuntime

/// How many records of each object a second the engine carries, beside contacts.
///
/// Five fields at most are mapped, of which one changes; the store is a file.
package struct ObjectsBenchmark: Benchmark {
    package static let name = "objects"
    package static let question = "records of each object a second, beside contacts"

    private let records: Int

    package init(records: Int) {
        self.records = min(records, 5_000)
    }

    package func run(_ progress: @Sendable (String) -> Void) async throws -> [BenchmarkResult] {
        var results: [BenchmarkResult] = []
        for subject in Workload.Subject.allCases where subject != .leads {
            progress("\(Self.name): \(subject.rawValue)")
            let folder = try BenchmarkFolder()
            defer { folder.remove() }
            let bench = try BenchmarkWorld(rule: .twoWay, path: folder.store, subject: subject)
            try await bench.fill(self.records)
            for workload in Workload.all(of: subject)
            where workload.change != .alwaysFromSalesforce {
                try await bench.rest()
                try bench.change(workload, self.records)
                bench.wait(seconds: 10)
                let meter = EngineMeter(bench)
                _ = try await bench.runner().sync()
                results.append(
                    BenchmarkResult(Self.name, workload.name, meter.metrics(self.records))
                )
            }
        }
        return results
    }
}
