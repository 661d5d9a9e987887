import ConnectorTestKit
import HTTPTransport
import MockSalesforce
import Signatures
import Testing
import WireJSON

@Suite struct AuthorizationTests {
    private static let verifier = "a-verifier-of-forty-three-characters-at-least-0"
    private static let base = "https://acme.my.salesforce.com/services/oauth2"

    private static func get(_ rehearsal: inout Rehearsal, _ query: String) -> Answer {
        let request = HTTPRequest(method: .get, url: Self.base + "/authorize?" + query)
        return Answer(rehearsal.mock.handle(request, at: rehearsal.now))
    }

    private static func code(_ rehearsal: inout Rehearsal) -> String {
        let challenge = Base64.encodeForURL(SHA256.digest(Self.verifier.utf8))
        let reply = Self.get(
            &rehearsal,
            "response_type=code&client_id=3MVG9integration&state=a%20b&code_challenge=\(challenge)"
                + "&redirect_uri=https%3A%2F%2Fsync.example%2Fcb"
        )
        #expect(reply.status == 302)
        let location = reply.header("Location") ?? ""
        #expect(location.hasPrefix("https://sync.example/cb?code="))
        #expect(location.hasSuffix("&state=a%20b"))
        return String(
            location.dropFirst("https://sync.example/cb?code=".count).prefix { $0 != "&" }
        )
    }

    private static func redeem(
        _ rehearsal: inout Rehearsal,
        _ code: String,
        verifier: String = Self.verifier,
        redirect: String = "https://sync.example/cb"
    ) -> Answer {
        rehearsal.post(form: [
            "grant_type=authorization_code", "client_id=3MVG9integration",
            "client_secret=integration-secret", "code=\(code)", "redirect_uri=\(redirect)",
            "code_verifier=\(verifier)",
        ])
    }

    @Test func `a code becomes tokens once, and the refresh token works`() {
        var rehearsal = Rehearsal()
        let code = Self.code(&rehearsal)
        let reply = Self.redeem(&rehearsal, code)
        #expect(reply.status == 200)
        rehearsal.token = reply.json["access_token"]?.string ?? ""
        #expect(rehearsal.send(.get, "/limits").status == 200)
        #expect(Self.redeem(&rehearsal, code).json["error"]?.string == "invalid_grant")
        let refresh = rehearsal.post(form: [
            "grant_type=refresh_token", "client_id=3MVG9integration",
            "refresh_token=\(reply.json["refresh_token"]?.string ?? "")",
        ])
        #expect(refresh.status == 200)
        #expect(refresh.json["refresh_token"] == nil)
    }

    @Test func `a wrong verifier, another address and an old code are refused`() {
        var rehearsal = Rehearsal()
        var reply = Self.redeem(&rehearsal, Self.code(&rehearsal), verifier: "wrong")
        #expect(reply.json["error_description"]?.string == "invalid code verifier")
        reply = Self.redeem(&rehearsal, Self.code(&rehearsal), redirect: "https://evil.example")
        #expect(reply.json["error"]?.string == "redirect_uri_mismatch")
        let code = Self.code(&rehearsal)
        rehearsal.now += 900_000
        reply = Self.redeem(&rehearsal, code)
        #expect(reply.json["error_description"]?.string == "expired authorization code")
    }

    @Test func `an unknown client or address gets a page, a wrong type goes back`() {
        var rehearsal = Rehearsal()
        rehearsal.mock.settings.credentials[0].redirectURIs = ["https://sync.example/cb"]
        #expect(Self.get(&rehearsal, "client_id=nobody").status == 400)
        let other = "client_id=3MVG9integration&redirect_uri=https%3A%2F%2Fevil.example"
        #expect(Self.get(&rehearsal, other).status == 400)
        let token = Self.get(
            &rehearsal,
            "client_id=3MVG9integration&redirect_uri=https%3A%2F%2Fsync.example%2Fcb"
                + "&response_type=token"
        )
        #expect(token.header("Location")?.contains("error=unsupported_response_type") == true)
    }

    /// A key pair for these tests only.
    private static let privateKey = TestKey.privatePEM
    private static let publicKey = TestKey.publicPEM

    private static func assertion(
        exp: String,
        user: String = "integration.user@example.invalid",
        audience: String = "https://login.salesforce.com",
        key: String = Self.privateKey
    ) throws -> String {
        let header = Base64.encodeForURL(Array(#"{"alg":"RS256"}"#.utf8))
        let claims = Base64.encodeForURL(
            Array(
                #"{"iss":"3MVG9integration","sub":"\#(user)","aud":"\#(audience)","exp":\#(exp)}"#
                    .utf8
            )
        )
        let signature = try RS256.sign(Array("\(header).\(claims)".utf8), privateKey: key)
        return "\(header).\(claims).\(Base64.encodeForURL(signature))"
    }

    private static func signIn(_ rehearsal: inout Rehearsal, _ assertion: String) -> Answer {
        rehearsal.post(form: [
            "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer",
            "assertion=\(assertion)",
        ])
    }

    @Test func `a signed assertion signs in, with its end as number or text`() throws {
        var rehearsal = Rehearsal()
        rehearsal.mock.settings.credentials[0].publicKey = Self.publicKey
        let end = rehearsal.now / 1000 + 180
        for exp in ["\(end)", "\"\(end)\""] {
            let reply = Self.signIn(&rehearsal, try Self.assertion(exp: exp))
            #expect(reply.status == 200)
            #expect(reply.json["refresh_token"] == nil)
            rehearsal.token = reply.json["access_token"]?.string ?? ""
            #expect(rehearsal.send(.get, "/limits").status == 200)
        }
    }

    @Test func `a wrong assertion is refused with its reason`() throws {
        var rehearsal = Rehearsal()
        rehearsal.mock.settings.credentials[0].publicKey = Self.publicKey
        let end = rehearsal.now / 1000 + 180
        func reason(_ assertion: String) -> String? {
            Self.signIn(&rehearsal, assertion).json["error_description"]?.string
        }
        #expect(reason(try Self.assertion(exp: "\(end)000")) == "expired authorization code")
        #expect(reason(try Self.assertion(exp: "1")) == "expired authorization code")
        #expect(
            reason(try Self.assertion(exp: "\(end)", user: "x@y"))
                == "user hasn't approved this consumer"
        )
        #expect(
            reason(try Self.assertion(exp: "\(end)", audience: "https://evil.example"))
                == "audience is invalid"
        )
        let parts = try Self.assertion(exp: "\(end)").split(separator: ".")
        #expect(reason("\(parts[0]).\(parts[1]).AAAA") == "invalid assertion")
        #expect(reason("nonsense") == "invalid assertion")
    }

    @Test func `who a token belongs to is told in three ways`() {
        var rehearsal = Rehearsal()
        let bearer = HTTPHeader("Authorization", "Bearer \(rehearsal.token)")
        let request = HTTPRequest(method: .get, url: Self.base + "/userinfo", headers: [bearer])
        let info = Answer(rehearsal.mock.handle(request, at: rehearsal.now))
        #expect(info.json["preferred_username"]?.string == "integration.user@example.invalid")
        #expect(info.json["given_name"]?.string == "Integration")
        #expect(info.json["family_name"]?.string == "User")
        #expect(info.json["photos"]?["picture"]?.string == info.json["picture"]?.string)
        #expect(info.json["address"]?.kind == .object)
        #expect(info.json["updated_at"]?.string != nil)
        let id = info.json["sub"]?.string ?? ""
        let identity = Answer(
            rehearsal.mock.handle(
                HTTPRequest(method: .get, url: id, headers: [bearer]),
                at: rehearsal.now
            )
        )
        #expect(identity.json["organization_id"]?.string == rehearsal.mock.organizationID)
        #expect(
            identity.json["urls"]?["rest"]?.string
                == "https://acme.my.salesforce.com/services/data/v{version}/"
        )
        func introspect(_ token: String) -> Bool? {
            let body = "token=\(token)&client_id=3MVG9integration&client_secret=integration-secret"
            let request = HTTPRequest(
                method: .post,
                url: Self.base + "/introspect",
                body: Array(body.utf8)
            )
            return Answer(rehearsal.mock.handle(request, at: rehearsal.now)).json["active"]?.boolean
        }
        #expect(introspect(rehearsal.token.replacing("!", with: "%21")) == true)
        #expect(introspect("stale") == false)
    }

    /// Mobile SDK guide, Using Identity URLs.
    @Test func `an identity address takes its token, a version and a language`() {
        var rehearsal = Rehearsal()
        let mock = rehearsal.mock
        let path = "/id/\(mock.organizationID)/\(MockSalesforceCredential.standard.userID)"
        let token = Rehearsal.encode(rehearsal.token)
        func ask(_ query: String, _ accept: String = "*/*") -> Answer {
            let request = HTTPRequest(
                method: .get,
                url: "https://acme.my.salesforce.com\(path)?\(query)",
                headers: [HTTPHeader("Accept", accept)]
            )
            return Answer(rehearsal.mock.handle(request, at: rehearsal.now))
        }
        let urls = ask("oauth_token=\(token)&version=latest").json["urls"]
        #expect(urls?["query"]?.string?.hasSuffix("/services/data/v68.0/query/") == true)
        let older = ask("oauth_token=\(token)&version=55.0").json["urls"]
        #expect(older?["partner"]?.string?.contains("/services/Soap/u/55.0/00D") == true)
        for xml in [
            ask("oauth_token=\(token)&format=xml"), ask("oauth_token=\(token)", "application/xml"),
        ] {
            #expect(xml.header("Content-Type")?.hasPrefix("application/xml") == true)
            #expect(xml.text.contains("<user_type>STANDARD</user_type>"))
            #expect(xml.text.contains("<urls><enterprise>https://"))
        }
        let json = ask("oauth_token=\(token)&format=json", "application/xml")
        #expect(json.json["user_type"]?.string == "STANDARD")
        let script = ask("oauth_token=\(token)&callback=show").text
        #expect(script.hasPrefix("show({\"id\":") && script.hasSuffix("});"))
        #expect(ask("version=latest").status == 403)
        #expect(ask("oauth_token=no").text == "Bad_OAuth_Token")
    }

    @Test func `an app may name itself in the header, and is told when a session ends`() {
        var rehearsal = Rehearsal()
        let pair = Base64.encode(Array("3MVG9integration:integration-secret".utf8))
        let request = HTTPRequest(
            method: .post,
            url: Self.base + "/introspect",
            headers: [HTTPHeader("Authorization", "Basic " + pair)],
            body: Array("token=\(rehearsal.token.replacing("!", with: "%21"))".utf8)
        )
        let reply = Answer(rehearsal.mock.handle(request, at: rehearsal.now))
        #expect(reply.json["active"]?.boolean == true)
        #expect((reply.json["exp"]?.integer ?? 0) > rehearsal.now / 1_000)
    }
}
