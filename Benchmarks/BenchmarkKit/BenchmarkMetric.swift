/// One number of a result.
package struct BenchmarkMetric: Sendable {
    package var name: String
    package var value: Double
    /// Whether the number is the same on every machine, so that a threshold can hold it.
    package var isCount: Bool

    package static func count(_ name: String, _ value: Int) -> BenchmarkMetric {
        BenchmarkMetric(name: name, value: Double(value), isCount: true)
    }

    package static func measured(_ name: String, _ value: Double) -> BenchmarkMetric {
        BenchmarkMetric(name: name, value: value, isCount: false)
    }

    /// Whole numbers as such, others with as many digits as say something.
    package var text: String {
        if self.value == self.value.rounded() { return String(Int(self.value)) }
        let places = abs(self.value) < 10 ? 100.0 : 10.0
        return String((self.value * places).rounded() / places)
    }
}
