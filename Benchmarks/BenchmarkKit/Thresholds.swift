import WireJSON

/// The committed bounds of what does not depend on the machine.
package enum Thresholds {
    /// What is over its threshold, or has none, as sentences.
    ///
    /// - Parameters:
    ///   - results: of one benchmark.
    ///   - thresholds: a JSON object by result, with an object by metric.
    /// - Returns: a sentence each; none where all hold.
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

    /// The file that holds these results as they are now, with the slack that each metric names.
    package static func file(_ results: [BenchmarkResult]) -> [UInt8] {
        let lines = results.map { result -> String in
            let metrics = result.metrics.compactMap { metric -> String? in
                guard let slack = metric.slack else { return nil }
                // A tenth more than 100 is 110 and a little in binary.
                let most = (metric.value * (1 + slack) - 1e-6).rounded(.up)
                return "\"\(metric.name)\": \(Int(most))"
            }
            return "  \"\(result.name)\": {\(metrics.joined(separator: ", "))}"
        }
        return Array("{\n\(lines.joined(separator: ",\n"))\n}\n".utf8)
    }
}
