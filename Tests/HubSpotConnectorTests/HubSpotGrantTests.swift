import CRMInterface
import ConnectorTestKit
import HTTPTransport
import HubSpotConnector
import MockHubSpot
import SyncCore
import Testing
import WireJSON

/// Every way to a token: the connector's requests against the mock portal, and recorded refusals.
struct HubSpotGrantTests {
    private static let verifier = "a-verifier-of-forty-three-characters-at-least-0"
    private static let redirect = "http://localhost:3000/oauth-callback"

    private static func code(_ portal: inout HubSpotPortal) throws -> String {
        let url = portal.requests.authorize(
            clientID: "hubspot-client",
            scopes: ["oauth", "crm.objects.contacts.read"],
            redirectURI: Self.redirect,
            state: "a b",
            verifier: Self.verifier,
            host: HubSpotPortal.base
        )
        let reply = portal.raw(HTTPRequest(method: .get, url: url))
        let location = try #require(reply.header("Location"))
        #expect(location.hasSuffix("&state=a%20b"))
        return String(location.dropFirst((Self.redirect + "?code=").count).prefix { $0 != "&" })
    }

    private static func exchange(
        _ portal: HubSpotPortal,
        _ code: String,
        verifier: String = Self.verifier,
        secret: String = "hubspot-secret"
    ) -> HTTPRequest {
        portal.requests.token(
            id: "hubspot-client",
            secret: secret,
            code: code,
            redirectURI: Self.redirect,
            verifier: verifier
        )
    }

    @Test func `a consent with PKCE becomes tokens, once, and the refresh token stays`() throws {
        var portal = HubSpotPortal()
        let code = try Self.code(&portal)
        let exchange = Self.exchange(portal, code)
        #expect(exchange.url == "https://api.hubapi.com/oauth/2026-09/token")
        let first = try portal.token(exchange)
        #expect(first.portalID == "9900001")
        #expect(first.lifetime == 1_800_000)
        #expect(first.scopes == ["oauth", "crm.objects.contacts.read"])
        let refresh = try #require(first.refreshToken)
        let again = portal.requests.token(
            id: "hubspot-client",
            secret: "hubspot-secret",
            refreshToken: refresh
        )
        #expect(try portal.token(again).refreshToken == refresh)
        let spent = #expect(throws: SyncError.self) { try portal.token(exchange) }
        #expect(spent?.cause.contains("each works once") == true)
        let ended = portal.raw(
            portal.requests.revoke(
                id: "hubspot-client",
                secret: "hubspot-secret",
                refreshToken: refresh
            )
        )
        #expect((200..<300).contains(ended.status))
        let gone = #expect(throws: SyncError.self) { try portal.token(again) }
        #expect(gone?.cause.contains("refresh token is not valid") == true)
        #expect(!"\(first)".contains(first.accessToken))
        #expect(!"\(first)".contains(refresh))
    }

    @Test func `a code of another attempt and a wrong secret are told apart`() throws {
        var portal = HubSpotPortal()
        let code = try Self.code(&portal)
        let secret = #expect(throws: SyncError.self) {
            try portal.token(Self.exchange(portal, code, secret: "canary"))
        }
        #expect(secret?.cause == "HubSpot does not accept the app's client secret.")
        let wrong = #expect(throws: SyncError.self) {
            try portal.token(Self.exchange(portal, code, verifier: "other"))
        }
        #expect(wrong?.cause.contains("code of the consent") == true)
    }

    @Test func `a private app's token tells its portal and scopes`() throws {
        var portal = HubSpotPortal()
        let reply = portal.raw(portal.requests.staticToken("pat-na1-integration"))
        #expect(reply.status == 200)
        let json = try JSON(parsing: reply.body)
        #expect(json["hubId"]?.integer == 9_900_001)
    }

    @Test func `a connection hands the refresh token of a consent to its caller`() async throws {
        let oauth = HubSpotConfiguration.Auth.oauth(
            clientID: "client",
            clientSecret: "secret-canary",
            refreshToken: "refresh-canary"
        )
        #expect(!"\(oauth)".contains("canary"))
        let fixture = HubSpotFixture(auth: oauth) { _, _ throws(CallFailure) in
            HubSpotFixture.reply(200, #"{"access_token":"t","refresh_token":"fresh"}"#)
        }
        let token = try await fixture.connection.connect(
            code: "c",
            redirectURI: Self.redirect,
            verifier: Self.verifier
        )
        #expect(token == "fresh")
        let still = HubSpotFixture { _, _ throws(CallFailure) in HubSpotFixture.reply(500, "") }
        #expect(
            try await still.connection.connect(code: "c", redirectURI: "", verifier: "") == nil
        )
        #expect(await still.gate.requests.isEmpty)
    }

    @Test(arguments: [
        ("BAD_REFRESH_TOKEN", "refresh token is not valid"),
        ("BAD_AUTH_CODE", "code of the consent"), ("EXPIRED_AUTH_CODE", "too late"),
        ("BAD_CLIENT_ID", "client id"), ("BAD_CLIENT_SECRET", "client secret"),
        ("BAD_REDIRECT_URI", "leads back"), ("BAD_SCOPES", "scopes"),
        ("new canary", "does not accept the app's refresh token or secret"),
    ])
    func `each refusal is named, and nothing of the reply is repeated`(
        status: String,
        says: String
    ) {
        let body = #"{"status":"\#(status)","message":"refresh-canary","correlationId":"0199"}"#
        let error = HubSpotFailures.signIn(
            HubSpotPortal.reply(body, status: 400),
            HubSpotPortal().configuration
        )
        #expect(error.cause.contains(says), "\(error.cause)")
        #expect(error.code == .credentials)
        #expect(error.disposition == .stop)
        #expect(!"\(error)".contains("canary"))
    }

    @Test(arguments: ["9223372036854775807", "-5", "\"soon\""])
    func `an odd lifetime breaks nothing`(seconds: String) throws {
        let body = #"{"access_token":"t","expires_in":\#(seconds)}"#
        let reply = try HubSpotTokenReply(
            HubSpotPortal.reply(body),
            HubSpotPortal().configuration
        )
        #expect((0...86_400_000).contains(reply.lifetime))
    }

    @Test func `a token endpoint of a retired version says so, a busy one is waited for`() {
        let configuration = HubSpotPortal().configuration
        let gone = HubSpotFailures.signIn(HubSpotPortal.reply("{}", status: 410), configuration)
        #expect(gone.cause.contains("retired version 2026-09"))
        for status in [408, 429] {
            let reply = HubSpotPortal.reply("{}", status: status)
            #expect(HubSpotFailures.signIn(reply, configuration).disposition.wait != nil)
        }
    }
}
