package import ArgumentParser
import Foundation
import SyncCore

/// `duet mapping export`.
package struct MappingExportCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the mapped fields as a table for colleagues: CSV, or a page.",
        discussion: "A file that is there already is replaced; - writes to the terminal or a pipe."
    )

    @Option(help: "Write comma-separated rows to this file.", completion: .file())
    package var csv: String?

    @Option(help: "Write one HTML page to this file.", completion: .file())
    package var html: String?

    @OptionGroup package var options: CommonOptions

    package init() {}

    package func validate() throws {
        guard self.csv != nil || self.html != nil else {
            throw ValidationError("Say where to write: --csv FILE, --html FILE, or both.")
        }
    }

    package func run() async throws {
        let runner = CommandRunner(options: self.options)
        do {
            let dictionary = MappingDictionary(try PairBuilder.load(self.options.config))
            if let csv { try Self.write(dictionary.csv, to: csv, runner) }
            if let html {
                let page = dictionary.html(title: "What is synced: \(self.options.config)")
                try Self.write(page, to: html, runner)
            }
        } catch {
            throw runner.failed(error)
        }
    }

    private static func write(
        _ text: String,
        to path: String,
        _ runner: CommandRunner
    ) throws(SyncError) {
        guard path != "-" else {
            return runner.terminal.print(String(text.drop { $0 == "\n" }.dropLast()))
        }
        do {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        } catch {
            throw SyncError(
                code: .usage,
                cause: "\(path) cannot be written.",
                nextStep: "Name a file in a folder that you may write to."
            )
        }
        runner.terminal.note("Wrote \(path).")
    }
}
