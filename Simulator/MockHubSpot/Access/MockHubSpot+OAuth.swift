import HTTPTransport
import WireJSON

/// The paths below `/oauth`: none needs a token, and nobody pays for them.
extension MockHubSpot {
    private static let oauthVersions: Set<String> = ["v1", "v3", "2025-09", "2026-03", "2026-09"]

    mutating func oauthRoute(
        _ target: HubSpotTarget,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        let path = Array(target.path.dropFirst())
        if path.last == "authorize", path.count <= 2 {
            guard request.method == .get else { return self.wrongVerb(now) }
            return self.authorize(target, now)
        }
        if path == ["v2", "private-apps", "get", "access-token-info"] {
            guard request.method == .post else { return self.wrongVerb(now) }
            return self.staticTokenInfo(request, now)
        }
        guard let version = path.first, Self.oauthVersions.contains(version) else {
            return self.error(404, "resource not found", now: now)
        }
        switch (Array(path.dropFirst()), version == "v1") {
        case (["token"], _), (["token", "introspect"], false), (["token", "revoke"], false):
            guard request.method == .post else { return self.wrongVerb(now) }
            guard let form = OAuthForm(request, query: version == "v1" ? target.query : []) else {
                return self.wrongMediaType(now)
            }
            switch path.last {
            case "introspect": return self.introspect(form, now)
            case "revoke": return self.revoke(form, now)
            default: return self.token(form, isFirstVersion: version == "v1", now)
            }
        case (let rest, true) where rest.count == 2 && rest[0] == "access-tokens":
            guard request.method == .get else { return self.wrongVerb(now) }
            return self.accessTokenInfo(rest[1], now)
        case (let rest, true) where rest.count == 2 && rest[0] == "refresh-tokens":
            switch request.method {
            case .get: return self.refreshTokenInfo(rest[1], now)
            case .delete:
                guard self.grant(rest[1]) != nil else { return self.noToken("refresh", now) }
                self.forget(rest[1])
                return HTTPResponse(status: 204)
            case .post, .put, .patch: return self.wrongVerb(now)
            }
        default: return self.error(404, "resource not found", now: now)
        }
    }

    // MARK: - Consent

    /// `GET /oauth/authorize`, as if an administrator had chosen the account and agreed at once.
    ///
    /// HubSpot shows a page where the request is not valid; here its text comes as an error.
    private mutating func authorize(_ target: HubSpotTarget, _ now: Int64) -> HTTPResponse {
        let clientID = target.parameter("client_id")
        let place = self.settings.apps.firstIndex { app in
            guard case .oauth(let id, _, _) = app.credential else { return false }
            return id == clientID
        }
        guard let place else {
            return self.tokenError("BAD_CLIENT_ID", "An invalid app client_id was provided.", now)
        }
        let app = self.settings.apps[place]
        let redirect = target.parameter("redirect_uri") ?? ""
        guard app.redirectURIs.contains(redirect) else {
            return self.tokenError(
                "BAD_REDIRECT_URI",
                "Authorization failed as the redirect URL '\(redirect)' doesn't match the app's "
                    + "registered redirect URL",
                now
            )
        }
        let wanted = Self.words(target.parameter("scope"))
        guard !wanted.isEmpty else {
            return self.tokenError("BAD_SCOPES", "missing or invalid scope parameter", now)
        }
        guard wanted.allSatisfy({ app.scopes?.contains($0) ?? true }) else {
            let text = "Authorization failed because there is a scope mismatch between the "
            return self.tokenError("BAD_SCOPES", text + "install URL and the app", now)
        }
        let challenge = target.parameter("code_challenge")
        guard challenge == nil || target.parameter("code_challenge_method") == "S256" else {
            return self.tokenError("BAD_CODE_CHALLENGE", "code_challenge_method must be S256", now)
        }
        let state = target.parameter("state").map { "&state=" + HubSpotTarget.encoded($0) } ?? ""
        let joint = redirect.contains("?") ? "&" : "?"
        guard self.settings.consentIsGiven else {
            let refusal = "error=access_denied&error_description=the%20user%20denied%20access"
            return Self.found(at: redirect + joint + refusal + state)
        }
        let optional = Self.words(target.parameter("optional_scope")).filter { scope in
            app.scopes?.contains(scope) ?? true
        }
        var seen = Set<String>()
        let code = "na1-" + self.generator.uuid(at: now)
        self.codes = self.codes.filter { $0.value.expiresAt > now }
        self.codes[code] = AuthorizationCode(
            app: place,
            redirectURI: redirect,
            scopes: (wanted + optional).filter { seen.insert($0).inserted },
            expiresAt: now + self.settings.codeLifetime,
            challenge: challenge
        )
        return Self.found(at: redirect + joint + "code=" + code + state)
    }

    private static func words(_ text: String?) -> [String] {
        (text ?? "").split(separator: " ").map(String.init)
    }

    private static func found(at location: String) -> HTTPResponse {
        HTTPResponse(status: 302, headers: [HTTPHeader("Location", location)])
    }
}
