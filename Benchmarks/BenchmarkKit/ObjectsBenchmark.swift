import SyncCore
import SyncRuntime

/// How many records of each object a second the engine carries, beside contacts.
///
/// Five fields at most are mapped, of which one changes; the store is a file. Contacts and the object have several turns
/// each, one after the other, of which the fastest counts: whatever else a machine does only makes turns slower.
package struct ObjectsBenchmark: Benchmark {
    package static let name = "objects"
    package static let question = "records of each object a second, beside contacts"

    private let records: Int

    package init(records: Int) {
        self.records = min(records, 1_500)
    }

    package func run(_ progress: @Sendable (String) -> Void) async throws -> [BenchmarkResult] {
        var results: [BenchmarkResult] = []
        for subject in Workload.Subject.allCases where subject != .leads {
            progress("\(Self.name): \(subject.rawValue)")
            results += try await self.results(of: subject)
        }
        return results
    }

    private func results(of subject: Workload.Subject) async throws -> [BenchmarkResult] {
        let folders = [try BenchmarkFolder("contacts"), try BenchmarkFolder("subject")]
        defer { for folder in folders { folder.remove() } }
        let contacts = try BenchmarkWorld(rule: .twoWay, path: folders[0].store, subject: .contacts)
        let bench = try BenchmarkWorld(rule: .twoWay, path: folders[1].store, subject: subject)
        for world in [contacts, bench] { try await world.fill(self.records) }
        var results: [BenchmarkResult] = []
        for workload in Workload.all(of: subject) where workload.change != .alwaysFromSalesforce {
            var turns: (contacts: [[BenchmarkMetric]], subject: [[BenchmarkMetric]]) = ([], [])
            for _ in 0..<Self.turns {
                let beside = Workload(.contacts, workload.change)
                turns.contacts.append(try await self.metrics(beside, in: contacts))
                turns.subject.append(try await self.metrics(workload, in: bench))
            }
            var metrics = Self.fastest(turns.subject)
            if let theirs = Self.speed(Self.fastest(turns.contacts)), let mine = Self.speed(metrics)
            {
                metrics.append(.measured("% of contacts", (mine / theirs * 100).rounded()))
            }
            results.append(BenchmarkResult(Self.name, workload.name, metrics))
        }
        return results
    }

    private func metrics(
        _ workload: Workload,
        in bench: BenchmarkWorld
    ) async throws -> [BenchmarkMetric] {
        try await bench.rest()
        try bench.change(workload, self.records)
        bench.wait(seconds: 10)
        let meter = EngineMeter(bench)
        _ = try await bench.runner().sync()
        return meter.metrics(self.records)
    }

    private static let turns = 9

    private static func fastest(_ turns: [[BenchmarkMetric]]) -> [BenchmarkMetric] {
        turns.max { (Self.speed($0) ?? 0) < (Self.speed($1) ?? 0) } ?? []
    }

    /// Records a second.
    private static func speed(_ metrics: [BenchmarkMetric]) -> Double? {
        metrics.first { $0.name == "records/s" }?.value
    }
}
