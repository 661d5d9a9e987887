import BenchmarkKit
import Foundation

/// `duet-benchmarks [--json] [--filter NAME] [--count N] [--check THRESHOLDS]`.
@main
struct DuetBenchmarks {
    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        func value(_ name: String) -> String? {
            arguments.firstIndex(of: name).flatMap {
                arguments.indices.contains($0 + 1) ? arguments[$0 + 1] : nil
            }
        }
        if arguments.contains("--help") {
            Self.say("duet-benchmarks [--json] [--filter NAME] [--count N] [--check FILE]", to: 1)
            Self.say("Workloads: " + Benchmarks.names.joined(separator: ", "), to: 1)
            exit(0)
        }
        let filter = value("--filter") ?? ""
        let benchmarks = Benchmarks(count: value("--count").flatMap { Int($0) } ?? 10_000)
        var results: [BenchmarkResult] = []
        for name in Benchmarks.names where filter.isEmpty || name.contains(filter) {
            do {
                Self.say("benchmark: \(name)", to: 2)
                results.append(try await benchmarks.run(name))
            } catch {
                Self.say("benchmark: \(name) failed: \(error)", to: 2)
                exit(1)
            }
        }
        let isJSON = arguments.contains("--json")
        Self.say(isJSON ? BenchmarkReport.json(results) : BenchmarkReport.table(results), to: 1)
        guard let path = value("--check") else { exit(0) }
        guard let data = FileManager.default.contents(atPath: path) else {
            Self.say("benchmark: there are no thresholds at \(path).", to: 2)
            exit(1)
        }
        let failures = BenchmarkReport.failures(results, thresholds: Array(data))
        for failure in failures { Self.say("benchmark: \(failure)", to: 2) }
        Self.say(failures.isEmpty ? "benchmark: within the thresholds" : "benchmark: failed", to: 2)
        exit(failures.isEmpty ? 0 : 1)
    }

    private static func say(_ text: String, to stream: Int32) {
        let handle = stream == 1 ? FileHandle.standardOutput : FileHandle.standardError
        handle.write(Data((text + "\n").utf8))
    }
}
