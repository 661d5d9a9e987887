package import ArgumentParser
import Foundation
import HTTPTransport
import MockHubSpot
import MockSalesforce
import MockServer
import SimulationKit
import WireJSON

/// `duet-simulator serve`: both mock CRMs over HTTP on loopback.
package struct ServeCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve both CRMs over HTTP on this machine until stopped.",
        discussion: """
            Prints one line of JSON with addresses and credentials when it is ready. \
            docs/simulator-control.md describes the /_control endpoints.
            """
    )

    @Option(help: "Where HubSpot listens; port 0 takes a free one.")
    package var hubspot = "127.0.0.1:0"

    @Option(help: "Where Salesforce listens; port 0 takes a free one.")
    package var salesforce = "127.0.0.1:0"

    @Option(help: "How many untidy people to invent.")
    package var contacts = 0

    @Option(help: "The same seed invents the same people.")
    package var seed: UInt64 = 1

    @Option(name: .customLong("import"), help: "A folder with hubspot/*.csv and salesforce/*.csv.")
    package var importFolder: String?

    @Option(help: "Milliseconds that every reply takes.")
    package var latencyMs: Int64 = 0

    package init() {}

    package func validate() throws {
        _ = try Self.address(self.hubspot)
        _ = try Self.address(self.salesforce)
        guard (0...1_000_000).contains(self.contacts) else {
            throw ValidationError("--contacts takes 0 to 1000000.")
        }
    }

    package func run() async throws {
        let time = LiveTime()
        let world = MockWorld(
            hubspot: MockHubSpot(),
            salesforce: MockSalesforce(),
            time: time
        )
        if self.contacts > 0 {
            var generator = Generator(contacts: self.contacts, seed: self.seed)
            world.with { state, now in generator.fill(&state, now: now) }
        }
        if let folder = self.importFolder {
            do {
                let rows = try ImportFolder.read(folder)
                try world.with { state, now in try ImportFolder.apply(rows, to: &state, now: now) }
            } catch {
                FileHandle.standardError.write(Data("duet-simulator: \(error)\n".utf8))
                throw ExitCode(1)
            }
        }
        var receivers = CurlSettings()
        receivers.totalTimeout = MockHubSpotWebhookSettings().answerTimeout
        let server = MockServer(
            world: world,
            control: ControlPlane(world: world),
            latencyMilliseconds: self.latencyMs,
            time: time,
            webhooks: CurlTransport(settings: receivers)
        )
        let hubspot = try Self.address(self.hubspot)
        let salesforce = try Self.address(self.salesforce)
        do {
            try await server.run(hubspot: hubspot, salesforce: salesforce) { first, second in
                let line = Self.readyLine(
                    "\(hubspot.host):\(first)",
                    "\(salesforce.host):\(second)"
                )
                FileHandle.standardOutput.write(Data((line + "\n").utf8))
            }
        } catch {
            let text =
                "duet-simulator: cannot listen on \(self.hubspot) and \(self.salesforce). "
                + "Is a port in use?\n"
            FileHandle.standardError.write(Data(text.utf8))
            throw ExitCode(1)
        }
    }

    /// Only loopback: the mocks have no secrets worth the name.
    private static func address(_ text: String) throws -> MockServer.Address {
        let parts = text.split(separator: ":")
        guard parts.count == 2, let port = Int(parts[1]), (0...65_535).contains(port) else {
            throw ValidationError("\(text) is not HOST:PORT, such as 127.0.0.1:0.")
        }
        let host = String(parts[0])
        guard host == "localhost" || host.hasPrefix("127.") else {
            throw ValidationError("\(host) is not on this machine: use 127.0.0.1.")
        }
        return MockServer.Address(host: host, port: port)
    }

    private static func readyLine(_ hubspot: String, _ salesforce: String) -> String {
        var writer = JSONWriter()
        writer.object { root in
            root.name("hubspot")
            root.object { item in
                item.member("baseURL", "http://\(hubspot)")
                item.member("token", "pat-na1-integration")
                item.member("clientID", "hubspot-client")
                item.member("clientSecret", "hubspot-secret")
                item.member("refreshToken", "na1-integration")
            }
            root.name("salesforce")
            root.object { item in
                let credential = MockSalesforceCredential.standard
                item.member("baseURL", "http://\(salesforce)")
                item.member("clientID", credential.clientID)
                item.member("clientSecret", credential.clientSecret)
                item.member("refreshToken", credential.refreshToken)
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
