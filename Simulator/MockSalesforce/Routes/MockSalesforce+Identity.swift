import HTTPTransport
import WireJSON

/// Who a token belongs to.
extension MockSalesforce {
    func identity(_ request: HTTPRequest, _ path: [String], _ now: Int64) -> HTTPResponse {
        guard let credential = self.credential(request, now) else { return Self.badToken }
        guard path == ["id", self.organizationID, credential.userID] else {
            return RESTReply(RequestFailure.notFound).http()
        }
        let origin = self.settings.instanceURL ?? Self.origin(request, RequestTarget(request.url))
        return RESTReply.json { writer in
            writer.object { writer in
                writer.member("id", "\(origin)/id/\(self.organizationID)/\(credential.userID)")
                writer.member("asserted_user", true)
                writer.member("user_id", credential.userID)
                writer.member("organization_id", self.organizationID)
                writer.member("username", Self.username(credential))
                writer.member("nick_name", Self.username(credential))
                self.writePerson(credential, to: &writer)
                writer.member("active", true)
                writer.member("user_type", "STANDARD")
                writer.member("language", "en_US")
                writer.member("locale", "en_US")
                writer.member("utcOffset", 0)
                writer.member("is_app_installed", true)
                Self.writeURLs(origin, self.organizationID, credential.userID, to: &writer)
            }
        }.http()
    }

    /// When the users' own data last changed: the mock's users are as old as its organization.
    private static let userChangedAt: Int64 = 1_577_836_800_000

    /// `/services/oauth2/userinfo`: the same in the words of OpenID Connect.
    func userInfo(_ request: HTTPRequest, _ target: RequestTarget, _ now: Int64) -> HTTPResponse {
        guard let credential = self.credential(request, now) else { return Self.badToken }
        let origin = self.settings.instanceURL ?? Self.origin(request, target)
        return RESTReply.json { writer in
            writer.object { writer in
                writer.member("sub", "\(origin)/id/\(self.organizationID)/\(credential.userID)")
                writer.member("user_id", credential.userID)
                writer.member("organization_id", self.organizationID)
                writer.member("preferred_username", Self.username(credential))
                writer.member("nickname", Self.username(credential))
                writer.member("name", credential.name)
                writer.member("email", Self.username(credential))
                writer.member("email_verified", true)
                let (first, last) = Self.names(credential)
                writer.member("given_name", first)
                writer.member("family_name", last)
                writer.member("zoneinfo", "GMT")
                let photo = "\(origin)/profilephoto/005"
                writer.name("photos")
                writer.object { photos in
                    photos.member("picture", photo + "/F")
                    photos.member("thumbnail", photo + "/T")
                }
                writer.member("profile", "\(origin)/\(credential.userID)")
                writer.member("picture", photo + "/F")
                writer.name("address")
                writer.object { _ in }
                writer.member("active", true)
                writer.member("user_type", "STANDARD")
                writer.member("language", "en_US")
                writer.member("locale", "en_US")
                writer.member("utcOffset", 0)
                writer.member("updated_at", SalesforceTime.format(Self.userChangedAt))
                writer.member("is_app_installed", true)
                Self.writeURLs(origin, self.organizationID, credential.userID, to: &writer)
            }
        }.http()
    }

    /// `/services/oauth2/introspect` of RFC 7662, for the app that the token was given to.
    func introspect(_ request: HTTPRequest, _ now: Int64) -> HTTPResponse {
        let form = RequestTarget.form(request.body)
        func value(_ name: String) -> String? { form.first { $0.name == name }?.value }
        let basic = request.header("Authorization").flatMap(Self.basic)
        let place = self.settings.credentials.firstIndex { credential in
            credential.clientID == value("client_id") ?? basic?.user
                && credential.clientSecret == value("client_secret") ?? basic?.password
        }
        guard let place else {
            return Self.oauthError("invalid_client", "invalid client credentials")
        }
        let token = value("token") ?? ""
        let session = self.sessions.session(token)
        let isActive = session?.credential == place && session?.isAlive(at: now) == true
        return RESTReply.json { writer in
            writer.object { writer in
                writer.member("active", isActive)
                guard isActive else { return }
                let credential = self.settings.credentials[place]
                writer.member("scope", "api id refresh_token")
                writer.member("client_id", credential.clientID)
                writer.member("username", Self.username(credential))
                writer.member("token_type", "access_token")
                // A session without an end of its own ends two hours after its last use.
                writer.member("exp", (session?.expiresAt ?? now + 7_200_000) / 1000)
            }
        }.http()
    }

    static func openIDConfiguration(_ origin: String) -> HTTPResponse {
        RESTReply.json { writer in
            writer.object { writer in
                writer.member("issuer", origin)
                for name in ["authorize", "token", "revoke", "userinfo", "introspect"] {
                    let key =
                        ["authorize": "authorization", "revoke": "revocation"][name] ?? name
                    writer.member("\(key)_endpoint", "\(origin)/services/oauth2/\(name)")
                }
                writer.name("response_types_supported")
                writer.array { $0.string("code") }
                writer.name("code_challenge_methods_supported")
                writer.array { $0.string("S256") }
            }
        }.http()
    }

    private func credential(
        _ request: HTTPRequest,
        _ now: Int64
    ) -> MockSalesforceCredential? {
        guard let token = Self.bearer(request), let session = self.sessions.session(token),
            session.isAlive(at: now)
        else { return nil }
        return self.settings.credentials[session.credential]
    }

    private static var badToken: HTTPResponse {
        HTTPResponse(
            status: 403,
            headers: [HTTPHeader("Content-Type", "text/html;charset=UTF-8")],
            body: Array("Bad_OAuth_Token".utf8)
        )
    }

    /// First and last name: what stands before the first blank, and the rest.
    private static func names(_ credential: MockSalesforceCredential) -> (String, String) {
        let words = credential.name.split(separator: " ", maxSplits: 1).map(String.init)
        return (words.count > 1 ? words[0] : "", words.last ?? "")
    }

    private func writePerson(
        _ credential: MockSalesforceCredential,
        to writer: inout JSONWriter
    ) {
        let (first, last) = Self.names(credential)
        writer.member("display_name", credential.name)
        writer.member("email", Self.username(credential))
        writer.member("email_verified", true)
        writer.member("first_name", first)
        writer.member("last_name", last)
        writer.member("timezone", "GMT")
    }

    /// The addresses of the other APIs; `{version}` stands in them as it is.
    private static func writeURLs(
        _ origin: String,
        _ organization: String,
        _ user: String,
        to writer: inout JSONWriter
    ) {
        writer.name("urls")
        writer.object { writer in
            for (name, letter) in [("enterprise", "c"), ("metadata", "m"), ("partner", "u")] {
                let url = "\(origin)/services/Soap/\(letter)/{version}/\(organization)"
                writer.member(name, url)
            }
            let rest = "\(origin)/services/data/v{version}/"
            writer.member("rest", rest)
            writer.member("sobjects", rest + "sobjects/")
            writer.member("search", rest + "search/")
            writer.member("query", rest + "query/")
            writer.member("recent", rest + "recent/")
            writer.member("tooling_rest", rest + "tooling/")
            writer.member("profile", "\(origin)/\(user)")
        }
    }
}
