import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// Consent, the grants, and what is known of tokens.
struct OAuthTests {
    private var portal = Portal()
    private static let redirect = "http://localhost:3000/oauth-callback"
    private let client = ["client_id": "hubspot-client", "client_secret": "hubspot-secret"]

    private mutating func consent(_ query: String) -> (status: Int, location: String) {
        let path = "/oauth/authorize?client_id=hubspot-client&redirect_uri=\(Self.redirect)\(query)"
        let reply = self.portal.raw(.get, path)
        return (reply?.status ?? 0, reply?.header("Location") ?? "")
    }

    private mutating func code(_ query: String = "") -> String {
        let found = self.consent("&scope=oauth%20crm.objects.contacts.read" + query).location
        return found.split(separator: "code=").last?.split(separator: "&").first.map(String.init)
            ?? ""
    }

    private mutating func exchange(
        _ code: String,
        version: String = "2026-09",
        _ more: [String: String] = [:]
    ) -> (status: Int, json: JSON?) {
        var fields = self.client
        fields["grant_type"] = "authorization_code"
        fields["redirect_uri"] = Self.redirect
        fields["code"] = code
        return self.portal.form(
            "/oauth/\(version)/token",
            fields.merging(more) { _, new in new }
        )
    }

    @Test mutating func `a consent leads back with a code and the state`() {
        let reply = self.consent("&scope=oauth&state=a%20b%2F%C3%A9")
        #expect(reply.status == 302)
        #expect(reply.location.hasPrefix(Self.redirect + "?code=na1-"))
        #expect(reply.location.hasSuffix("&state=a%20b%2F%C3%A9"))
        self.portal.mock.settings.consentIsGiven = false
        #expect(self.consent("&scope=oauth").location.contains("?error=access_denied"))
    }

    /// Found by the simulator (`worlds` 38): the fault took all apps' tokens away, so that the next call came
    /// with one that nobody knew, and it was billed.
    @Test mutating func `a token that ends early reads as ended from then on and costs nothing`() {
        var fields = self.client
        fields["grant_type"] = "refresh_token"
        fields["refresh_token"] = "na1-integration"
        let token =
            self.portal.form("/oauth/2026-09/token", fields).json?["access_token"]?.string ?? ""
        let headers = [HTTPHeader("Authorization", "Bearer \(token)")]
        func refusal(_ response: HTTPResponse?) -> (Int, JSON?) {
            (response?.status ?? 0, response.flatMap { try? JSON(parsing: $0.body) })
        }
        let path = "/crm/v3/objects/contacts"
        #expect(self.portal.ask(.get, path, headers: headers)?.status == 200)
        let billed = self.portal.mock.usage.billedCalls()
        self.portal.mock.faults.coming = [.expiredToken]
        #expect(self.portal.send(.get, path).status == 401, "another app's own bad luck")
        #expect(self.portal.ask(.get, path, headers: headers)?.status == 200)
        self.portal.mock.faults.coming = [.expiredToken]
        #expect(self.portal.ask(.get, path, headers: headers)?.status == 401)
        self.portal.now += 2_000
        let (status, json) = refusal(self.portal.ask(.get, path, headers: headers))
        #expect(status == 401)
        #expect(json?["category"]?.string == "EXPIRED_AUTHENTICATION")
        #expect(json?["context"]?["expire time"]?[0]?.string?.hasPrefix("2026-") == true)
        #expect(self.portal.mock.usage.billedCalls() == billed + 1)
        #expect(self.portal.mock.usage.unauthorized == 3)
    }

    @Test(arguments: [
        ("client_id=nobody&scope=oauth", "BAD_CLIENT_ID"),
        (
            "client_id=hubspot-client&scope=oauth&redirect_uri=https://evil.example",
            "BAD_REDIRECT_URI"
        ),
        (
            "client_id=hubspot-client&redirect_uri=http://localhost:3000/oauth-callback",
            "BAD_SCOPES"
        ),
        (
            "client_id=hubspot-client&redirect_uri=http://localhost:3000/oauth-callback&scope=oauth"
                + "&code_challenge=x&code_challenge_method=plain", "BAD_CODE_CHALLENGE"
        ),
    ])
    mutating func `a consent that is not valid leads nowhere`(query: String, status: String) {
        let reply = self.portal.send(.get, "/oauth/authorize?\(query)")
        #expect(reply.status == 400)
        #expect(reply.json?["status"]?.string == status)
    }

    @Test(arguments: ["v3", "2026-03", "2026-09"])
    mutating func `a code is exchanged once for tokens that work`(version: String) throws {
        let code = self.code()
        let reply = self.exchange(code, version: version)
        #expect(reply.status == 200)
        let names = reply.json?.members.map(\.name)
        #expect(
            names == [
                "token_use", "token_type", "access_token", "refresh_token", "expires_in", "hub_id",
                "user_id", "scopes",
            ]
        )
        #expect(reply.json?["hub_id"]?.integer == 9_900_001)
        let scopes = reply.json?["scopes"]?.elements.compactMap(\.string)
        #expect(scopes == ["oauth", "crm.objects.contacts.read"])
        #expect(self.exchange(code, version: version).json?["status"]?.string == "BAD_AUTH_CODE")
        self.portal.token = try #require(reply.json?["access_token"]?.string)
        #expect(self.portal.send(.get, "/crm/v3/objects/contacts").status == 200)
        // What was not consented to is refused.
        let deals = self.portal.send(.get, "/crm/v3/objects/deals")
        #expect(deals.status == 403)
        #expect(deals.json?["category"]?.string == "MISSING_SCOPES")
    }

    @Test mutating func `the first version answers less, and takes fields from the query`() {
        let reply = self.portal.raw(
            .post,
            "/oauth/v1/token?refresh_token=na1-integration&client_secret=hubspot-secret",
            "grant_type=refresh_token&client_id=hubspot-client",
            type: "application/x-www-form-urlencoded"
        )
        let json = reply.flatMap { try? JSON(parsing: $0.body) }
        let names = json?.members.map(\.name)
        #expect(names == ["token_type", "refresh_token", "access_token", "expires_in"])
        #expect(json?["refresh_token"]?.string == "na1-integration")
        let later = self.portal.raw(
            .post,
            "/oauth/v3/token?refresh_token=na1-integration&client_secret=hubspot-secret",
            "grant_type=refresh_token&client_id=hubspot-client",
            type: "application/x-www-form-urlencoded"
        )
        #expect(later?.status == 400)
    }

    @Test mutating func `a refresh answers the same refresh token, and its body stays`() throws {
        var fields = self.client
        fields["grant_type"] = "refresh_token"
        fields["refresh_token"] = "na1-integration"
        let reply = self.portal.form("/oauth/2026-09/token", fields).json
        let names = reply?.members.map(\.name)
        #expect(
            names == [
                "token_use", "token_type", "access_token", "refresh_token", "expires_in", "hub_id",
            ]
        )
        fields["refresh_token"] = self.exchange(self.code()).json?["refresh_token"]?.string
        let again = self.portal.form("/oauth/v3/token", fields).json
        #expect(again?["refresh_token"]?.string == fields["refresh_token"])
        #expect(again?["scopes"]?.count == 2)
    }

    @Test mutating func `a code runs out`() {
        let code = self.code()
        self.portal.now += 600_000
        #expect(self.exchange(code).json?["message"]?.string == "missing or unknown auth code")
    }

    /// The verifier and challenge of RFC 7636, appendix B.
    @Test mutating func `a challenge asks for its verifier`() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        let query =
            "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256"
        let good = self.code(query)
        #expect(self.exchange(good, ["code_verifier": verifier]).status == 200)
        for wrong in [[:], ["code_verifier": "short"], ["code_verifier": verifier + "x"]] {
            let reply = self.exchange(self.code(query), wrong)
            #expect(reply.status == 400)
            #expect(reply.json?["status"]?.string == "BAD_AUTH_CODE")
        }
        // The wrong verifier has spent the code.
        let spent = self.code(query)
        _ = self.exchange(spent, ["code_verifier": "wrong"])
        #expect(self.exchange(spent, ["code_verifier": verifier]).status == 400)
    }

    @Test(arguments: [
        (["client_id": "nobody"], "BAD_CLIENT_ID"), (["client_secret": "no"], "BAD_CLIENT_SECRET"),
        (["refresh_token": "no"], "BAD_REFRESH_TOKEN"),
        (["grant_type": "password"], "BAD_GRANT_TYPE"),
        (["grant_type": "authorization_code"], "BAD_AUTH_CODE"),
        (["grant_type": ""], "BAD_GRANT_TYPE"),
    ])
    mutating func `a token request that is not valid says why`(
        change: [String: String],
        status: String
    ) {
        var fields = self.client
        fields["grant_type"] = "refresh_token"
        fields["refresh_token"] = "na1-integration"
        for path in ["v1", "v3", "2026-03", "2026-09"] {
            let reply = self.portal.form(
                "/oauth/\(path)/token",
                fields.merging(change) { _, new in new }
            )
            #expect(reply.status == 400)
            #expect(reply.json?["status"]?.string == status)
            #expect(reply.json?["correlationId"]?.string != nil)
        }
    }

    @Test mutating func `another redirect URI than the consent's is refused`() {
        let code = self.code()
        let wrong = self.exchange(code, ["redirect_uri": "http://localhost"])
        #expect(wrong.json?["status"]?.string == "BAD_REDIRECT_URI")
        #expect(self.exchange(code).status == 200)
    }

    @Test mutating func `the wrong verb, type or path is refused as such`() {
        #expect(self.portal.send(.get, "/oauth/v3/token").status == 405)
        #expect(self.portal.send(.post, "/oauth/authorize").status == 405)
        #expect(self.portal.send(.post, "/oauth/v3/tokens").status == 404)
        #expect(self.portal.send(.post, "/oauth/v9/token").status == 404)
        #expect(self.portal.send(.get, "/oauth/v3/access-tokens/x").status == 404)
        let json = self.portal.raw(.post, "/oauth/v3/token", "{}", type: "application/json")
        #expect(json?.status == 415)
    }

    @Test mutating func `an app has a token of its own`() throws {
        var fields = self.client
        fields["grant_type"] = "client_credentials"
        fields["scope"] = "developer.webhooks_journal.read"
        let reply = self.portal.form("/oauth/2026-03/token", fields).json
        #expect(reply?["token_use"]?.string == "client_credentials")
        #expect(reply?["refresh_token"] == nil)
        #expect(reply?["hub_id"] == nil)
        self.portal.token = try #require(reply?["access_token"]?.string)
        #expect(self.portal.send(.get, "/crm/v3/objects/contacts").status == 403)
    }

    @Test mutating func `a token tells of itself until it is revoked`() throws {
        let tokens = self.exchange(self.code()).json
        let access = try #require(tokens?["access_token"]?.string)
        let refresh = try #require(tokens?["refresh_token"]?.string)
        self.portal.now += 60_000
        let info = self.portal.send(.get, "/oauth/v1/access-tokens/\(access)").json
        #expect(info?["expires_in"]?.integer == 1_740)
        #expect(info?["app_id"]?.integer == 1_160_453)
        #expect(info?["user"]?.string == "ada.admin@example.invalid")
        #expect(info?["signed_access_token"]?["hublet"]?.string == "na1")
        let kept = self.portal.send(.get, "/oauth/v1/refresh-tokens/\(refresh)").json
        #expect(kept?["client_id"]?.string == "hubspot-client")
        var fields = self.client
        fields["token"] = access
        let introspected = self.portal.form("/oauth/2026-03/token/introspect", fields).json
        #expect(introspected?["active"]?.boolean == true)
        #expect(introspected?["token_use"]?.string == "access_token")
        #expect(introspected?["scopes"]?[1]?.string == "crm.objects.contacts.read")
        fields["token"] = refresh
        #expect(self.portal.form("/oauth/v3/token/revoke", fields).status == 200)
        let gone = self.portal.form("/oauth/v3/token/introspect", fields).json
        #expect(gone?.members.count == 1)
        #expect(gone?["active"]?.boolean == false)
        #expect(self.portal.send(.get, "/oauth/v1/refresh-tokens/\(refresh)").status == 404)
        // Access tokens live on when the refresh token is gone.
        self.portal.token = access
        #expect(self.portal.send(.get, "/crm/v3/objects/contacts").status == 200)
        self.portal.now += 7_200_000
        let late = self.portal.send(.get, "/crm/v3/objects/contacts").json
        #expect(late?["category"]?.string == "EXPIRED_AUTHENTICATION")
        #expect(late?["message"]?.string?.contains("expired 1 hour(s) ago") == true)
    }

    @Test mutating func `the app's first refresh token can be deleted too`() {
        let path = "/oauth/v1/refresh-tokens/na1-integration"
        #expect(self.portal.send(.get, path).json?["token"]?.string == "na1-integration")
        #expect(self.portal.send(.delete, path).status == 204)
        #expect(self.portal.send(.delete, path).status == 404)
        var fields = self.client
        fields["grant_type"] = "refresh_token"
        fields["refresh_token"] = "na1-integration"
        let refused = self.portal.form("/oauth/v1/token", fields).json
        #expect(refused?["status"]?.string == "BAD_REFRESH_TOKEN")
    }

    @Test mutating func `a static token tells whose it is`() {
        let path = "/oauth/v2/private-apps/get/access-token-info"
        let info = self.portal.send(.post, path, #"{"tokenKey":"pat-na1-integration"}"#).json
        #expect(info?["appId"]?.integer == 1_160_452)
        #expect(info?["hubId"]?.integer == 9_900_001)
        #expect(self.portal.send(.post, path, #"{"tokenKey":"pat-no"}"#).status == 404)
        #expect(self.portal.send(.post, path, "{").status == 400)
    }
}
