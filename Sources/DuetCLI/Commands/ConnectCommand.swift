package import ArgumentParser

/// `duet connect`: lets Duet into both CRMs.
package struct ConnectCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "connect",
        abstract:
            "Let Duet into HubSpot and Salesforce, and keep what it needs for that encrypted.",
        discussion: """
            What comes of it is kept in the folder duet.secrets beside the configuration, sealed with a key that is \
            kept elsewhere: DUET_KEY, the file of DUET_KEY_FILE, systemd's credential duet-key, or \
            ~/.config/duet/key, which is made where there is none. Nothing secret is taken on the command line.
            """,
        subcommands: [
            ConnectHubSpotCommand.self, ConnectSalesforceCommand.self, ConnectListCommand.self,
        ],
        defaultSubcommand: ConnectListCommand.self
    )

    package init() {}
}
