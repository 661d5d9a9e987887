import HTTPTransport
import SyncCore
import SyncRuntime
import SyncStore

/// What the store is asked for each record: counts that are the same on every machine.
package struct StoreBenchmark: Benchmark {
    package static let name = "store"
    package static let question = "SQL statements and transactions per 1,000 records"

    private static let records = 2_000

    package init(records: Int) {}

    package func run(_ progress: @Sendable (String) -> Void) async throws -> [BenchmarkResult] {
        let bench = try BenchmarkWorld(rule: .twoWay, fields: 20)
        let statements = Locked<[String]>([])
        try bench.store.tellStatements { text in statements.withLock { $0.append(text) } }
        try bench.seed(Self.records)
        bench.wait(seconds: 60)
        var results: [BenchmarkResult] = []
        results.append(
            try await self.counted("backfill", statements) {
                _ = try await bench.runner().backfillAndPush("contacts")
            }
        )
        for workload in Workload.all(of: .contacts) {
            progress("\(Self.name): \(workload.name)")
            try await bench.rest()
            try bench.change(workload, Self.records)
            for pass in ["", ", seen again"] {
                bench.wait(seconds: 10)
                results.append(
                    try await self.counted(workload.name + pass, statements) {
                        _ = try await bench.runner().sync()
                    }
                )
            }
        }
        return results
    }

    private func counted(
        _ name: String,
        _ statements: Locked<[String]>,
        _ work: () async throws -> Void
    ) async throws -> BenchmarkResult {
        statements.withLock { $0 = [] }
        try await work()
        let all = statements.withLock { $0 }
        func count(_ isCounted: (String) -> Bool) -> Int {
            all.filter(isCounted).count * 1_000 / Self.records
        }
        return BenchmarkResult(
            Self.name,
            name,
            [
                .count(
                    "statements",
                    count { !$0.hasPrefix("BEGIN") && !$0.hasPrefix("COMMIT") },
                    slack: 0.03
                ),
                .count("reads at once", count { $0.hasPrefix("BEGIN DEFERRED") }, slack: 0.2),
                .count("transactions", count { $0.hasPrefix("BEGIN IMMEDIATE") }, slack: 0.2),
            ]
        )
    }
}
