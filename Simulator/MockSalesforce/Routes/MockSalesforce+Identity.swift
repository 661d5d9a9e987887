import HTTPTransport
import WireJSON

/// Who a token belongs to.
extension MockSalesforce {
    /// The token may stand in the address; `version`, `format` and `callback` say how to answer.
    func identity(
        _ request: HTTPRequest,
        _ target: RequestTarget,
        _ now: Int64
    ) -> HTTPResponse {
        let named = Self.bearer(request) ?? target.value("oauth_token")
        guard let credential = self.credential(named, now) else { return Self.badToken }
        guard target.path == ["id", self.organizationID, credential.userID] else {
            return RESTReply(RequestFailure.notFound).http()
        }
        let version = target.value("version").map { $0 == "latest" ? Self.latestVersion : $0 }
        let document = self.identity(
            credential,
            self.settings.instanceURL ?? Self.origin(request, target),
            version: version ?? "{version}"
        )
        let accepted = request.header("Accept")?.lowercased() ?? ""
        if target.value("format") == "xml"
            || target.value("format") == nil && accepted.contains("xml")
                && !accepted.contains("json") && !accepted.contains("html")
        {
            var reply = RESTReply(status: 200, body: document.xml)
            reply.contentType = "application/xml;charset=UTF-8"
            return reply.http()
        }
        if let callback = target.value("callback") {
            return Self.script(callback, document.json)
        }
        return RESTReply(status: 200, body: document.json).http()
    }

    private func identity(
        _ credential: MockSalesforceCredential,
        _ origin: String,
        version: String
    ) -> IdentityDocument {
        let (first, last) = Self.names(credential)
        let name = Self.username(credential)
        return IdentityDocument(members: [
            ("id", .text("\(origin)/id/\(self.organizationID)/\(credential.userID)")),
            ("asserted_user", .flag(true)), ("user_id", .text(credential.userID)),
            ("organization_id", .text(self.organizationID)), ("username", .text(name)),
            ("nick_name", .text(name)), ("display_name", .text(credential.name)),
            ("email", .text(name)), ("email_verified", .flag(true)),
            ("first_name", .text(first)), ("last_name", .text(last)), ("timezone", .text("GMT")),
            ("active", .flag(true)), ("user_type", .text("STANDARD")),
            ("language", .text("en_US")), ("locale", .text("en_US")), ("utcOffset", .number(0)),
            ("is_app_installed", .flag(true)),
            (
                "urls",
                .members(
                    Self.urls(origin, self.organizationID, credential.userID, version: version)
                        .map { ($0.name, .text($0.url)) }
                )
            ),
        ])
    }

    /// When the users' own data last changed: the mock's users are as old as its organization.
    private static let userChangedAt: Int64 = 1_577_836_800_000

    /// `/services/oauth2/userinfo`: the same in the words of OpenID Connect.
    func userInfo(_ request: HTTPRequest, _ target: RequestTarget, _ now: Int64) -> HTTPResponse {
        guard let credential = self.credential(Self.bearer(request), now) else {
            return Self.badToken
        }
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
                writer.name("urls")
                writer.object { urls in
                    for (name, url) in Self.urls(origin, self.organizationID, credential.userID) {
                        urls.member(name, url)
                    }
                }
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

    private func credential(_ token: String?, _ now: Int64) -> MockSalesforceCredential? {
        guard let token, let session = self.sessions.session(token),
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

    /// The addresses of the other APIs; `{version}` stands in them where no version was asked for.
    private static func urls(
        _ origin: String,
        _ organization: String,
        _ user: String,
        version: String = "{version}"
    ) -> [(name: String, url: String)] {
        let soap = [("enterprise", "c"), ("metadata", "m"), ("partner", "u")].map { name, letter in
            (name: name, url: "\(origin)/services/Soap/\(letter)/\(version)/\(organization)")
        }
        let rest = "\(origin)/services/data/v\(version)/"
        return soap + [
            ("rest", rest), ("sobjects", rest + "sobjects/"), ("search", rest + "search/"),
            ("query", rest + "query/"), ("recent", rest + "recent/"),
            ("tooling_rest", rest + "tooling/"), ("profile", "\(origin)/\(user)"),
        ]
    }
}
