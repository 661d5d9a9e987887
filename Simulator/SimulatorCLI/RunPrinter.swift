import ArgumentParser
import Foundation
import SimulationKit
import WireJSON

/// Runs one simulation and prints what came of it: as `run` and `replay` do.
struct RunPrinter {
    var trace: Bool
    var html: String?
    var json: Bool

    /// `keep`: writes the tape where it is wanted; answers the broken run with its path.
    ///
    /// - Throws: exit code 1 where a promise was broken.
    func run(
        _ simulation: Simulation,
        keep: (Tape, BrokenRun?) throws -> BrokenRun?
    ) throws {
        var simulation = simulation
        simulation.traces = self.trace
        simulation.isRecorded = self.html != nil
        let start = ProcessInfo.processInfo.systemUptime
        let (report, found) = try simulation.outcome()
        let seconds = ProcessInfo.processInfo.systemUptime - start
        let broken: BrokenRun?
        if let tape = report?.tape ?? found?.tape {
            broken = try keep(tape, found)
        } else {
            broken = found
        }
        if let html = self.html { try self.writePage(report, to: html) }
        if self.json {
            print(self.json(report, broken, seconds))
        } else {
            for line in report?.lines ?? [] { print(line) }
            if let report { print(report.text(seconds: seconds)) }
            if let broken { print(broken.text) }
            if let html = self.html, report != nil { print("page    \(html)") }
        }
        if broken != nil { throw ExitCode(1) }
    }

    private func json(
        _ report: SimulationReport?,
        _ broken: BrokenRun?,
        _ seconds: Double
    ) -> String {
        JSONWriter.line { root in
            if let report {
                report.write(to: &root, seconds: seconds)
            } else if let broken {
                broken.tape.writeSeed(to: &root)
                root.name("traceHash")
                root.null()
                broken.violations.write(to: &root)
            }
            if let broken {
                root.name("broken")
                broken.write(to: &root)
            }
            if self.trace {
                root.name("trace")
                root.array { list in
                    for line in report?.lines ?? [] { list.string(line) }
                }
            }
        }
    }

    private func writePage(_ report: SimulationReport?, to path: String) throws {
        guard let report, let page = ReplayPage(report) else {
            return Console.message("a run that does not end has no page.")
        }
        do {
            try Data(page.bytes).write(to: URL(fileURLWithPath: path))
        } catch {
            throw ValidationError("\(path) cannot be written: \(error.localizedDescription)")
        }
    }
}
