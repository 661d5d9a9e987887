import ArgumentParser
import BenchmarkKit
import Foundation

/// `duet-benchmarks`: what a sync costs, in calls and in time.
@main
struct DuetBenchmarks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "duet-benchmarks",
        abstract: "Measure what a sync costs: API calls, time, memory.",
        discussion: Benchmarks.all.map { "\($0.name): \($0.question)" }.joined(separator: "\n")
    )

    @Option(help: "Only benchmarks whose name contains this.")
    var filter = ""

    @Option(help: "How many records a workload has at most.")
    var records = 10_000

    @Option(help: "Fail where a count is over its threshold in this folder.")
    var check: String?

    @Option(help: "Write the counts of this run to this folder as the new thresholds.")
    var record: String?

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        guard (1...10_000_000).contains(self.records) else {
            throw ValidationError("--records takes 1 to 10000000.")
        }
        guard Benchmarks.all.contains(where: { self.isWanted($0) }) else {
            let names = Benchmarks.all.map { $0.name }.joined(separator: ", ")
            throw ValidationError("No benchmark is named like that. There are: \(names).")
        }
    }

    func run() async throws {
        var results: [BenchmarkResult] = []
        var failures: [String] = []
        for benchmark in Benchmarks.all where self.isWanted(benchmark) {
            var measured = try await benchmark.init(records: self.records).run { Self.say($0) }
            if let check {
                var over = self.failures(benchmark.name, measured, in: check)
                // Both sides' requests race on a busy machine: what the engine needs is the least of some runs.
                for _ in 1..<Self.attemptsMax where !over.isEmpty {
                    for failure in over { Self.say("\(failure) Measured again.") }
                    measured = try await benchmark.init(records: self.records).run { Self.say($0) }
                    over = self.failures(benchmark.name, measured, in: check)
                }
                failures += over
            }
            results += measured
            if let record { try self.write(benchmark.name, measured, to: record) }
        }
        print(self.json ? BenchmarkReport.json(results) : BenchmarkReport.table(results))
        guard self.check != nil else { return }
        for failure in failures { Self.say(failure) }
        Self.say(failures.isEmpty ? "within the thresholds" : "over the thresholds")
        if !failures.isEmpty { throw ExitCode(1) }
    }

    /// How often a benchmark that is over its thresholds is run before that counts.
    private static let attemptsMax = 3

    private func isWanted(_ benchmark: any Benchmark.Type) -> Bool {
        self.filter.isEmpty || benchmark.name.contains(self.filter)
    }

    private func failures(
        _ name: String,
        _ results: [BenchmarkResult],
        in folder: String
    ) -> [String] {
        guard results.contains(where: { $0.metrics.contains(where: \.isCount) }) else { return [] }
        let path = "\(folder)/\(name).json"
        guard let data = FileManager.default.contents(atPath: path) else {
            return ["there are no thresholds at \(path)"]
        }
        return Thresholds.failures(results, thresholds: Array(data))
    }

    private func write(_ name: String, _ results: [BenchmarkResult], to folder: String) throws {
        guard results.contains(where: { $0.metrics.contains(where: \.isCount) }) else { return }
        let file = URL(filePath: "\(folder)/\(name).json")
        try Data(Thresholds.file(results)).write(to: file)
    }

    private static func say(_ text: String) {
        FileHandle.standardError.write(Data("duet-benchmarks: \(text)\n".utf8))
    }
}
