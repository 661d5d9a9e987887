import Foundation
import SimulationKit
import WireJSON

/// How a run is printed.
extension SimulationReport {
    var seedLine: String {
        #if DEBUG
        let configuration = "debug"
        #else
        let configuration = "release"
        #endif
        return "seed \(self.seed), profile \(self.profile.name.rawValue), \(configuration)"
    }

    private var hash: String { String(self.traceHash, radix: 16) }

    /// How much faster than the clock on the wall.
    private func ratio(_ seconds: Double) -> Int {
        Int(Double(self.virtualTime) / 1_000 / max(seconds, 0.001))
    }

    func text(seconds: Double) -> String {
        let days = String(format: "%.2f", Double(self.virtualTime) / 86_400_000)
        let weather = self.profile.weather
        var lines = [
            "\(self.seedLine), trace \(self.hash)",
            "  drawn      latency to \(weather.latencyMax) ms, lost requests "
                + "\(weather.lostRequestsPercent) %, lost replies \(weather.lostRepliesPercent) %, "
                + "kills \(self.profile.kills), server faults "
                + (self.profile.hasServerFaults ? "on" : "off"),
            "  ran        \(days) virtual days, \(self.jobs) jobs, \(self.ratio(seconds)) × real time",
            "  records    \(self.records) on both sides",
            "  API calls  HubSpot \(self.hubspotCalls), Salesforce \(self.salesforceCalls), "
                + "of these without a reply \(self.unknownCalls)",
            "  engine     killed \(self.kills) times, \(self.conflicts) conflicts, "
                + "\(self.raced) edits raced, \(self.findings) issues open",
        ]
        if self.violations.isEmpty {
            lines.append("  checks     every promise held")
        } else {
            lines += self.violations.prefix(10).map { "  BROKEN     \($0)" }
            if self.violations.count > 10 {
                lines.append("  and \(self.violations.count - 10) more")
            }
            lines += self.story.map { "             \($0)" }
        }
        return lines.joined(separator: "\n")
    }

    func json(seconds: Double) -> String {
        var writer = JSONWriter()
        writer.object { root in
            root.name("seed")
            root.integer(self.seed)
            root.member("profile", self.profile.name.rawValue)
            root.member("traceHash", self.hash)
            root.name("violations")
            root.array { list in
                for violation in self.violations {
                    list.object { item in
                        item.member("invariant", violation.invariant)
                        item.member("story", violation.story)
                    }
                }
            }
            let numbers: [(String, Int)] = [
                ("records", self.records), ("jobs", self.jobs),
                ("virtualMilliseconds", Int(self.virtualTime)),
                ("virtualToReal", self.ratio(seconds)), ("hubspotCalls", self.hubspotCalls),
                ("salesforceCalls", self.salesforceCalls), ("unknownCalls", self.unknownCalls),
                ("kills", self.kills), ("conflicts", self.conflicts), ("raced", self.raced),
                ("findings", self.findings),
            ]
            for (name, number) in numbers {
                root.name(name)
                root.integer(number)
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
