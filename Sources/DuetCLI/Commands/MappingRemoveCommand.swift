package import ArgumentParser
import SyncCore

/// `duet mapping remove`.
package struct MappingRemoveCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Take a mapped property out; its values stay where they are."
    )

    @Argument(help: "The mapping, such as contacts.")
    package var mapping: String

    @Argument(help: "HubSpot's property.")
    package var property: String

    @Flag(help: "Show what would change, and change nothing.")
    package var dryRun = false

    @OptionGroup package var options: CommonOptions

    package init() {}

    package func run() async throws {
        try MappingRunner(CommandRunner(options: self.options), isDry: self.dryRun).edit {
            try $0.remove(self.property, from: self.mapping)
        }
    }
}
