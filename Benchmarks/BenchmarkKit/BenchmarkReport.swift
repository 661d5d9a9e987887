import WireJSON

/// Prints results as tables or as JSON.
package enum BenchmarkReport {
    /// A table a benchmark.
    package static func table(_ results: [BenchmarkResult]) -> String {
        var order: [String] = []
        for result in results where !order.contains(result.benchmark) {
            order.append(result.benchmark)
        }
        return order.map { name in
            self.rows(name, results.filter { $0.benchmark == name })
        }.joined(separator: "\n\n")
    }

    private static func rows(_ benchmark: String, _ results: [BenchmarkResult]) -> String {
        let header = [benchmark] + (results.first?.metrics.map(\.name) ?? [])
        let all = [header] + results.map { [$0.name] + $0.metrics.map(\.text) }
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
            root.member("formatVersion", "2.0")
            root.name("results")
            root.array { list in
                for result in results {
                    list.object { item in
                        item.member("benchmark", result.benchmark)
                        item.member("name", result.name)
                        item.name("metrics")
                        item.object { metrics in
                            for metric in result.metrics {
                                metrics.name(metric.name)
                                metrics.raw(metric.text)
                            }
                        }
                    }
                }
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
