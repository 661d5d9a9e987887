import Foundation
import WireJSON

/// Prints results as a table or as JSON, and holds them against committed thresholds.
package enum BenchmarkReport {
    package static func table(_ results: [BenchmarkResult]) -> String {
        let header = ["workload", "records", "HubSpot calls", "Salesforce calls", "records/s"]
        let rows = results.map { result in
            let speed =
                result.records > 0 && result.seconds > 0
                ? String(Int(Double(result.records) / result.seconds)) : "–"
            return [
                result.name, "\(result.records)", "\(result.hubspotCalls)",
                "\(result.salesforceCalls)", speed,
            ]
        }
        let all = [header] + rows
        let widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            row.enumerated().map { column, text in
                let padding = String(repeating: " ", count: widths[column] - text.count)
                return column == 0 ? text + padding : padding + text
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }

    package static func json(_ results: [BenchmarkResult]) -> String {
        var writer = JSONWriter()
        writer.object { root in
            root.member("formatVersion", "1.0")
            root.name("results")
            root.array { list in
                for result in results {
                    list.object { item in
                        item.member("name", result.name)
                        item.member("records", result.records)
                        item.name("calls")
                        item.object { calls in
                            calls.member("hubspot", result.hubspotCalls)
                            calls.member("salesforce", result.salesforceCalls)
                        }
                        item.name("seconds")
                        item.raw(String(result.seconds))
                    }
                }
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// What is over its threshold, or has none, as sentences; calls do not depend on the machine.
    package static func failures(_ results: [BenchmarkResult], thresholds: [UInt8]) -> [String] {
        guard let json = try? JSON(parsing: thresholds) else {
            return ["The thresholds are not JSON."]
        }
        return results.flatMap { result -> [String] in
            guard let limit = json[result.name] else { return ["\(result.name) has no threshold."] }
            var failures: [String] = []
            for (side, calls) in [
                ("hubspot", result.hubspotCalls), ("salesforce", result.salesforceCalls),
            ] {
                guard let max = limit[side]?.integer else {
                    failures.append("\(result.name) has no threshold for \(side).")
                    continue
                }
                if calls > Int(max) {
                    failures.append(
                        "\(result.name): \(calls) \(side) calls, at most \(max) allowed."
                    )
                }
            }
            return failures
        }
    }
}
