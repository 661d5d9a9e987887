package import ArgumentParser
package import SyncCore

/// `duet mapping change`.
package struct MappingChangeCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "change",
        abstract: "Give a mapped property another rule."
    )

    @Argument(help: "The mapping, such as contacts.")
    package var mapping: String

    @Argument(help: "HubSpot's property.")
    package var property: String

    @Option(help: "Who may write, and who wins.")
    package var rule: SyncRule

    @Flag(help: "Show what would change, and change nothing.")
    package var dryRun = false

    @OptionGroup package var options: CommonOptions

    package init() {}

    package func run() async throws {
        try MappingRunner(CommandRunner(options: self.options), isDry: self.dryRun).edit {
            try $0.change(self.property, rule: self.rule, in: self.mapping)
        }
    }
}
