package import ArgumentParser
package import SyncCore

/// `duet mapping add`.
package struct MappingAddCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Map a property with a field."
    )

    @Argument(help: "The mapping, such as contacts.")
    package var mapping: String

    @Argument(
        help: ArgumentHelp("Their names in the API.", valueName: "property=Field")
    )
    package var row: String

    @Option(help: "Who may write, and who wins.")
    package var rule = SyncRule.preferSalesforce

    @Flag(help: "Show what would change, and change nothing.")
    package var dryRun = false

    @OptionGroup package var options: CommonOptions

    package init() {}

    package func run() async throws {
        try MappingRunner(CommandRunner(options: self.options), isDry: self.dryRun).edit {
            let names = self.row.split(separator: "=", omittingEmptySubsequences: false)
                .map(String.init)
            guard names.count == 2 else {
                throw SyncError(
                    code: .usage,
                    cause: "\(self.row) is no property with a field.",
                    nextStep: "Write both with = between them, as in jobtitle=Title."
                )
            }
            try $0.add(names[0], names[1], rule: self.rule, to: self.mapping)
        }
    }
}
