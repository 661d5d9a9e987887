package import HTTPTransport
import Signatures
package import SyncCore
import WireJSON

/// Consent and tokens. The login host is the configuration's; the API's own address comes with the
/// token and is read again with each.
extension SalesforceRequests {
    /// Where a person agrees: the web-server flow with PKCE; the reply comes to `redirectURI`.
    ///
    /// It names no scope that the app need not have: one that it lacks is refused (Salesforce Help: remoteaccess_oauth_flow_errors,
    /// `invalid_scope`). The reply tells the identity's address without the scope `id`.
    ///
    /// `verifier`: at least 43 unguessable characters, kept until the code is exchanged (RFC 7636).
    package func authorize(redirectURI: String, state: String, verifier: String) -> String {
        let query = [
            ("response_type", "code"), ("client_id", self.configuration.clientID),
            ("redirect_uri", redirectURI), ("scope", "api refresh_token"), ("state", state),
            ("code_challenge", Base64.encodeForURL(SHA256.digest(verifier.utf8))),
            ("code_challenge_method", "S256"),
        ].map { "\($0)=\(Percent.form($1))" }.joined(separator: "&")
        return self.configuration.loginURL + self.paths.authorize + "?" + query
    }

    /// Exchanges the code of a consent; it works once, for 15 minutes (Salesforce Help:
    /// remoteaccess_oauth_web_server_flow).
    package func token(code: String, redirectURI: String, verifier: String) -> HTTPRequest {
        var fields = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirectURI),
            ("code_verifier", verifier), ("client_id", self.configuration.clientID),
        ]
        if let secret = self.configuration.clientSecret { fields.append(("client_secret", secret)) }
        return self.form(fields, to: self.paths.token)
    }

    /// Signs in for a user that has approved the app, without a person; there is no refresh token
    /// (Salesforce Help: remoteaccess_oauth_jwt_flow).
    package func token(assertion: String) -> HTTPRequest {
        self.form(
            [
                ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
                ("assertion", assertion),
            ],
            to: self.paths.token
        )
    }

    /// The signed claim of `token(assertion:)`, good for three minutes of the five that Salesforce
    /// allows.
    ///
    /// `now`: wall milliseconds; a clock that is wrong by minutes reads as an expired code. The
    /// audience is the login host (`https://login.salesforce.com` or
    /// `https://test.salesforce.com`).
    ///
    /// - Throws: what names the setting, never the key.
    package func assertion(
        username: String,
        privateKey: String,
        at now: Int64
    ) throws(SyncError) -> String {
        var claims = JSONWriter()
        claims.object { claims in
            claims.member("iss", self.configuration.clientID)
            claims.member("sub", username)
            claims.member("aud", self.configuration.loginURL)
            claims.member("exp", now / 1_000 + 180)
        }
        let header = Base64.encodeForURL(Array(#"{"alg":"RS256"}"#.utf8))
        let message = header + "." + Base64.encodeForURL(claims.bytes)
        do {
            let signature = try RS256.sign(Array(message.utf8), privateKey: privateKey)
            return message + "." + Base64.encodeForURL(signature)
        } catch {
            throw SyncError(
                code: .credentials,
                side: .salesforce,
                cause: "The private key of the Salesforce app cannot be used to sign.",
                nextStep: "Put an RSA key in PEM text where the configuration reads it from."
            )
        }
    }

    /// Ends a refresh token and all sessions that it gave (Salesforce Help:
    /// remoteaccess_revoke_token).
    package func revoke(_ token: String) -> HTTPRequest {
        self.form([("token", token)], to: self.paths.revoke)
    }

    /// A form to the login host, which takes no session.
    func form(_ fields: [(String, String)], to path: String) -> HTTPRequest {
        let form = fields.map { "\($0)=\(Percent.form($1))" }.joined(separator: "&")
        return HTTPRequest(
            method: .post,
            url: self.configuration.loginURL + path,
            headers: [HTTPHeader("Content-Type", "application/x-www-form-urlencoded")],
            body: Array(form.utf8)
        )
    }
}
