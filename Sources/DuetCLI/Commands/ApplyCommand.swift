package import ArgumentParser
import SyncCore
import SyncRuntime

/// `duet apply`: writes a plan that was read, and nothing else.
package struct ApplyCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Write what `duet plan --out` put into a file, and nothing else.",
        discussion: """
            Both CRMs are read again. A record of which something has changed since is left as it is and counted; the \
            next plan shows it. What --limit or --sample left out stays for --continue.

            Exit codes: 0 all of it is written; 3 records have moved on, or are left for --continue.
            """
    )

    @Argument(help: "The plan's file.", completion: .file())
    package var file: String

    @Option(help: "Write so many records at most, with where to look at them.")
    package var limit: Int?

    @Option(help: "Write so many records out of all of them, with where to look at them.")
    package var sample: Int?

    @Flag(name: .customLong("continue"), help: "Write the rest of a plan that was begun.")
    package var continues = false

    @OptionGroup package var options: CommonOptions

    package init() {}

    package func validate() throws {
        let parts = [self.limit != nil, self.sample != nil, self.continues].count { $0 }
        guard parts <= 1 else {
            throw ValidationError("Take one of --limit, --sample and --continue.")
        }
        guard (self.limit ?? self.sample ?? 1) > 0 else {
            throw ValidationError("--limit and --sample take 1 or more.")
        }
    }

    package func run() async throws {
        let command = CommandRunner(options: self.options)
        let plan: PlanFile
        do {
            plan = try PlanFile.read(self.file)
        } catch {
            throw command.failed(error)
        }
        try await command.withPair { open, runner in
            try PlanCheck(open).run(plan.header)
            let part =
                self.limit.map { WritePermit.Part.first($0) }
                ?? self.sample.map { .spread($0) } ?? .all
            let permit = WritePermit(
                Set(plan.writes),
                mappings: open.pair.mappings,
                part: part
            )
            let summary = try await runner.apply(
                permit,
                plan: plan.header.plan,
                backfill: plan.header.backfill
            )
            var report = try await Reporting.report(
                title: "Applied \(self.file).",
                open: open,
                summary: summary
            )
            let outcome = ApplyOutcome(permit, of: plan, file: self.file)
            report.lines = try await outcome.lines(open)
            report.waiting = []
            report.exitCode = outcome.isWhole ? 0 : 3
            return report
        }
    }
}
