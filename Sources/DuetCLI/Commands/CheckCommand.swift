package import ArgumentParser
import SyncCore
import SyncRuntime

/// Answers `duet check`: why a record is where it is, or is not.
package struct CheckCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say where one record is, what it is synced with, what waits and what is wrong.",
        discussion: "Takes an e-mail address, an id of either CRM or a URL copied from the browser."
    )

    @Argument(help: "jane@acme.com, 501, 0035g00000ABCdeAAH or a pasted URL.")
    package var record: String

    @OptionGroup package var options: CommonOptions

    package init() {}

    package func run() async throws {
        let runner = CommandRunner(options: self.options)
        guard let query = RecordQuery(self.record) else {
            throw runner.failed(
                SyncError(
                    code: .usage,
                    cause: "That is neither an e-mail address nor an id nor a record's URL.",
                    nextStep: "Copy the record's URL from the browser, or its id."
                )
            )
        }
        try await runner.withPair(mayBePaused: true) { open, _ in
            for text in open.advice { runner.terminal.note("duet: \(text)") }
            return try await RecordCheck(open: open).report(query)
        }
    }
}
