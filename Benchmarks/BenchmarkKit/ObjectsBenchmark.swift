import SyncCore
import SyncRuntime

/// How many records of each object a second the engine carries, beside contacts.
///
/// Five fields at most are mapped, of which one changes; the store is a file.
package struct ObjectsBenchmark: Benchmark {
    package static let name = "objects"
    package static let question = "records of each object a second, beside contacts"

    /// By Salesforce's object: edits of each side, then new records of each side.
    private static let workloads: [(object: String, workloads: [CallMinimum.Workload])] = [
        (
            "Contact",
            [
                .updatesFromHubSpot, .updatesFromSalesforce, .createsFromHubSpot,
                .createsFromSalesforce,
            ]
        ),
        (
            "Account",
            [
                .companiesFromHubSpot, .companiesFromSalesforce, .newCompaniesFromHubSpot,
                .newCompaniesFromSalesforce,
            ]
        ),
        (
            "Opportunity",
            [
                .dealsFromHubSpot, .dealsFromSalesforce, .newDealsFromHubSpot,
                .newDealsFromSalesforce,
            ]
        ),
        (
            "Case",
            [
                .ticketsFromHubSpot, .ticketsFromSalesforce, .newTicketsFromHubSpot,
                .newTicketsFromSalesforce,
            ]
        ),
        (
            "Task",
            [
                .tasksFromHubSpot, .tasksFromSalesforce, .newTasksFromHubSpot,
                .newTasksFromSalesforce,
            ]
        ),
    ]

    private let records: Int

    package init(records: Int) {
        self.records = min(records, 5_000)
    }

    package func run(_ progress: @Sendable (String) -> Void) async throws -> [BenchmarkResult] {
        var results: [BenchmarkResult] = []
        for (object, workloads) in Self.workloads {
            progress("\(Self.name): \(object)")
            let folder = try BenchmarkFolder()
            defer { folder.remove() }
            let bench = try BenchmarkWorld(rule: .twoWay, path: folder.store, object: object)
            try await bench.fill(self.records)
            for workload in workloads {
                try await bench.rest()
                try bench.change(workload, self.records)
                bench.wait(seconds: 10)
                let meter = EngineMeter(bench)
                _ = try await bench.runner().sync()
                results.append(
                    BenchmarkResult(Self.name, workload.rawValue, meter.metrics(self.records))
                )
            }
        }
        return results
    }
}
