/// All benchmarks, in the order in which they run.
package enum Benchmarks {
    package static let all: [any Benchmark.Type] = [CallsBenchmark.self, ThroughputBenchmark.self]
}
