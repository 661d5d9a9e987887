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
            left alone until you ask for them: duet sync jane@acme.com, duet backfill contacts
            """
    )

    @Argument(help: "Records that are looked at although they did not change, as for duet check.")
    package var records: [String] = []

    @OptionGroup package var options: CommonOptions

    package init() {}

    package func run() async throws {
        try await CommandRunner(options: self.options).withPair { open, runner in
            let isFirst = try await runner.start()
            for record in self.records { try await Self.ask(for: record, open) }
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

    private static func ask(for record: String, _ open: OpenPair) async throws(SyncError) {
        guard let query = RecordQuery(record) else {
            throw SyncError(
                code: .usage,
                cause: "\(record) is neither an e-mail address nor an id nor a record's URL.",
                nextStep: "Copy the record's URL from the browser, or its id."
            )
        }
        guard try await RecordCheck(open: open).ask(for: query) else {
            throw SyncError(
                code: .usage,
                cause: "There is no record \(record) that a mapping of the configuration syncs.",
                nextStep: "Look it up with `duet check \(record)`."
            )
        }
    }
}
