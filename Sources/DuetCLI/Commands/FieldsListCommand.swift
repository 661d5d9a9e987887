package import ArgumentParser
import SyncCore

/// `duet fields list`.
package struct FieldsListCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "list",
        abstract:
            "Show which properties and fields of the configuration are missing; write nothing."
    )

    @OptionGroup package var options: CommonOptions

    package init() {}

    package func run() async throws {
        let runner = CommandRunner(options: self.options)
        do {
            let builder = PairBuilder(environment: runner.environment)
            let survey = try await builder.makingFields(configPath: self.options.config) {
                try await $0.survey()
            }
            runner.terminal.print(
                self.options.json
                    ? FieldsReport.json(survey) : FieldsReport.text(survey, runner.terminal)
            )
        } catch {
            throw runner.failed(error)
        }
    }
}
