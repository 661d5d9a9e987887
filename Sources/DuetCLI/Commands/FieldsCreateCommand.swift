package import ArgumentParser
import CRMInterface
import Foundation
import SyncCore

/// `duet fields create`.
package struct FieldsCreateCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "create",
        abstract:
            "Make the properties and fields of the configuration that are missing, after asking.",
        discussion: """
            Their descriptions in the CRM say who made them and what for. HubSpot's app needs the scopes \
            crm.schemas.OBJECT.write, Salesforce's user the rights Customize Application and View Setup, for this command \
            alone; nobody sees a new field of Salesforce's before a permission set lists it (duet doctor --permission-set).

            Exit codes: 0 what was asked for is there; 1 some could not be made, or must be mended by hand; 78 the configuration cannot be read.
            """
    )

    @Argument(help: "Some fields only, such as contacts.sf_contact_key; all without.")
    package var only: [String] = []

    @Option(help: "Who makes them; whoever runs duet without.")
    package var by: String?

    @Option(help: "Why, for the descriptions in the CRM.")
    package var reason: String?

    @Flag(name: [.long, .short], help: "Do not ask.")
    package var yes = false

    @OptionGroup package var options: CommonOptions

    package init() {}

    package func run() async throws {
        let runner = CommandRunner(options: self.options)
        let desk = FieldsDesk(
            dialog: ConnectDialog(runner.terminal),
            terminal: runner.terminal,
            author: self.by ?? runner.environment["USER"] ?? NSUserName(),
            reason: self.reason,
            only: self.only,
            asks: !self.yes
        )
        do {
            let builder = PairBuilder(environment: runner.environment)
            let outcome = try await builder.makingFields(configPath: self.options.config) {
                try await desk.run($0)
            }
            runner.terminal.print(
                self.options.json
                    ? FieldsReport.json(outcome) : FieldsReport.text(outcome, runner.terminal)
            )
            let isDone =
                outcome.refused.isEmpty && (!self.only.isEmpty || outcome.after.left.isEmpty)
            if !isDone { throw ExitCode(1) }
        } catch let code as ExitCode {
            throw code
        } catch {
            throw runner.failed(error)
        }
    }
}
