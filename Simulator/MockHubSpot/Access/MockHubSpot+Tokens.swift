import HTTPTransport
import WireJSON

/// Giving tokens, and taking them back.
extension MockHubSpot {
    /// `POST /oauth/…/token`: three grants.
    mutating func token(
        _ form: OAuthForm,
        isFirstVersion: Bool,
        _ now: Int64
    ) -> HTTPResponse {
        let grants = ["authorization_code", "refresh_token", "client_credentials"]
        guard let grant = form["grant_type"], grants.contains(grant) else {
            return self.tokenError("BAD_GRANT_TYPE", "missing or unknown grant type", now)
        }
        let app: Int
        switch self.client(form, now) {
        case .success(let place): app = place
        case .failure(let refusal): return refusal.response
        }
        switch grant {
        case "authorization_code": return self.exchange(form, app, isFirstVersion, now)
        case "client_credentials": return self.ownToken(form, app, now)
        default:
            guard let refresh = form["refresh_token"], let grant = self.grant(refresh),
                grant.app == app
            else {
                let text = "missing or invalid refresh token"
                return self.tokenError("BAD_REFRESH_TOKEN", text, now)
            }
            return self.accessToken(refresh, grant, isFirstVersion, now)
        }
    }

    /// The app whose id and secret a form holds.
    func app(_ form: OAuthForm) -> (place: Int, isTrusted: Bool)? {
        for (place, app) in self.settings.apps.enumerated() {
            guard case .oauth(let id, let secret, _) = app.credential, form["client_id"] == id
            else { continue }
            return (place, form["client_secret"] == secret)
        }
        return nil
    }

    mutating func client(_ form: OAuthForm, _ now: Int64) -> Result<Int, AccessRefusal> {
        guard let app = self.app(form) else {
            let text = "missing or unknown client id"
            return .failure(AccessRefusal(response: self.tokenError("BAD_CLIENT_ID", text, now)))
        }
        guard app.isTrusted else {
            let text = "missing or invalid client secret"
            let response = self.tokenError("BAD_CLIENT_SECRET", text, now)
            return .failure(AccessRefusal(response: response))
        }
        return .success(app.place)
    }

    private mutating func exchange(
        _ form: OAuthForm,
        _ app: Int,
        _ isFirstVersion: Bool,
        _ now: Int64
    ) -> HTTPResponse {
        guard let name = form["code"], let code = self.codes[name], code.app == app,
            code.expiresAt > now
        else {
            return self.tokenError("BAD_AUTH_CODE", "missing or unknown auth code", now)
        }
        guard form["redirect_uri"] == code.redirectURI else {
            return self.tokenError("BAD_REDIRECT_URI", "missing or invalid redirect URI", now)
        }
        // A code is spent by its first use, also by one with the wrong verifier.
        self.codes[name] = nil
        guard code.isAnswered(by: form["code_verifier"]) else {
            return self.tokenError("BAD_AUTH_CODE", "missing or invalid code verifier", now)
        }
        let refresh = "na1-" + self.generator.uuid(at: now)
        let grant = RefreshGrant(app: app, scopes: code.scopes)
        self.refreshGrants[refresh] = grant
        return self.accessToken(refresh, grant, isFirstVersion, now)
    }

    private mutating func accessToken(
        _ refresh: String,
        _ grant: RefreshGrant,
        _ isFirstVersion: Bool,
        _ now: Int64
    ) -> HTTPResponse {
        let access = "C" + self.generator.hex(40)
        let user = self.settings.owners.first?.userID
        self.tokens[access] = AccessSession(
            app: grant.app,
            expiresAt: now + self.settings.tokenLifetime,
            scopes: grant.scopes,
            userID: user
        )
        let seconds = self.settings.tokenLifetime / 1_000
        var writer = JSONWriter()
        writer.object { root in
            guard !isFirstVersion else {
                root.member("token_type", "bearer")
                root.member("refresh_token", refresh)
                root.member("access_token", access)
                root.member("expires_in", seconds)
                return
            }
            root.member("token_use", "access_token")
            root.member("token_type", "bearer")
            root.member("access_token", access)
            root.member("refresh_token", refresh)
            root.member("expires_in", seconds)
            root.member("hub_id", self.settings.portalID)
            // An app that declares no scopes is answered as it always was.
            guard let scopes = grant.scopes else { return }
            if let user { root.member("user_id", user) }
            Self.write("scopes", scopes, into: &root)
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    /// The app's own token, which no account belongs to: for the webhooks journal.
    private mutating func ownToken(_ form: OAuthForm, _ app: Int, _ now: Int64) -> HTTPResponse {
        let wanted = form.scopes("scope")
        guard wanted.allSatisfy({ self.settings.apps[app].scopes?.contains($0) ?? true }) else {
            return self.tokenError("BAD_SCOPES", "missing or invalid scope parameter", now)
        }
        let access = "C" + self.generator.hex(40)
        self.tokens[access] = AccessSession(
            app: app,
            expiresAt: now + self.settings.tokenLifetime,
            scopes: wanted,
            isAppLevel: true
        )
        var writer = JSONWriter()
        writer.object { root in
            root.member("token_use", "client_credentials")
            root.member("token_type", "bearer")
            root.member("access_token", access)
            root.member("expires_in", self.settings.tokenLifetime / 1_000)
            Self.write("scopes", wanted, into: &root)
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    // MARK: - Refresh tokens

    /// What a refresh token stands for: the one of the settings or one that a code was changed for.
    func grant(_ token: String) -> RefreshGrant? {
        guard !self.revokedTokens.contains(token) else { return nil }
        for (place, app) in self.settings.apps.enumerated() {
            guard case .oauth(_, _, token) = app.credential else { continue }
            return RefreshGrant(app: place, scopes: app.scopes)
        }
        return self.refreshGrants[token]
    }

    /// Access tokens that it gave stay valid (HubSpot: OAuth tokens).
    mutating func forget(_ token: String) {
        if self.refreshGrants.removeValue(forKey: token) == nil {
            self.revokedTokens.insert(token)
        }
    }

    static func write(_ name: String, _ texts: [String], into root: inout JSONWriter) {
        root.name(name)
        root.array { list in for text in texts { list.string(text) } }
    }

    mutating func tokenError(_ status: String, _ message: String, _ now: Int64) -> HTTPResponse {
        let correlation = self.generator.uuid(at: now)
        var writer = JSONWriter()
        writer.object { root in
            root.member("status", status)
            root.member("message", message)
            root.member("correlationId", correlation)
        }
        return HTTPResponse(status: 400, body: writer.bytes)
    }
}
