package import ArgumentParser

/// `duet mapping`: looks at the mapped fields of the configuration and edits them.
package struct MappingCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "mapping",
        abstract: "Look at the mapped fields of the configuration, edit and check them.",
        discussion: """
            Only the lines of the row that is meant change: comments, order and blank lines stay. What a change does to \
            records is shown by `duet plan`.
            """,
        subcommands: [
            MappingListCommand.self, MappingAddCommand.self, MappingChangeCommand.self,
            MappingRemoveCommand.self, MappingDiffCommand.self, MappingExportCommand.self,
            MappingCheckCommand.self,
        ],
        defaultSubcommand: MappingListCommand.self
    )

    package init() {}
}
