package import ArgumentParser
import SyncCore
import SyncRuntime

/// `duet plan`: what would be written, and what it would cost.
package struct PlanCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Show what would be written and what it would cost; write nothing.",
        discussion: "It runs the same decisions as `sync` and `backfill`, on a copy of the store."
    )

    @Option(name: .long, help: "Preview the backfill of this mapping too, such as contacts.")
    package var backfill: String?

    @Flag(name: .long, help: "Exit with 2 if there is anything to write.")
    package var detailedExitcode = false

    @Option(
        help: ArgumentHelp("Keep the plan in this file, for `duet apply`.", valueName: "file"),
        completion: .file()
    )
    package var out: String?

    @OptionGroup package var options: CommonOptions

    package init() {}

    package func run() async throws {
        let command = CommandRunner(options: self.options)
        try await command.withPair(isPreview: true) { open, runner in
            for text in open.advice { command.terminal.note("duet: \(text)") }
            try await runner.start()
            if let backfill = self.backfill { try await runner.backfill(backfill) }
            let summary = try await runner.preview()
            var report = try await Reporting.report(
                title: "Plan",
                open: open,
                summary: summary,
                listsAll: true
            )
            let plan = try await Reporting.plan(
                open: open,
                asks: report.findingsTotal,
                reads: report.calls
            )
            report.plan = plan
            report.waiting = []
            if let out = self.out {
                let writer = PlanWriter(open, backfill: self.backfill)
                let person = command.environment["SUDO_USER"] ?? command.environment["USER"] ?? ""
                let writes = try await writer.write(plan, to: out, by: person)
                report.lines = [
                    "\(writes) writes are in \(out). Write them with: duet apply \(out)"
                ]
            }
            report.exitCode = self.detailedExitcode && plan.hasChanges ? 2 : 0
            return report
        }
    }
}
