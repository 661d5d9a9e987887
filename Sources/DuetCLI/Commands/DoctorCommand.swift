package import ArgumentParser
import SyncCore
import WireJSON

/// `duet doctor`: what is in the way, looked up in both accounts.
package struct DoctorCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract:
            "Look up in both accounts what is in the way: rights, fields, limits; write nothing.",
        discussion:
            """
            Each line names the scope, right, object or field, and where to switch it on.

            Exit codes: 0 nothing is in the way; 1 something is; 78 the configuration cannot be read.
            """
    )

    @OptionGroup package var options: CommonOptions

    package init() {}

    package func run() async throws {
        let runner = CommandRunner(options: self.options)
        let checks: [Check]
        do {
            checks = try await PairBuilder(environment: runner.environment)
                .examine(configPath: self.options.config)
        } catch {
            throw runner.failed(error)
        }
        runner.terminal.print(
            self.options.json
                ? DoctorReport.json(checks) : DoctorReport.text(checks, runner.terminal)
        )
        if checks.contains(where: { $0.found.contains(where: \.isProblem) }) { throw ExitCode(1) }
    }
}
