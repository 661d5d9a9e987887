import CRMInterface
import ConnectorTestKit
import HTTPTransport
import MockSalesforce
import SalesforceConnector
import SyncCore
import Testing

/// Every way to a token: the connector's requests against the mock org, and recorded refusals.
struct SalesforceGrantTests {
    private static let verifier = "a-verifier-of-forty-three-characters-at-least-0"
    private static let redirect = "https://sync.example/cb"
    private static let username = "integration.user@example.invalid"

    private static func code(_ org: inout SalesforceOrg) throws -> String {
        let url = org.requests.authorize(
            redirectURI: Self.redirect,
            state: "a b",
            verifier: Self.verifier
        )
        let reply = org.raw(HTTPRequest(method: .get, url: url))
        let location = try #require(reply.header("Location"))
        #expect(location.hasSuffix("&state=a%20b"))
        return String(location.dropFirst((Self.redirect + "?code=").count).prefix { $0 != "&" })
    }

    @Test func `a consent with PKCE becomes tokens, once, and the refresh token rotates`() throws {
        var org = SalesforceOrg {
            $0.rotatesRefreshTokens = true
            $0.credentials[0].needsCodeVerifier = true
        }
        let code = try Self.code(&org)
        let exchange = org.requests.token(
            code: code,
            redirectURI: Self.redirect,
            verifier: Self.verifier
        )
        let first = try org.token(exchange)
        #expect(first.instanceURL == SalesforceOrg.login)
        #expect(first.orgID == org.mock.organizationID)
        #expect(first.userID == MockSalesforceCredential.standard.userID)
        let refresh = try #require(first.refreshToken)
        let second = try org.token(org.requests.token(refreshToken: refresh))
        let rotated = try #require(second.refreshToken)
        #expect(rotated != refresh)
        // A replay of the old one ends the family.
        let replay = #expect(throws: SyncError.self) {
            try org.token(org.requests.token(refreshToken: refresh))
        }
        #expect(replay?.cause == "Salesforce's refresh token has expired or was revoked.")
        #expect(throws: SyncError.self) {
            try org.token(org.requests.token(refreshToken: rotated))
        }
        let again = #expect(throws: SyncError.self) { try org.token(exchange) }
        #expect(again?.cause.contains("each works once") == true)
        #expect(!"\(first) \(second)".contains(first.accessToken))
        #expect(!"\(second)".contains(rotated))
    }

    @Test func `a code of another attempt, and one that is old, are told apart`() throws {
        var org = SalesforceOrg()
        let code = try Self.code(&org)
        let wrong = #expect(throws: SyncError.self) {
            try org.token(
                org.requests.token(code: code, redirectURI: Self.redirect, verifier: "other")
            )
        }
        #expect(wrong?.cause.contains("another attempt") == true)
        let old = try Self.code(&org)
        org.now += 900_000
        let late = #expect(throws: SyncError.self) {
            try org.token(
                org.requests.token(code: old, redirectURI: Self.redirect, verifier: Self.verifier)
            )
        }
        #expect(late?.cause.contains("too late") == true)
    }

    @Test func `a signed assertion signs in without a person`() throws {
        var org = SalesforceOrg { $0.credentials[0].publicKey = TestKey.publicPEM }
        func assertion(_ user: String, at time: Int64) throws -> HTTPRequest {
            org.requests.token(
                assertion: try org.requests.assertion(
                    username: user,
                    privateKey: TestKey.privatePEM,
                    at: time
                )
            )
        }
        let good = try assertion(Self.username, at: org.now)
        let stranger = try assertion("nobody@example.invalid", at: org.now)
        let slow = try assertion(Self.username, at: org.now - 600_000)
        #expect(try org.token(good).refreshToken == nil)
        let unknown = #expect(throws: SyncError.self) { try org.token(stranger) }
        #expect(unknown?.cause.contains("has not approved the app") == true)
        let late = #expect(throws: SyncError.self) { try org.token(slow) }
        #expect(late?.nextStep.contains("clock") == true)
        let key = #expect(throws: SyncError.self) {
            try org.requests.assertion(username: "a", privateKey: "canary", at: 0)
        }
        #expect(key.map { "\($0)".contains("canary") } == false)
    }

    @Test func `a connection signs in by JWT on its own clock and keeps no credential`()
        async throws
    {
        let gate = ScriptedGate { request, _ throws(CallFailure) in
            SalesforceFixture.isToken(request)
                ? SalesforceFixture.token(1) : SalesforceFixture.reply(500, "")
        }
        let auth = SalesforceConfiguration.Auth.jwtBearer(
            username: Self.username,
            privateKey: TestKey.privatePEM
        )
        let connection = SalesforceConnection(
            configuration: SalesforceConfiguration(
                loginURL: "https://login.salesforce.com",
                clientID: "client",
                clientSecret: nil,
                auth: auth
            ),
            gate: gate,
            credentials: KeptCredentials(),
            time: StillTime()
        )
        _ = try await connection.account()
        let body = String(decoding: await gate.requests[0].body, as: UTF8.self)
        #expect(body.contains("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer"))
        #expect(!"\(auth)".contains("PRIVATE"))
    }

    @Test func `a connection hands the refresh token of a consent to its caller`() async throws {
        let fixture = SalesforceFixture(
            token: { _ in
                SalesforceFixture.reply(
                    200,
                    #"{"access_token":"t","refresh_token":"fresh","instance_url":"https://a.test/"}"#
                )
            },
            { _, _ throws(CallFailure) in SalesforceFixture.reply(500, "") }
        )
        let token = try await fixture.connection.connect(
            code: "c",
            redirectURI: Self.redirect,
            verifier: Self.verifier
        )
        #expect(token == "fresh")
        let body = String(decoding: await fixture.gate.requests[0].body, as: UTF8.self)
        #expect(body.hasPrefix("grant_type=authorization_code&code=c&"))
    }

    @Test(arguments: [
        (MockSalesforceSignInRefusal.inactiveUser, "user is inactive"),
        (.inactiveOrganization, "org is inactive"), (.restrictedAddress, "this machine's address"),
    ])
    func `an org that lets nobody in says why`(refusal: MockSalesforceSignInRefusal, says: String) {
        var org = SalesforceOrg()
        org.mock.faults.signInRefusal = refusal
        let error = #expect(throws: SyncError.self) {
            try org.token(org.requests.token(refreshToken: nil))
        }
        #expect(error?.cause.contains(says) == true)
    }

    @Test(arguments: [
        ("invalid_grant", "expired access/refresh token", "expired or was revoked"),
        ("invalid_grant", "inactive user", "user is inactive"),
        ("invalid_grant", "inactive organization", "org is inactive"),
        ("invalid_grant", "ip restricted", "this machine's address"),
        ("invalid_grant", "user hasn't approved this consumer", "has not approved"),
        ("invalid_grant", "Audience validation failed", "wrong Salesforce host"),
        ("invalid_grant", "request not supported on this domain", "wrong Salesforce host"),
        ("invalid_client_id", "client identifier invalid", "does not know the app"),
        ("invalid_client", "invalid client credentials", "client secret"),
        ("invalid_app_access", "user is not admin approved to access this app", "not admitted"),
        ("redirect_uri_mismatch", "redirect_uri must match configuration", "leads back"),
        ("invalid_grant", "something new about refresh-canary", "(invalid_grant)"),
        ("new_word canary", "", "does not accept the app's credentials."),
    ])
    func `each refusal is named, and nothing of the reply is repeated`(
        word: String,
        text: String,
        says: String
    ) {
        let body = #"{"error":"\#(word)","error_description":"\#(text)"}"#
        let error = SalesforceFailures.signIn(
            SalesforceOrg.reply(body, status: 400),
            SalesforceOrg().configuration
        )
        #expect(error.cause.contains(says), "\(error.cause)")
        #expect(error.code == .credentials)
        #expect(error.disposition == .stop)
        #expect(!"\(error)".contains("canary"))
    }

    @Test func `a login host that is down is waited for`() {
        for status in [408, 420, 429, 500, 503] {
            let error = SalesforceFailures.signIn(
                SalesforceOrg.reply("<html>", status: status),
                SalesforceOrg().configuration
            )
            #expect(error.code == .unreachable)
            #expect(error.disposition.wait != nil)
        }
    }
}
