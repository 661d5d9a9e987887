package import SimulationKit
import SyncCore
package import WireJSON

/// A run that broke a promise, as it is reported: what it takes to see it again comes first.
package struct BrokenRun: Sendable {
    package var tape: Tape
    /// Equal for equal runs; `nil` for one that did not come to its end.
    package var traceHash: UInt64?
    package var violations: [Violation]
    package var story: [String]
    /// Where its tape is, once it is somewhere.
    package var path: String?

    /// `nil` where every promise held.
    package init?(_ report: SimulationReport) {
        guard !report.violations.isEmpty else { return nil }
        self.tape = report.tape
        self.traceHash = report.traceHash
        self.violations = report.violations
        self.story = report.story
    }

    package init(_ hung: HungSimulation) {
        self.tape = hung.tape
        self.violations = [hung.violation]
        self.story = []
    }

    package var invariant: String { self.violations.first?.invariant ?? "" }

    package var seedLine: String { self.tape.seedLine }

    /// What plays it again.
    package var command: String {
        if let path = self.path { return "duet-simulator replay \(path)" }
        guard self.tape.deathPoint == 0 else { return "" }
        return "duet-simulator run --seed \(self.tape.seed) "
            + "--profile \(self.tape.profile.name.rawValue) --records \(self.tape.records)"
            + (self.tape.sabotage.map { " --mutant \($0.rawValue)" } ?? "")
    }

    package var text: String {
        var lines = ["BROKEN  \(self.violations.first.map { "\($0)" } ?? "")"].map {
            RunClock.readable($0)
        }
        lines += self.violations.dropFirst().prefix(3).map {
            "        \(RunClock.readable("\($0)"))"
        }
        if self.violations.count > 4 {
            lines.append("        and \(self.violations.count - 4) more")
        }
        let order = HashOrder.seed.map { ", DUET_HASH_SEED=\($0)" } ?? ""
        lines.append("seed    \(self.seedLine)\(order)")
        for (number, line) in self.story.prefix(Evidence.storyMax).enumerated() {
            lines.append((number == 0 ? "story   " : "        ") + line)
        }
        if let path = self.path { lines.append("tape    \(path)") }
        if !self.command.isEmpty { lines.append("again   \(self.command)") }
        return lines.joined(separator: "\n")
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { item in
            self.tape.writeSeed(to: &item)
            if let seed = HashOrder.seed { item.member("hashSeed", seed) }
            if let hash = self.traceHash { item.member("traceHash", String(hash, radix: 16)) }
            item.member("invariant", self.invariant)
            self.violations.write(to: &item)
            item.name("story")
            item.array { list in
                for line in self.story { list.string(line) }
            }
            if let path = self.path { item.member("tape", path) }
            item.member("again", self.command)
        }
    }
}
