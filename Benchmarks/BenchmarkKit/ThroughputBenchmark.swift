import Foundation
import MockHubSpot
import MockSalesforce
import SyncCore
import SyncRuntime

/// How many records a second the engine carries durably, from the bytes of one CRM's reply to the bytes
/// of the other one's request.
///
/// The store is a file, synced with each commit; twenty fields are mapped. The mocks answer in process
/// and their CPU time is told apart, so that `records/s` is what one core does for the engine alone.
package struct ThroughputBenchmark: Benchmark {
    package static let name = "throughput"
    package static let question = "records a second, durably, wire to wire, and the memory for it"

    private let records: Int

    package init(records: Int) {
        self.records = records
    }

    package func run(_ progress: @Sendable (String) -> Void) async throws -> [BenchmarkResult] {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "duet-benchmark-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "store.sqlite").path(percentEncoded: false)
        let bench = try BenchmarkWorld(rule: .twoWay, fields: 20, path: path)
        progress("\(Self.name): \(self.records) records")
        try bench.seed(self.records)
        bench.wait(seconds: 60)
        var results: [BenchmarkResult] = []
        results.append(
            try await self.measured("backfill", bench) {
                _ = try await bench.runner().backfillAndPush("contacts")
            }
        )
        for workload in [
            CallMinimum.Workload.updatesFromHubSpot, .updatesFromSalesforce, .createsFromHubSpot,
            .createsFromSalesforce,
        ] {
            try await bench.rest()
            progress("\(Self.name): \(workload.rawValue)")
            try bench.change(workload, self.records)
            bench.wait(seconds: 10)
            results.append(
                try await self.measured(workload.rawValue, bench) {
                    _ = try await bench.runner().sync()
                }
            )
            bench.wait(seconds: 10)
            results.append(
                try await self.measured("\(workload.rawValue), seen again", bench) {
                    _ = try await bench.runner().sync()
                }
            )
        }
        return results
    }

    private func measured(
        _ name: String,
        _ bench: BenchmarkWorld,
        _ work: () async throws -> Void
    ) async throws -> BenchmarkResult {
        let (wall, cpu, mock) = (ContinuousClock.now, CPUClock.process, bench.mockTime)
        let bytes = bench.bytes
        try await work()
        let elapsed = ContinuousClock.now - wall
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
        let mine = Double(CPUClock.process - cpu - (bench.mockTime - mock)) / 1e9
        let count = Double(self.records)
        return BenchmarkResult(
            Self.name,
            name,
            [
                .measured("records/s", (count / mine).rounded()),
                .measured("µs a record", mine * 1e6 / count),
                .measured("with mocks/s", (count / seconds).rounded()),
                .measured(
                    "KiB a record",
                    Double(bench.bytes.received - bytes.received + bench.bytes.sent - bytes.sent)
                        / 1_024 / count
                ),
                .measured("peak MiB", Double(CPUClock.peakMemory) / 1_024),
            ]
        )
    }
}
