import HTTPTransport
import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime

/// The workloads of this slice: calls per changed record, and records per second end to end.
package struct Benchmarks: Sendable {
    private let count: Int

    /// - Parameter count: how many records each workload changes.
    package init(count: Int) {
        self.count = count
    }

    package static let names = [
        "idle", "updates-from-hubspot", "updates-from-salesforce-always",
        "updates-from-salesforce-two-way", "creates-from-hubspot", "creates-from-salesforce",
    ]

    package func run(_ name: String) async throws -> BenchmarkResult {
        let rule: SyncRule = name == "updates-from-salesforce-always" ? .alwaysSalesforce : .twoWay
        let bench = try BenchmarkWorld(rule: rule)
        try await self.prepare(bench, isEmpty: name.hasPrefix("creates"))
        switch name {
        case "idle": break
        case "updates-from-hubspot": try self.editHubSpot(bench)
        case "updates-from-salesforce-always", "updates-from-salesforce-two-way":
            try self.editSalesforce(bench)
        case "creates-from-hubspot": try self.createHubSpot(bench)
        default: try self.createSalesforce(bench)
        }
        // The search lag passes, then one sync is measured.
        bench.wait(seconds: 10)
        let runner = try await bench.runner()
        let before = bench.billed()
        let clock = LiveTime()
        let start = clock.monotonicMilliseconds
        _ = try await runner.sync()
        let seconds = Double(clock.monotonicMilliseconds - start) / 1_000
        let after = bench.billed()
        return BenchmarkResult(
            name: name,
            records: name == "idle" ? 0 : self.count,
            hubspotCalls: after.hubspot - before.hubspot,
            salesforceCalls: after.salesforce - before.salesforce,
            seconds: seconds
        )
    }

    /// Both sides agree; the clocks have passed every confirm interval, one sync has run, and they
    /// have passed them again.
    private func prepare(_ bench: BenchmarkWorld, isEmpty: Bool) async throws {
        if !isEmpty {
            try bench.world.with { state, now in
                for number in 0..<self.count {
                    try state.hubspot.seed(
                        fields: [("email", "p\(number)@example.com"), ("lastname", "N\(number)")],
                        at: now - 86_400_000
                    )
                    try state.salesforce.seed(
                        object: "Contact",
                        fields: [
                            .init("Email", .text("p\(number)@example.com")),
                            .init("LastName", .text("N\(number)")),
                        ],
                        at: now - 86_400_000
                    )
                }
            }
            bench.wait(seconds: 60)
            _ = try await bench.runner().backfillAndPush("contacts")
        }
        for _ in 0..<2 {
            bench.wait(seconds: 1_200)
            _ = try await bench.runner().sync()
        }
        bench.wait(seconds: 1_200)
    }

    private func editHubSpot(_ bench: BenchmarkWorld) throws {
        try bench.world.with { state, now in
            for record in state.hubspot.export(object: "contacts") {
                try state.hubspot.edit(record.id, fields: [("jobtitle", "T\(record.id)")], at: now)
            }
        }
    }

    private func editSalesforce(_ bench: BenchmarkWorld) throws {
        try bench.world.with { state, now in
            for record in state.salesforce.export(object: "Contact") {
                try state.salesforce.edit(
                    record.id,
                    fields: [.init("Title", .text("T\(record.id)"))],
                    at: now
                )
            }
        }
    }

    private func createHubSpot(_ bench: BenchmarkWorld) throws {
        try bench.world.with { state, now in
            for number in 0..<self.count {
                try state.hubspot.create(
                    fields: [("email", "p\(number)@example.com"), ("lastname", "N\(number)")],
                    at: now
                )
            }
        }
    }

    private func createSalesforce(_ bench: BenchmarkWorld) throws {
        try bench.world.with { state, now in
            for number in 0..<self.count {
                try state.salesforce.create(
                    object: "Contact",
                    fields: [
                        .init("Email", .text("p\(number)@example.com")),
                        .init("LastName", .text("N\(number)")),
                    ],
                    at: now
                )
            }
        }
    }
}
