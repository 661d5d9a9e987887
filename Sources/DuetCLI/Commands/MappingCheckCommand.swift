package import ArgumentParser
import HTTPTransport
import SyncCore
import SyncStore

/// `duet mapping check`.
package struct MappingCheckCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Hold the mapped fields against what both accounts have; write nothing.",
        discussion: """
            Each problem stands with its line and column, and what is valid but may surprise with a code. It asks both \
            accounts for their fields.

            Exit codes: 0 everything fits; 78 something does not.
            """
    )

    @OptionGroup package var options: CommonOptions

    package init() {}

    package func run() async throws {
        let runner = CommandRunner(options: self.options)
        let verdict: MappingVerdict
        do {
            verdict = try await self.verdict(runner)
        } catch {
            throw runner.failed(error)
        }
        runner.terminal.print(self.options.json ? verdict.json : verdict.text)
        if !verdict.problems.isEmpty { throw ExitCode(78) }
    }

    private func verdict(_ runner: CommandRunner) async throws -> MappingVerdict {
        let configuration = try PairBuilder.load(self.options.config)
        var builder = PairBuilder(environment: runner.environment)
        builder.isPreview = true
        do {
            let open = try await builder.open(configPath: self.options.config)
            defer {
                open.transport.shutDown()
                open.store.close()
            }
            return MappingVerdict(configuration, notices: open.notices)
        } catch let found as ConfigurationProblems {
            return MappingVerdict(configuration, problems: found.problems)
        }
    }
}
