import HTTPTransport
import SimulationKit
import SyncCore
import SyncRuntime

/// What the death of the process costs: calls beyond those of an undisturbed run, and writes done twice.
///
/// The process dies with a request on the wire: the CRM has done what it says, the reply is never read.
package struct CrashBenchmark: Benchmark {
    package static let name = "crashes"
    package static let question = "what a SIGKILL costs in calls, and writes done a second time"

    private static let deaths = 10
    private let records: Int

    package init(records: Int) {
        self.records = min(records, 2_000)
    }

    package func run(_ progress: @Sendable (String) -> Void) async throws -> [BenchmarkResult] {
        var results: [BenchmarkResult] = []
        for workload in [Workload.updatesFromHubSpot, .createsFromSalesforce] {
            let calm = try await self.run(workload, dyingAt: nil)
            var most = (calls: 0, hubspot: 0, salesforce: 0)
            for death in 0..<Self.deaths {
                let moment = 1 + death * calm.sent / Self.deaths
                progress("\(Self.name): \(workload.name), dead at call \(moment)")
                let disturbed = try await self.run(workload, dyingAt: moment)
                most.calls = max(most.calls, disturbed.calls - calm.calls)
                most.hubspot = max(most.hubspot, disturbed.hubspot - calm.hubspot)
                most.salesforce = max(most.salesforce, disturbed.salesforce - calm.salesforce)
            }
            results.append(
                BenchmarkResult(
                    Self.name,
                    workload.name,
                    [
                        .count("calls undisturbed", calm.calls),
                        // Both sides' requests race: which one is the last is not always the same.
                        .count("most calls more", most.calls, slack: 0.3),
                        .measured("aim", Double(self.allowed)),
                        .count("repeated in HubSpot", most.hubspot),
                        .count("repeated in Salesforce", most.salesforce),
                    ]
                )
            )
        }
        return results
    }

    /// The aim: two calls for each of the two requests that may be on the wire, an idle look, a page for each
    /// feed, and the look at what had changed lately, which every start of the process takes
    /// (architecture 5.2).
    private var allowed: Int {
        let again = (self.records + 199) / 200 + (self.records + 1_999) / 2_000
        return 2 * 2 + 2 + 2 + again
    }

    /// What one run needed until both sides were in step and nothing was left to do.
    private struct Cost {
        var calls: Int
        /// Requests that the first process sent.
        var sent: Int
        /// Versions that records got.
        var hubspot: Int
        var salesforce: Int
    }

    private func run(
        _ workload: Workload,
        dyingAt death: Int?
    ) async throws -> Cost {
        let bench = try BenchmarkWorld(rule: .twoWay)
        try await bench.fill(self.records)
        try await bench.rest()
        try bench.change(workload, self.records)
        bench.wait(seconds: 10)
        let (start, versions) = (bench.billed(), bench.versions)
        let line = DyingTransport(bench.transport, after: death ?? .max)
        if death == nil {
            _ = try await bench.runner(over: line).sync()
        } else {
            let runner = try await bench.runner(over: line)
            try await line.untilDead { _ = try await runner.sync() }
            bench.wait(seconds: 10)
            _ = try await bench.runner().sync()
        }
        // What was on the wire has had its longest time; then nothing may be left.
        for _ in 0..<3 {
            bench.wait(seconds: 700)
            _ = try await bench.runner().sync()
        }
        let (end, after) = (bench.billed(), bench.versions)
        return Cost(
            calls: end.hubspot - start.hubspot + end.salesforce - start.salesforce,
            sent: line.sent,
            hubspot: after.hubspot - versions.hubspot,
            salesforce: after.salesforce - versions.salesforce
        )
    }
}
