package import ArgumentParser
import SyncCore
import WireJSON

/// `duet doctor`: what is in the way, looked up in both accounts.
package struct DoctorCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract:
            "Check versions, scopes, rights on objects and fields, and limits; write nothing.",
        discussion:
            "Each line names the scope, right, object or field, and where to switch it on. Exit code 1: records will fail."
    )

    @OptionGroup package var options: CommonOptions

    package init() {}

    package func run() async throws {
        let runner = CommandRunner(options: self.options)
        let found: [Diagnosis]
        do {
            found = try await PairBuilder(environment: runner.environment)
                .examine(configPath: self.options.config)
        } catch {
            throw runner.failed(error)
        }
        runner.terminal.print(
            self.options.json ? DoctorReport.json(found) : DoctorReport.text(found, runner.terminal)
        )
        if found.contains(where: \.isProblem) { throw ExitCode(1) }
    }
}
