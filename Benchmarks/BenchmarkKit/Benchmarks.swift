/// All benchmarks, in the order in which they run.
package enum Benchmarks {
    package static let all: [any Benchmark.Type] = [
        CallsBenchmark.self, StoreBenchmark.self, EditsBenchmark.self, LatencyBenchmark.self,
        CrashBenchmark.self, BudgetBenchmark.self, PiecesBenchmark.self, ThroughputBenchmark.self,
        ObjectsBenchmark.self,
        RandomBenchmark.self, ProcessesBenchmark.self, SimulatorBenchmark.self,
    ]
}
