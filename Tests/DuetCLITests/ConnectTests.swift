import CRMInterface
@testable import DuetCLI
import Foundation
import HubSpotConnector
import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

@Suite struct ConnectTests {
    private static let api = MockTransport.hubspotURL
    private static let app = ["hubspot-client", "hubspot-secret"]
    private static let client = [
        MockSalesforceCredential.standard.clientID, MockSalesforceCredential.standard.clientSecret,
    ]

    private static let host = LoginHost(url: MockTransport.salesforceURL)

    // MARK: - HubSpot

    @Test func `S31: a Service Key is tried, kept and told whose it is`() async throws {
        let stage = try ConnectStage(answers: ["pat-na1-integration"])
        let checks = try await HubSpotConnect(stage.desk(.hubspot), api: Self.api).withKey()
        #expect(checks.flatMap(\.found).filter(\.isProblem).isEmpty)
        let kept = try #require(try stage.vault.connected(.hubspot))
        #expect(kept.grant == .token("pat-na1-integration"))
        #expect(kept.host == Self.api)
        #expect(stage.shown.contains("Connected with HubSpot portal \(kept.account ?? "?")."))
        #expect(stage.shown.contains("crm.objects.contacts.write"))
    }

    @Test func `a key that HubSpot refuses is not kept, and the one before it is`() async throws {
        let stage = try ConnectStage(answers: ["pat-na1-integration"])
        _ = try await HubSpotConnect(stage.desk(.hubspot), api: Self.api).withKey()
        stage.answer(["pat-na1-canary"])
        let error = await #expect(throws: SyncError.self) {
            try await HubSpotConnect(stage.desk(.hubspot), api: Self.api).withKey()
        }
        #expect(error?.code == .credentials)
        #expect(try stage.vault.connected(.hubspot)?.grant == .token("pat-na1-integration"))
        #expect(!stage.shown.contains("canary") && error?.cause.contains("canary") == false)
    }

    @Test func `an app's consent with PKCE becomes a refresh token that is kept`() async throws {
        let stage = try ConnectStage(answers: Self.app)
        _ = try await HubSpotConnect(stage.desk(.hubspot), api: Self.api).withConsent()
        let kept = try #require(try stage.vault.connected(.hubspot))
        guard case .refreshToken(let id, let secret, let token) = kept.grant else {
            Issue.record("kept \(kept.grant)")
            return
        }
        #expect([id, secret] == ["hubspot-client", "hubspot-secret"])
        #expect(!token.isEmpty)
        #expect(kept.account != nil)
    }

    @Test func `scopes that a key lacks are told at once, and the key is kept`() async throws {
        var app = MockHubSpotApp.standardStatic
        app.scopes = ["crm.objects.contacts.read", "oauth"]
        let stage = try ConnectStage(
            portal: MockHubSpotSettings(apps: [app]),
            answers: ["pat-na1-integration"]
        )
        let checks = try await HubSpotConnect(stage.desk(.hubspot), api: Self.api).withKey()
        let found = checks.flatMap(\.found).filter(\.isProblem).map(\.subject)
        #expect(found.contains("crm.objects.contacts.write"))
        #expect(try stage.vault.connected(.hubspot) != nil)
    }

    // MARK: - Salesforce

    @Test func `S33: a consent in the browser becomes a refresh token that is kept`() async throws {
        let stage = try ConnectStage(answers: Self.client)
        let checks = try await SalesforceConnect(stage.desk(.salesforce), host: Self.host)
            .withConsent()
        #expect(checks.contains { $0.topic == .account })
        let kept = try #require(try stage.vault.connected(.salesforce))
        guard case .refreshToken(let id, _, let token) = kept.grant else {
            Issue.record("kept \(kept.grant)")
            return
        }
        #expect(id == MockSalesforceCredential.standard.clientID)
        #expect(!token.isEmpty)
        #expect(kept.account?.hasPrefix("00D") == true)
        #expect(stage.shown.contains("http://localhost:8414/oauth-callback"))
    }

    @Test func `an app that needs no secret is signed in to with PKCE alone`() async throws {
        let stage = try ConnectStage(answers: [Self.client[0], ""])
        _ = try await SalesforceConnect(stage.desk(.salesforce), host: Self.host).withConsent()
        guard case .refreshToken(_, let secret, _) = try stage.vault.connected(.salesforce)?.grant
        else {
            Issue.record("nothing was kept")
            return
        }
        #expect(secret == nil)
    }

    @Test func `client credentials need no person, and the org's own address`() async throws {
        let stage = try ConnectStage(
            environment: [
                "SALESFORCE_CLIENT_ID": Self.client[0],
                "SALESFORCE_CLIENT_SECRET": Self.client[1],
            ]
        )
        let desk = try await stage.desk(.salesforce)
        _ = try await SalesforceConnect(desk, host: Self.host).withClientCredentials()
        #expect(try stage.vault.connected(.salesforce)?.account?.hasPrefix("00D") == true)
        let error = await #expect(throws: SyncError.self) {
            try await SalesforceConnect(desk, host: LoginHost("production"))
                .withClientCredentials()
        }
        #expect(error?.nextStep.contains("--host https://") == true)
        #expect(!stage.shown.contains(Self.client[1]))
    }

    @Test func `another org than the one that is synced here is refused by both names`()
        async throws
    {
        let stage = try ConnectStage(answers: Self.client)
        let desk = try await stage.desk(.salesforce, known: "00DOTHER0000000AAA")
        let error = await #expect(throws: SyncError.self) {
            try await SalesforceConnect(desk, host: Self.host).withConsent()
        }
        #expect(error?.code == .wrongAccount)
        #expect(error?.cause.contains("00DOTHER0000000AAA") == true)
        #expect(try stage.vault.connected(.salesforce) == nil)
    }

    @Test func `a reply of another sign-in is not taken`() async throws {
        let stage = try ConnectStage(answers: Self.client)
        let place = "http://localhost:8414/oauth-callback?code=abc&state=x"
        let desk = try await stage.desk(.salesforce, foreign: place)
        let error = await #expect(throws: SyncError.self) {
            try await SalesforceConnect(desk, host: Self.host).withConsent()
        }
        #expect(error?.code == .credentials)
        #expect(error?.cause.contains("another sign-in") == true)
    }

    @Test func `where nobody answers, the variable to set is named`() async throws {
        let stage = try ConnectStage()
        let error = await #expect(throws: SyncError.self) {
            try await HubSpotConnect(stage.desk(.hubspot), api: Self.api).withKey()
        }
        #expect(error?.code == .usage)
        #expect(error?.nextStep.contains("HUBSPOT_TOKEN") == true)
    }

    // MARK: - What is kept

    @Test func `what is kept can be read by its owner alone, and by nobody without the key`()
        async throws
    {
        let stage = try ConnectStage(answers: ["pat-na1-integration"])
        _ = try await HubSpotConnect(stage.desk(.hubspot), api: Self.api).withKey()
        let path = stage.vault.path(.hubspot)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(!text.contains("pat-na1"))
        for file in [path, stage.folder + "/home/.config/duet/key"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: file)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
        let other = Vault(
            base: stage.folder,
            environment: ["DUET_KEY": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="]
        )
        let error = #expect(throws: SyncError.self) { try other.connected(.hubspot) }
        #expect(error?.cause.contains("DUET_KEY") == true)
        #expect(error?.nextStep.contains("duet connect hubspot") == true)
        let none = Vault(base: stage.folder, environment: ["HOME": "/nowhere"])
        #expect(throws: SyncError.self) { try none.connected(.hubspot) }
    }

    @Test func `what a link leads to is replaced, and the link stays`() throws {
        let stage = try ConnectStage()
        let (file, link) = (stage.folder + "/real", stage.folder + "/link")
        try PrivateFile.write("one", to: file)
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file)
        try PrivateFile.write("two", to: link)
        #expect(PrivateFile.read(file) == "two")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == file)
        let left = try FileManager.default.contentsOfDirectory(atPath: stage.folder)
        #expect(left.sorted() == ["link", "real"])
    }

    @Test func `a file without a folder is here`() {
        #expect(PrivateFile.folder(of: "first.plan") == ".")
        #expect(PrivateFile.folder(of: "/etc/duet/first.plan") == "/etc/duet")
    }

    @Test func `one CRM's file is not taken for the other's`() async throws {
        let stage = try ConnectStage(answers: ["pat-na1-integration"])
        _ = try await HubSpotConnect(stage.desk(.hubspot), api: Self.api).withKey()
        try FileManager.default.copyItem(
            atPath: stage.vault.path(.hubspot),
            toPath: stage.vault.path(.salesforce)
        )
        #expect(throws: SyncError.self) { try stage.vault.connected(.salesforce) }
    }

    @Test(arguments: ["abc", "AAAA", "äöü", String(repeating: "A", count: 64)])
    func `what is no key is refused without being repeated`(text: String) throws {
        let error = #expect(throws: SyncError.self) {
            try SecretKey.find(["DUET_KEY": text])
        }
        #expect(error?.cause.contains("DUET_KEY holds no key") == true)
        #expect(error?.cause.contains(text) == false)
    }

    @Test func `a configuration signs in by what is kept, and says what to do where nothing is`()
        async throws
    {
        let stage = try ConnectStage(answers: ["pat-na1-integration"])
        let configuration = try ConfigurationReader.read(
            ConfigurationTemplate.text(connected: [.hubspot, .salesforce]),
            path: "duet.yaml"
        )
        let secrets = Secrets(environment: stage.environment, base: stage.folder)
        let error = #expect(throws: SyncError.self) { try secrets.hubspot(configuration) }
        #expect(error?.nextStep == "Run: duet connect hubspot")
        _ = try await HubSpotConnect(stage.desk(.hubspot), api: Self.api).withKey()
        let found = try secrets.hubspot(configuration)
        #expect(found.auth == .token("pat-na1-integration"))
        #expect(found.baseURL == Self.api)
    }
}
