package import ArgumentParser
import SyncCore
import SyncRuntime

/// `duet backfill`: the first load and match of what exists.
package struct BackfillCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "backfill",
        abstract: "Match and bring in the records that exist already; can be stopped and resumed."
    )

    @Argument(help: "The mapping's name, such as contacts.")
    package var mapping: String

    @OptionGroup package var options: CommonOptions

    package init() {}

    package func run() async throws {
        try await CommandRunner(options: self.options).withPair { open, runner in
            let summary = try await runner.backfillAndPush(self.mapping)
            return try await Reporting.report(
                title: "\(self.mapping): everything that exists is matched.",
                open: open,
                summary: summary
            )
        }
    }
}
