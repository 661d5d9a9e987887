package import ArgumentParser

/// `duet fields`: what the accounts lack of the fields that the configuration names.
package struct FieldsCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "fields",
        abstract:
            "Show which properties and fields are missing in the accounts, and make them on request.",
        subcommands: [FieldsListCommand.self, FieldsCreateCommand.self],
        defaultSubcommand: FieldsListCommand.self
    )

    package init() {}
}
