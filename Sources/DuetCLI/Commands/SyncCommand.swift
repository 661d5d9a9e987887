package import ArgumentParser
import SyncCore
import SyncRuntime

/// `duet sync`: one pass until nothing is left to do.
package struct SyncCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "sync",
        abstract: "Bring both sides in step once, until nothing is left to do.",
        discussion: """
            Handles what changed since the connection was started. Records that merely exist are \
            left alone until you ask for them: duet backfill contacts
            """
    )

    @OptionGroup package var options: CommonOptions

    package init() {}

    package func run() async throws {
        try await CommandRunner(options: self.options).withPair { open, runner in
            let isFirst = try await runner.start()
            let summary = try await runner.sync()
            var report = try await Reporting.report(
                title: isFirst ? "Connected." : "In step.",
                open: open,
                summary: summary
            )
            if isFirst {
                let name = open.pair.mappings.first?.name ?? "contacts"
                report.lines = [
                    "From now on changes are synced. Records that exist already were not touched:",
                    "  duet plan --backfill \(name)   shows what bringing them in would do",
                    "  duet backfill \(name)          does it",
                ]
            }
            return report
        }
    }
}
