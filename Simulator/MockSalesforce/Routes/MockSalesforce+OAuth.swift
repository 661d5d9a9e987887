import HTTPTransport
import Signatures
import WireJSON

extension MockSalesforce {
    mutating func token(
        _ request: HTTPRequest,
        _ target: RequestTarget,
        _ now: Int64
    ) -> HTTPResponse {
        if let refusal = self.faults.signInRefusal {
            return Self.oauthError("invalid_grant", refusal.rawValue)
        }
        let form = RequestTarget.form(request.body) + target.query
        func value(_ name: String) -> String? { form.first { $0.name == name }?.value }
        if value("grant_type") == Self.assertionGrant {
            return self.assertionToken(value("assertion") ?? "", request, target, now)
        }
        let basic = request.header("Authorization").flatMap(Self.basic)
        guard let clientID = value("client_id") ?? basic?.user else {
            return Self.oauthError("invalid_client_id", "client identifier invalid")
        }
        guard
            let place = self.settings.credentials.firstIndex(where: { $0.clientID == clientID })
        else { return Self.oauthError("invalid_client_id", "client identifier invalid") }
        let secret = value("client_secret") ?? basic?.password
        let isSecretRight = secret == self.settings.credentials[place].clientSecret
        switch value("grant_type") {
        case "client_credentials":
            guard isSecretRight else {
                return Self.oauthError("invalid_client", "invalid client credentials")
            }
            return self.grant(place, request, target, now, refreshToken: nil, scope: "api")
        case "refresh_token":
            if secret != nil, !isSecretRight {
                return Self.oauthError("invalid_client", "invalid client credentials")
            }
            return self.refresh(value("refresh_token") ?? "", place, request, target, now)
        case "authorization_code":
            if secret != nil, !isSecretRight {
                return Self.oauthError("invalid_client", "invalid client credentials")
            }
            let claim = AuthorizationCode.Claim(
                code: value("code") ?? "",
                redirectURI: value("redirect_uri") ?? "",
                verifier: value("code_verifier")
            )
            return self.redeem(claim, place, request, target, now)
        case "password":
            guard isSecretRight else {
                return Self.oauthError("invalid_client", "invalid client credentials")
            }
            let user = self.credential(
                username: value("username") ?? "",
                password: value("password") ?? ""
            )
            guard user == place else {
                return Self.oauthError("invalid_grant", "authentication failure")
            }
            return self.grant(place, request, target, now, refreshToken: nil, scope: "api id")
        case .some, .none:
            return Self.oauthError("unsupported_grant_type", "grant type not supported")
        }
    }

    private mutating func refresh(
        _ token: String,
        _ place: Int,
        _ request: HTTPRequest,
        _ target: RequestTarget,
        _ now: Int64
    ) -> HTTPResponse {
        let expired = Self.oauthError("invalid_grant", "expired access/refresh token")
        guard let known = self.sessions.refresh(token), known.credential == place else {
            return expired
        }
        switch known.state {
        case .revoked: return expired
        case .used:
            // Replaying a rotated token ends the current one and its sessions as well.
            self.sessions.revokeAll(place)
            return expired
        case .current:
            let next = self.settings.rotatesRefreshTokens ? self.sessions.rotate(token) : nil
            let scope = "refresh_token api id"
            return self.grant(place, request, target, now, refreshToken: next, scope: scope)
        }
    }

    mutating func grant(
        _ place: Int,
        _ request: HTTPRequest,
        _ target: RequestTarget,
        _ now: Int64,
        refreshToken: String?,
        scope: String
    ) -> HTTPResponse {
        let access = self.sessions.open(
            place,
            organizationID: self.organizationID,
            expiresAt: self.settings.sessionLifetime.map { now + $0 }
        )
        let origin = self.settings.instanceURL ?? Self.origin(request, target)
        let credential = self.settings.credentials[place]
        let identity = "\(origin)/id/\(self.organizationID)/\(credential.userID)"
        // Clients check that the reply is the org's: only it and they know the secret.
        let signature = SHA256.hmac(
            key: credential.clientSecret.utf8,
            message: "\(identity)\(now)".utf8
        )
        return RESTReply.json { writer in
            writer.object { writer in
                writer.member("access_token", access)
                if let refreshToken { writer.member("refresh_token", refreshToken) }
                writer.member("signature", Base64.encode(signature))
                writer.member("scope", scope)
                writer.member("instance_url", origin)
                writer.member("id", identity)
                writer.member("token_type", "Bearer")
                writer.member("issued_at", String(now))
            }
        }.http()
    }

    /// The script of a page that asks by its address: a call of the function that it names.
    ///
    /// Revoking OAuth 2.0 Access Tokens (the vendor's blog, 2011): an empty object, or the error.
    mutating func revoke(_ token: String, callback: String) -> HTTPResponse {
        guard Self.isName(callback) else { return Self.badCallback }
        let isDone = self.sessions.revoke(token)
        return Self.script(callback, Array((isDone ? "{}" : #"{"error":"invalid_token"}"#).utf8))
    }

    /// A call of that function with a JSON document; 400 for what is no name of one.
    static func script(_ callback: String, _ json: [UInt8]) -> HTTPResponse {
        guard self.isName(callback) else { return self.badCallback }
        return HTTPResponse(
            status: 200,
            headers: [HTTPHeader("Content-Type", "text/javascript;charset=UTF-8")],
            body: Array((callback + "(").utf8) + json + Array(");".utf8)
        )
    }

    private static var badCallback: HTTPResponse {
        self.oauthError("invalid_request", "invalid callback")
    }

    /// Whether it may name a function of a script, or a member of an object.
    private static func isName(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { "_.$".utf8.contains($0) || SalesforceID.isAlphanumeric($0) }
    }

    /// The token comes in a form or, for GET, in the address.
    mutating func revoke(_ form: [(name: String, value: String)]) -> HTTPResponse {
        let token = form.first { $0.name == "token" }?.value ?? ""
        if self.sessions.revoke(token) { return HTTPResponse(status: 200) }
        return HTTPResponse(
            status: 400,
            headers: [HTTPHeader("Content-Type", "application/x-www-form-urlencoded")],
            body: Array("error=unsupported_token_type&error_description=invalid+token".utf8)
        )
    }

    package static func username(_ credential: MockSalesforceCredential) -> String {
        credential.name.lowercased().split(separator: " ").joined(separator: ".")
            + "@example.invalid"
    }

    static func origin(_ request: HTTPRequest, _ target: RequestTarget) -> String {
        if !target.origin.isEmpty { return target.origin }
        return "http://" + (request.header("Host") ?? "localhost")
    }

    static func oauthError(_ error: String, _ description: String) -> HTTPResponse {
        RESTReply.json(status: 400) { writer in
            writer.object { writer in
                writer.member("error", error)
                writer.member("error_description", description)
            }
        }.http()
    }

    /// User and password of `Authorization: Basic`.
    static func basic(_ header: String) -> (user: String, password: String)? {
        let words = header.split(separator: " ")
        guard words.count == 2, words[0].lowercased() == "basic",
            let bytes = Base64.decode(words[1].utf8)
        else { return nil }
        let parts = String(decoding: bytes, as: UTF8.self)
            .split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        return (String(parts[0]), String(parts[1]))
    }
}
