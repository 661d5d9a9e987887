package import ArgumentParser
import SyncCore

/// `duet mapping diff`.
package struct MappingDiffCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Compare what two configurations map.",
        discussion: "Exit codes: 0 they map the same; 2 they do not."
    )

    @Argument(help: "The first configuration.", completion: .file(extensions: ["yaml"]))
    package var first: String

    @Argument(help: "The second one.", completion: .file(extensions: ["yaml"]))
    package var second: String

    @OptionGroup package var options: CommonOptions

    package init() {}

    package func run() async throws {
        let runner = CommandRunner(options: self.options)
        let diff: MappingDiff
        do {
            diff = MappingDiff(
                try PairBuilder.load(self.first),
                try PairBuilder.load(self.second)
            )
        } catch {
            throw runner.failed(error)
        }
        let text = diff.lines.isEmpty ? "They map the same." : diff.lines.joined(separator: "\n")
        runner.terminal.print(self.options.json ? diff.json : text)
        if !diff.lines.isEmpty { throw ExitCode(2) }
    }
}
