import WireJSON
import HTTPTransport
import MockSalesforce
import Signatures
import Testing

@Suite struct OAuthTests {
    private static let password = [
        "grant_type=password", "client_id=3MVG9integration",
        "client_secret=integration-secret", "username=integration.user%40example.invalid",
    ]

    /// Revoking OAuth 2.0 Access Tokens, the vendor's blog of 2011.
    @Test func `a page's script revokes a token and is called back`() {
        var rehearsal = Rehearsal()
        func revoke(_ query: String) -> Answer {
            let request = HTTPRequest(
                method: .get,
                url: "https://acme.my.salesforce.com/services/oauth2/revoke?" + query
            )
            return Answer(rehearsal.mock.handle(request, at: rehearsal.now))
        }
        let token = Rehearsal.encode(rehearsal.token)
        #expect(revoke("token=\(token)&callback=a%22b").status == 400)
        #expect(rehearsal.send(.get, "/limits").status == 200)
        let done = revoke("token=\(token)&callback=myCallback")
        #expect(done.status == 200 && done.text == "myCallback({});")
        #expect(done.header("Content-Type")?.hasPrefix("text/javascript") == true)
        #expect(rehearsal.send(.get, "/limits").status == 401)
        let failed = revoke("token=no&callback=myCallback")
        #expect(failed.text == #"myCallback({"error":"invalid_token"});"#)
    }

    @Test func `a token may be revoked by its address alone`() {
        var rehearsal = Rehearsal()
        func revoke(_ token: String) -> Answer {
            let request = HTTPRequest(
                method: .get,
                url: "https://acme.my.salesforce.com/services/oauth2/revoke?token="
                    + Rehearsal.encode(token)
            )
            return Answer(rehearsal.mock.handle(request, at: rehearsal.now))
        }
        #expect(revoke("no").status == 400)
        #expect(revoke(rehearsal.token).status == 200)
        #expect(rehearsal.send(.get, "/limits").status == 401)
    }

    @Test func `a user name and a password with its token open a session`() {
        var rehearsal = Rehearsal()
        let reply = rehearsal.post(
            form: Self.password + ["password=integration-passwordintegrationToken"]
        )
        rehearsal.token = reply.json["access_token"]?.string ?? ""
        #expect(rehearsal.send(.get, "/limits").status == 200)
        #expect(reply.json["refresh_token"] == nil)
    }

    private static let refresh = [
        "grant_type=refresh_token", "client_id=3MVG9integration",
        "client_secret=integration-secret",
    ]

    @Test func `a client credentials token names the org, the user and the host`() {
        var rehearsal = Rehearsal()
        let user = MockSalesforceCredential.standard.userID
        let reply = rehearsal.post(form: [
            "grant_type=client_credentials", "client_id=3MVG9integration",
            "client_secret=integration-secret",
        ])
        #expect(reply.status == 200)
        #expect(reply.json["instance_url"]?.string == "https://acme.my.salesforce.com")
        #expect(
            reply.json["id"]?.string
                == "https://acme.my.salesforce.com/id/\(rehearsal.mock.organizationID)/\(user)"
        )
        let signed = (reply.json["id"]?.string ?? "") + String(Rehearsal.start)
        let signature = SHA256.hmac(key: "integration-secret".utf8, message: signed.utf8)
        #expect(reply.json["signature"]?.string == Base64.encode(signature))
        #expect(reply.json["refresh_token"] == nil)
        #expect(reply.json["issued_at"]?.string == String(Rehearsal.start))
        #expect(reply.header("Sforce-Limit-Info") == nil)
        #expect(rehearsal.mock.calls.isEmpty)
    }

    @Test func `Basic authorization carries the client credentials too`() {
        var mock = MockSalesforce()
        // base64 of 3MVG9integration:integration-secret
        let basic = "Basic M01WRzlpbnRlZ3JhdGlvbjppbnRlZ3JhdGlvbi1zZWNyZXQ="
        let request = HTTPRequest(
            method: .post,
            url: "http://127.0.0.1:8080/services/oauth2/token",
            headers: [HTTPHeader("Authorization", basic)],
            body: Array("grant_type=client_credentials".utf8)
        )
        let reply = Answer(mock.handle(request, at: 0))
        #expect(reply.json["instance_url"]?.string == "http://127.0.0.1:8080")
    }

    @Test(arguments: [
        (["grant_type=client_credentials", "client_id=nobody"], "invalid_client_id"),
        (
            ["grant_type=client_credentials", "client_id=3MVG9integration", "client_secret=no"],
            "invalid_client"
        ),
        (Self.refresh + ["refresh_token=stale"], "invalid_grant"),
        (["grant_type=device", "client_id=3MVG9integration"], "unsupported_grant_type"),
        (["grant_type=password", "client_id=3MVG9integration"], "invalid_client"),
        (Self.password + ["password=integration-password"], "invalid_grant"),
    ])
    func `a wrong token request is refused with its OAuth error`(_ form: [String], _ error: String)
    {
        var rehearsal = Rehearsal()
        let reply = rehearsal.post(form: form)
        #expect(reply.status == 400)
        #expect(reply.errorCode == error)
    }

    @Test func `a replayed refresh token ends the rotated one and its sessions`() {
        var settings = MockSalesforceSettings()
        settings.rotatesRefreshTokens = true
        var rehearsal = Rehearsal(settings)
        let first = rehearsal.post(form: Self.refresh + ["refresh_token=5Aep861integration"])
        let rotated = first.json["refresh_token"]?.string ?? ""
        rehearsal.token = first.json["access_token"]?.string ?? ""
        #expect(!rotated.isEmpty)
        #expect(rehearsal.send(.get, "/limits").status == 200)
        let replay = rehearsal.post(form: Self.refresh + ["refresh_token=5Aep861integration"])
        #expect(replay.errorCode == "invalid_grant")
        #expect(rehearsal.send(.get, "/limits").status == 401)
        let later = rehearsal.post(form: Self.refresh + ["refresh_token=\(rotated)"])
        #expect(later.errorCode == "invalid_grant")
    }

    private static func revoke(_ token: String, _ rehearsal: inout Rehearsal) -> Answer {
        let request = HTTPRequest(
            method: .post,
            url: "https://acme.my.salesforce.com/services/oauth2/revoke",
            headers: [HTTPHeader("Content-Type", "application/x-www-form-urlencoded")],
            body: Array("token=\(Rehearsal.encode(token))".utf8)
        )
        return Answer(rehearsal.mock.handle(request, at: rehearsal.now))
    }

    @Test func `a revoked access token is over, its refresh token and other sessions are not`() {
        var rehearsal = Rehearsal()
        let other = rehearsal.token
        rehearsal.signIn()
        let reply = Self.revoke(rehearsal.token, &rehearsal)
        #expect(reply.status == 200)
        #expect(reply.text.isEmpty)
        #expect(rehearsal.send(.get, "/limits").status == 401)
        rehearsal.token = other
        #expect(rehearsal.send(.get, "/limits").status == 200)
        let again = rehearsal.post(form: Self.refresh + ["refresh_token=5Aep861integration"])
        #expect(again.status == 200)
    }

    @Test func `a revoked refresh token takes its sessions along`() {
        var rehearsal = Rehearsal()
        let first = rehearsal.post(form: Self.refresh + ["refresh_token=5Aep861integration"])
        rehearsal.token = first.json["access_token"]?.string ?? ""
        #expect(rehearsal.send(.get, "/limits").status == 200)
        #expect(Self.revoke("5Aep861integration", &rehearsal).status == 200)
        #expect(rehearsal.send(.get, "/limits").status == 401)
        let later = rehearsal.post(form: Self.refresh + ["refresh_token=5Aep861integration"])
        #expect(later.errorCode == "invalid_grant")
    }

    @Test func `a token that nobody knows cannot be revoked`() {
        var rehearsal = Rehearsal()
        let reply = Self.revoke("nobody's", &rehearsal)
        #expect(reply.status == 400)
        #expect(reply.header("Content-Type") == "application/x-www-form-urlencoded")
        #expect(reply.text.hasPrefix("error=unsupported_token_type&"))
        #expect(rehearsal.send(.get, "/limits").status == 200)
    }

    @Test func `an expired session is a 401 with an array body`() {
        var settings = MockSalesforceSettings()
        settings.sessionLifetime = 1000
        var rehearsal = Rehearsal(settings)
        rehearsal.now += 1000
        let reply = rehearsal.send(.get, "/limits")
        #expect(reply.status == 401)
        #expect(
            reply.text
                == #"[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]"#
        )
        rehearsal.signIn()
        #expect(rehearsal.send(.get, "/limits").status == 200)
    }
}
