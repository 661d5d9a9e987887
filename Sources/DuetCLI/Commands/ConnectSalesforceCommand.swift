package import ArgumentParser
import SyncCore

/// `duet connect salesforce`.
package struct ConnectSalesforceCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "salesforce",
        abstract: "Let Duet into a Salesforce org, by an app of the org's own.",
        discussion: """
            Shows what to do in Salesforce, waits, signs in, and says what is missing. Without a person: set \
            SALESFORCE_CLIENT_ID and SALESFORCE_CLIENT_SECRET with --method client-credentials, or the first with \
            --method jwt.
            """
    )

    package enum Method: String, ExpressibleByArgument, CaseIterable, Sendable {
        case browser
        case clientCredentials = "client-credentials"
        case jwt
    }

    @Option(
        help: ArgumentHelp(
            "production, sandbox, or any address of the org, such as https://acme.my.salesforce.com.",
            valueName: "host"
        )
    )
    package var host: String?

    @Option(help: "How Duet signs in.")
    package var method = Method.browser

    @Option(help: ArgumentHelp("With jwt: as whom.", valueName: "name"))
    package var username: String?

    @Option(
        help: ArgumentHelp(
            "With jwt: the private key of the app's certificate.",
            valueName: "file"
        ),
        completion: .file()
    )
    package var keyFile: String?

    @OptionGroup package var consent: ConnectOptions
    @OptionGroup package var options: CommonOptions

    package init() {}

    package func validate() throws {
        let isComplete = self.username != nil && self.keyFile != nil
        guard self.method != .jwt || isComplete else {
            throw ValidationError("--method jwt needs --username and --key-file.")
        }
    }

    package func run() async throws {
        let runner = ConnectRunner(CommandRunner(options: self.options), self.consent)
        try await runner.run(.salesforce) { desk throws(SyncError) in
            let answer =
                self.host
                ?? desk.dialog.ask(
                    "Where? production, sandbox, or the org's address [production]:",
                    false
                )
            let host = try LoginHost((answer ?? "").isEmpty ? "production" : answer ?? "")
            let connect = SalesforceConnect(desk, host: host)
            return switch self.method {
            case .browser: try await connect.withConsent()
            case .clientCredentials: try await connect.withClientCredentials()
            case .jwt:
                try await connect.withKey(
                    username: self.username ?? "",
                    keyFile: self.keyFile ?? ""
                )
            }
        }
    }
}
