import MockHubSpot
import MockSalesforce
import SyncCore
import SyncRuntime

/// What a change costs in API calls, for few changes and for many.
///
/// Both sides agree and every confirm interval is over. Then `K` records change, one sync carries them
/// over and a second one sees the writes come back; a third, much later, is the look that confirms.
package struct CallsBenchmark: Benchmark {
    package static let name = "calls"
    package static let question = "API calls per changed record, against the fewest there can be"

    private static let counts = [0, 1, 10, 200, 1_000, 2_000, 10_000]
    /// As many of the other objects tell as much: they have several pages on both sides.
    private static let others = 2_000

    private let records: Int

    package init(records: Int) {
        self.records = records
    }

    package func run(_ progress: @Sendable (String) -> Void) async throws -> [BenchmarkResult] {
        var results: [BenchmarkResult] = []
        for workload in Workload.all {
            progress("\(Self.name): \(workload.name)")
            results += try await self.run(workload)
        }
        return results
    }

    private func run(_ workload: Workload) async throws -> [BenchmarkResult] {
        let rule: SyncRule = workload.change == .alwaysFromSalesforce ? .alwaysSalesforce : .twoWay
        let bench = try BenchmarkWorld(rule: rule, subject: workload.subject)
        let records = workload.subject == .contacts ? self.records : min(self.records, Self.others)
        try await bench.fill(records)
        var results: [BenchmarkResult] = []
        for count in Self.counts where count <= records {
            try await bench.rest()
            let calls = try await self.calls(of: workload, count, in: bench)
            let minimum = count == 0 ? .idle : CallMinimum(workload, count: count)
            let (sum, least) = (
                calls.hubspot + calls.salesforce, minimum.hubspot + minimum.salesforce
            )
            results.append(
                BenchmarkResult(
                    Self.name,
                    "\(workload.name) \(count)",
                    [
                        .count("HubSpot", calls.hubspot),
                        .count("Salesforce", calls.salesforce),
                        .count("minimum", least),
                        .measured("ratio", Double(sum) / Double(least)),
                        .count("confirming", calls.confirming),
                        .count(
                            "over the aim",
                            minimum.allows(hubspot: calls.hubspot, salesforce: calls.salesforce)
                                ? 0 : 1
                        ),
                    ]
                )
            )
        }
        return results
    }

    private func calls(
        of workload: Workload,
        _ count: Int,
        in bench: BenchmarkWorld
    ) async throws -> (hubspot: Int, salesforce: Int, confirming: Int) {
        // One process: each start confirms.
        let runner = try await bench.runner()
        _ = try await runner.sync()
        let start = bench.billed()
        try bench.change(workload, count)
        for _ in 0..<2 {
            // The search lag passes.
            bench.wait(seconds: 10)
            _ = try await runner.sync()
        }
        let end = bench.billed()
        bench.wait(seconds: 1_200)
        _ = try await runner.sync()
        let later = bench.billed()
        return (
            end.hubspot - start.hubspot, end.salesforce - start.salesforce,
            // The two calls of an idle look are no confirmation.
            later.hubspot - end.hubspot + later.salesforce - end.salesforce - 2
        )
    }
}
