/// One number of a result.
package struct BenchmarkMetric: Sendable {
    package var name: String
    package var value: Double
    /// How much more than now a threshold allows; `nil` for what the machine decides, which none can hold.
    package var slack: Double?

    /// A number that is the same on every machine.
    ///
    /// - Parameters:
    ///   - name: a few words.
    ///   - value: what was counted.
    ///   - slack: the share by which it may grow before somebody must look: 0 for what users pay for.
    /// - Returns: a metric that a threshold holds.
    package static func count(
        _ name: String,
        _ value: Int,
        slack: Double = 0
    ) -> BenchmarkMetric {
        BenchmarkMetric(name: name, value: Double(value), slack: slack)
    }

    package static func measured(_ name: String, _ value: Double) -> BenchmarkMetric {
        BenchmarkMetric(name: name, value: value, slack: nil)
    }

    package var isCount: Bool { self.slack != nil }

    /// Whole numbers as such, others with as many digits as say something.
    package var text: String {
        if self.value == self.value.rounded() { return String(Int(self.value)) }
        let places = abs(self.value) < 10 ? 100.0 : 10.0
        return String((self.value * places).rounded() / places)
    }
}
