import WireJSON

/// The committed bounds of what does not depend on the machine.
package enum Thresholds {
    /// What is over its threshold, or has none, as sentences.
    ///
    /// - Parameter thresholds: a JSON object by result, with an object by metric.
    package static func failures(
        _ results: [BenchmarkResult],
        thresholds: [UInt8]
    ) -> [String] {
        guard let json = try? JSON(parsing: thresholds) else {
            return ["The thresholds are not JSON."]
        }
        return results.flatMap { result -> [String] in
            result.metrics.filter(\.isCount).compactMap { metric in
                let name = "\(result.benchmark), \(result.name): \(metric.name)"
                guard let max = json[result.name]?[metric.name]?.integer else {
                    return "\(name) has no threshold."
                }
                return metric.value > Double(max)
                    ? "\(name) is \(metric.text), at most \(max) allowed." : nil
            }
        }
    }
}
