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
            Prints one line of JSON with addresses and credentials when it is ready. With --save \
            FILE everything is kept for the next --load FILE, open queries and tokens too.

            --settings FILE sets up both CRMs: permissions, validation rules, limits, tokens, \
            currencies, faults and more. The file is JSON and names only what is to be other \
            than usual:

              {"salesforce": {"settings": {"rotatesRefreshTokens": true},
                              "faults": {"coming": ["unavailable", "unavailable"]}}}

            GET /_control/settings shows every setting as it is now, PATCH /_control/settings \
            takes the same JSON while the server runs. A name that does not exist is refused \
            with the nearest one that does. docs/serve.md lists all settings and has examples; \
            docs/simulator-control.md describes the other /_control endpoints.
            """
    )

    @Option(help: "Where HubSpot listens; port 0 takes a free one.")
    package var hubspot = "127.0.0.1:0"

    @Option(help: "Where Salesforce listens; port 0 takes a free one.")
    package var salesforce = "127.0.0.1:0"

    @Option(help: "How many untidy people to invent.")
    package var contacts = 0

    @Option(help: "How many companies and Accounts to invent.")
    package var companies = 0

    @Option(help: "How many deals and Opportunities to invent.")
    package var deals = 0

    @Option(help: "How many tickets and Cases to invent.")
    package var tickets = 0

    @Option(help: "How many calls, tasks, notes, meetings and e-mails to invent.")
    package var activities = 0

    @Option(help: "The same seed invents the same records.")
    package var seed: UInt64 = 1

    @Option(name: .customLong("import"), help: "A folder with hubspot/*.csv and salesforce/*.csv.")
    package var importFolder: String?

    @Option(help: "A file that --save wrote: everything is as it was then.")
    package var load: String?

    @Option(help: "A file that everything is written to when the server is stopped.")
    package var save: String?

    @Option(help: "A JSON file with settings that are other than usual (docs/serve.md).")
    package var settings: String?

    @Option(help: "How many changes of each object type are remembered at least.")
    package var history = 200_000

    @Option(help: "Milliseconds that every reply takes.")
    package var latencyMs: Int64 = 0

    package init() {}

    package func validate() throws {
        _ = try Self.address(self.hubspot)
        _ = try Self.address(self.salesforce)
        let counts = [
            ("contacts", self.contacts), ("companies", self.companies), ("deals", self.deals),
            ("tickets", self.tickets), ("activities", self.activities),
        ]
        guard self.history > 0 else { throw ValidationError("--history takes 1 or more.") }
        for (name, count) in counts where !(0...1_000_000).contains(count) {
            throw ValidationError("--\(name) takes 0 to 1000000.")
        }
        if let save {
            // At the stop it would be too late to say so.
            let folder = URL(filePath: save).deletingLastPathComponent().path(percentEncoded: false)
            guard FileManager.default.isWritableFile(atPath: folder) else {
                throw ValidationError("--save writes to \(folder), which cannot be written to.")
            }
        }
        if self.load != nil, self.importFolder != nil || counts.contains(where: { $0.1 > 0 }) {
            throw ValidationError(
                "--load brings its records along: leave out --import and the numbers of records."
            )
        }
    }

    package func run() async throws {
        let time = LiveTime()
        let world = try self.world(time)
        var receivers = CurlSettings()
        receivers.totalTimeout = MockHubSpotWebhookSettings().answerTimeout
        let server = MockServer(
            world: world,
            control: ControlPlane(world: world, snapshot: self.save),
            latencyMilliseconds: self.latencyMs,
            historyMax: self.history,
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
            Self.say(
                "cannot listen on \(self.hubspot) and \(self.salesforce). Is a port in use?"
            )
            throw ExitCode(1)
        }
        guard let save else { return }
        do { try Snapshot.save(world, to: save) } catch {
            Self.say("\(save) cannot be written: \(error)")
            throw ExitCode(1)
        }
        Self.say("Saved to \(save): go on from there with --load \(save).")
    }

    /// A world that was saved, or a new one.
    private func world(_ time: any TimeSource) throws -> MockWorld {
        guard let load else {
            let world = try self.set(WorldSettings()).world(time: time)
            try self.fill(world)
            return world
        }
        do {
            let world = try Snapshot.load(load, time: time)
            try world.with { state, now in
                guard self.settings != nil else { return }
                let settings = try self.set(WorldSettings(state))
                do { try settings.apply(to: &state, at: now) } catch {
                    Self.say("\(self.settings ?? ""): \(error)")
                    throw ExitCode(1)
                }
            }
            return world
        } catch let failure as SnapshotFailure {
            Self.say("\(load) cannot be loaded: \(failure)")
        } catch let code as ExitCode {
            throw code
        } catch {
            Self.say("\(load) cannot be read: is it there?")
        }
        throw ExitCode(1)
    }

    /// Settings with what the file changes.
    private func set(_ settings: WorldSettings) throws -> WorldSettings {
        guard let file = self.settings else { return settings }
        guard let data = FileManager.default.contents(atPath: file) else {
            Self.say("\(file) cannot be read: is it there?")
            throw ExitCode(1)
        }
        do {
            return try settings.changed(by: try JSON(parsing: Array(data)))
        } catch let error as JSONError {
            Self.say("\(file) is not JSON: \(error.reason)")
        } catch {
            Self.say("\(file): \(error)")
        }
        throw ExitCode(1)
    }

    /// Invents records and reads exports, as the options say.
    private func fill(_ world: MockWorld) throws {
        var generator = Generator(
            size: PortalSize(
                contacts: self.contacts,
                companies: self.companies,
                deals: self.deals,
                tickets: self.tickets,
                activities: self.activities
            ),
            seed: self.seed
        )
        world.with { state, now in generator.fill(&state, now: now) }
        guard let folder = self.importFolder else { return }
        do {
            let rows = try ImportFolder.read(folder)
            let report = try world.with { state, now in
                try ImportRun.apply(rows, to: &state, now: now)
            }
            for line in report.lines { Self.say(line) }
        } catch {
            Self.say("\(error)")
            throw ExitCode(1)
        }
    }

    private static func say(_ line: String) {
        FileHandle.standardError.write(Data("duet-simulator: \(line)\n".utf8))
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
                item.member("username", MockSalesforce.username(credential))
                item.member("password", credential.password)
                item.member("securityToken", credential.securityToken)
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
