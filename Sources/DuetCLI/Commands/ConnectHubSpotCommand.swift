package import ArgumentParser
import SyncCore

/// `duet connect hubspot`.
package struct ConnectHubSpotCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "hubspot",
        abstract: "Let Duet into a HubSpot portal, by a Service Key or by an app of your own.",
        discussion: """
            Shows what to do in HubSpot, waits for the key, tries it, and says what is missing. Without a person: set \
            HUBSPOT_TOKEN, or HUBSPOT_CLIENT_ID and HUBSPOT_CLIENT_SECRET with --oauth.
            """
    )

    @Flag(help: "By an app of your own, with a consent in the browser.")
    package var oauth = false

    @Option(help: ArgumentHelp("The API's address; a simulator has another.", valueName: "url"))
    package var api = HubSpotConnect.usualAPI

    @OptionGroup package var consent: ConnectOptions
    @OptionGroup package var options: CommonOptions

    package init() {}

    package func run() async throws {
        let runner = ConnectRunner(CommandRunner(options: self.options), self.consent)
        try await runner.run(.hubspot) { desk throws(SyncError) in
            let connect = HubSpotConnect(desk, api: self.api)
            return self.oauth ? try await connect.withConsent() : try await connect.withKey()
        }
    }
}
