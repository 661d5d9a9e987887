package import HTTPTransport
import Signatures
import WireJSON

/// Consent and tokens. Tokens come from the API's host under the pinned version; people agree on
/// the host of HubSpot's pages.
extension HubSpotRequests {
    /// Where a person agrees; the reply comes to `redirectURI`.
    ///
    /// `verifier`: at least 43 unguessable characters, kept until the code is exchanged (RFC 7636).
    /// `host`: also regional ones such as `https://app-eu1.hubspot.com` work.
    /// docs/api-reference/auth-oauth-v3/guide; hubspot-api-python, hubspot/utils/oauth.py. Every app has the scope `oauth`,
    /// and a consent that does not name what an app requires is refused (docs/apps/developer-platform/build-apps/authentication/scopes).
    package func authorize(
        clientID: String,
        scopes: [String],
        redirectURI: String,
        state: String,
        verifier: String,
        host: String = "https://app.hubspot.com"
    ) -> String {
        let all = (scopes.contains("oauth") ? [] : ["oauth"]) + scopes
        let query = [
            ("client_id", clientID), ("redirect_uri", redirectURI),
            ("scope", all.joined(separator: " ")), ("state", state),
            ("code_challenge", Base64.encodeForURL(SHA256.digest(verifier.utf8))),
            ("code_challenge_method", "S256"),
        ].map { "\($0)=\(Percent.form($1))" }.joined(separator: "&")
        return host + "/oauth/authorize?" + query
    }

    /// Exchanges the code of a consent; it works once and not for long
    /// (docs/api-reference/2026-03/authentication/oauth-tokens/refresh-oauth-token).
    package func token(
        id: String,
        secret: String,
        code: String,
        redirectURI: String,
        verifier: String
    ) -> HTTPRequest {
        self.form(
            [
                ("grant_type", "authorization_code"), ("client_id", id), ("client_secret", secret),
                ("code", code), ("redirect_uri", redirectURI), ("code_verifier", verifier),
            ],
            to: self.paths.token
        )
    }

    /// What an app may do with a private app's token: its portal, user and scopes.
    ///
    /// docs/apps/legacy-apps/private-apps/overview. It has no dated path.
    package func staticToken(_ token: String) -> HTTPRequest {
        var writer = JSONWriter()
        writer.object { $0.member("tokenKey", token) }
        return self.post("/oauth/v2/private-apps/get/access-token-info", writer.bytes)
    }

    /// What an access token of OAuth's is: its portal, user and scopes
    /// (OpenAPI: Auth/Oauth/Rollouts/279897, introspect).
    package func introspect(id: String, secret: String, accessToken: String) -> HTTPRequest {
        self.form(
            [
                ("client_id", id), ("client_secret", secret), ("token", accessToken),
                ("token_type_hint", "access_token"),
            ],
            to: self.paths.token + "/introspect"
        )
    }

    /// Ends a refresh token; access tokens that it gave live on to their end
    /// (developers.hubspot.com/docs-beta/oauth/tokens; OpenAPI: Auth/Oauth/Rollouts/279897).
    package func revoke(id: String, secret: String, refreshToken: String) -> HTTPRequest {
        self.form(
            [
                ("client_id", id), ("client_secret", secret), ("token", refreshToken),
                ("token_type_hint", "refresh_token"),
            ],
            to: self.paths.token + "/revoke"
        )
    }

    /// A form to the token endpoint, which takes no token.
    func form(_ fields: [(String, String)], to path: String) -> HTTPRequest {
        let form = fields.map { "\($0)=\(Percent.form($1))" }.joined(separator: "&")
        return HTTPRequest(
            method: .post,
            url: self.configuration.baseURL + path,
            headers: [HTTPHeader("Content-Type", "application/x-www-form-urlencoded")],
            body: Array(form.utf8)
        )
    }
}
