/// One measured workload.
package struct BenchmarkResult: Sendable {
    /// The benchmark it belongs to, such as `calls`.
    package var benchmark: String
    package var name: String
    package var metrics: [BenchmarkMetric]

    package init(_ benchmark: String, _ name: String, _ metrics: [BenchmarkMetric]) {
        self.benchmark = benchmark
        self.name = name
        self.metrics = metrics
    }

    package subscript(metric: String) -> Double? {
        self.metrics.first { $0.name == metric }?.value
    }
}
