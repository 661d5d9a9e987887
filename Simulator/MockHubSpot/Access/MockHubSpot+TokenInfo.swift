import HTTPTransport
import WireJSON

/// What a token is.
extension MockHubSpot {
    private func clientID(_ app: Int) -> String {
        guard case .oauth(let id, _, _) = self.settings.apps[app].credential else { return "" }
        return id
    }

    private var installer: MockHubSpotOwner? { self.settings.owners.first }

    /// `GET /oauth/v1/access-tokens/{token}`.
    mutating func accessTokenInfo(_ token: String, _ now: Int64) -> HTTPResponse {
        guard let session = self.tokens[token], session.expiresAt > now else {
            return self.noToken("access", now)
        }
        var writer = JSONWriter()
        writer.object { root in
            root.member("token", token)
            if let user = self.installer, !session.isAppLevel { root.member("user", user.email) }
            root.member("hub_domain", self.settings.hubDomain)
            Self.write("scopes", self.shownScopes(session.scopes), into: &root)
            self.writeSigned(session, into: &root)
            root.member("hub_id", self.settings.portalID)
            root.member("app_id", self.settings.apps[session.app].id)
            root.member("expires_in", (session.expiresAt - now) / 1_000)
            root.member("user_id", session.userID ?? 0)
            root.member("token_type", "access")
            root.member("is_private_distribution", false)
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    /// `GET /oauth/v1/refresh-tokens/{token}`.
    mutating func refreshTokenInfo(_ token: String, _ now: Int64) -> HTTPResponse {
        guard let grant = self.grant(token) else { return self.noToken("refresh", now) }
        var writer = JSONWriter()
        writer.object { root in
            root.member("token", token)
            if let user = self.installer { root.member("user", user.email) }
            root.member("hub_domain", self.settings.hubDomain)
            Self.write("scopes", self.shownScopes(grant.scopes), into: &root)
            root.member("hub_id", self.settings.portalID)
            root.member("client_id", self.clientID(grant.app))
            root.member("user_id", self.installer?.userID ?? 0)
            root.member("token_type", "refresh")
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    /// `POST /oauth/…/token/introspect`; a token that is none any more is not active.
    mutating func introspect(_ form: OAuthForm, _ now: Int64) -> HTTPResponse {
        let app: Int
        switch self.client(form, now) {
        case .success(let place): app = place
        case .failure(let refusal): return refusal.response
        }
        let token = form["token"] ?? ""
        var writer = JSONWriter()
        writer.object { root in
            if let session = self.tokens[token], session.app == app, session.expiresAt > now {
                let use = session.isAppLevel ? "client_credentials" : "access_token"
                self.writeHead(use, token, session.app, session.scopes, into: &root)
                root.member("token_type", "bearer")
                root.member("expires_in", (session.expiresAt - now) / 1_000)
                root.member("is_private_distribution", false)
                self.writeSigned(session, into: &root)
            } else if let grant = self.grant(token), grant.app == app {
                self.writeHead("refresh_token", token, grant.app, grant.scopes, into: &root)
                root.member("token_type", "refresh")
            } else {
                root.member("active", false)
            }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    private func writeHead(
        _ use: String,
        _ token: String,
        _ app: Int,
        _ scopes: [String]?,
        into root: inout JSONWriter
    ) {
        root.member("active", true)
        root.member("token_use", use)
        root.member("token", token)
        root.member("client_id", self.clientID(app))
        root.member("app_id", self.settings.apps[app].id)
        root.member("hub_id", self.settings.portalID)
        root.member("hub_domain", self.settings.hubDomain)
        root.member("user_id", self.installer?.userID ?? 0)
        if let user = self.installer { root.member("user", user.email) }
        Self.write("scopes", self.shownScopes(scopes), into: &root)
    }

    /// `POST /oauth/…/token/revoke` takes a refresh token back; of others it says nothing.
    mutating func revoke(_ form: OAuthForm, _ now: Int64) -> HTTPResponse {
        switch self.client(form, now) {
        case .failure(let refusal): return refusal.response
        case .success(let app):
            if let token = form["token"], self.grant(token)?.app == app { self.forget(token) }
            return HTTPResponse(status: 200)
        }
    }

    /// `POST /oauth/v2/private-apps/get/access-token-info`.
    mutating func staticTokenInfo(_ request: HTTPRequest, _ now: Int64) -> HTTPResponse {
        guard let key = Self.body(request)?["tokenKey"]?.string else {
            return self.error(400, "tokenKey is required", category: "VALIDATION_ERROR", now: now)
        }
        let app = self.settings.apps.first { app in
            guard case .staticToken(key) = app.credential else { return false }
            return true
        }
        guard let app else { return self.noToken("access", now) }
        var writer = JSONWriter()
        writer.object { root in
            root.member("userId", self.installer?.userID ?? 0)
            root.member("hubId", self.settings.portalID)
            root.member("appId", app.id)
            Self.write("scopes", self.shownScopes(app.scopes), into: &root)
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    mutating func noToken(_ kind: String, _ now: Int64) -> HTTPResponse {
        self.error(404, "\(kind) token not found", now: now)
    }

    /// An app that declares none has them all.
    private func shownScopes(_ scopes: [String]?) -> [String] { scopes ?? Self.knownScopes }

    private func writeSigned(_ session: AccessSession, into root: inout JSONWriter) {
        root.name("signed_access_token")
        root.object { signed in
            signed.member("expiresAt", session.expiresAt)
            signed.member("scopes", self.shownScopes(session.scopes).joined(separator: ","))
            signed.member("hubId", self.settings.portalID)
            signed.member("userId", session.userID ?? 0)
            signed.member("appId", self.settings.apps[session.app].id)
            signed.member("signature", "")
            signed.member("scopeToScopeGroupPks", "")
            signed.member("newSignature", "")
            signed.member("hublet", self.settings.dataHostingLocation)
            signed.member("trialScopes", "")
            signed.member("trialScopeToScopeGroupPks", "")
            signed.member("isUserLevel", false)
            signed.member("installingUserId", session.userID ?? 0)
            signed.member("isServiceAccount", false)
            signed.member("isPrivateDistribution", false)
        }
    }
}
