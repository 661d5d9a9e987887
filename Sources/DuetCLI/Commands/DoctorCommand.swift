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

            --permission-set writes the rights that Salesforce's integration user needs, and no more, to
            \(PermissionSet.fileName) in this folder; only Salesforce is asked.

            Exit codes: 0 nothing is in the way; 1 something is; 78 the configuration cannot be read.
            """
    )

    @OptionGroup package var options: CommonOptions

    @Flag(help: "Write Salesforce's permission set for this configuration instead.")
    package var permissionSet = false

    package init() {}

    package func run() async throws {
        let runner = CommandRunner(options: self.options)
        guard !self.permissionSet else { return try await self.writePermissionSet(runner) }
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

    private func writePermissionSet(_ runner: CommandRunner) async throws {
        let set: PermissionSet
        do {
            let builder = PairBuilder(environment: runner.environment)
            guard let found = try await builder.permissionSet(configPath: self.options.config)
            else {
                throw SyncError(
                    code: .configuration,
                    cause: "Salesforce is not connected.",
                    nextStep: "Run `duet connect salesforce` first."
                )
            }
            set = found
            try PrivateFile.write(set.source, to: PermissionSet.fileName)
        } catch {
            throw runner.failed(error)
        }
        runner.terminal.print(
            self.options.json ? PermissionSetReport.json(set) : PermissionSetReport.text(set)
        )
    }
}
