import HTTPTransport
import Signatures

/// The web-server flow with PKCE.
extension MockSalesforce {
    /// Codes live a quarter of an hour.
    private static let codeLifetime: Int64 = 900_000

    /// `GET /services/oauth2/authorize`, as if the user had signed in and agreed.
    mutating func authorize(_ target: RequestTarget, _ now: Int64) -> HTTPResponse {
        guard let clientID = target.value("client_id"),
            let place = self.settings.credentials.firstIndex(where: { $0.clientID == clientID })
        else {
            return Self.page("error=invalid_client_id&error_description=client+identifier+invalid")
        }
        let known = self.settings.credentials[place].redirectURIs
        guard let redirect = target.value("redirect_uri"), !redirect.isEmpty,
            redirect.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            known.isEmpty || known.contains(redirect)
        else {
            return Self.page(
                "error=redirect_uri_mismatch"
                    + "&error_description=redirect_uri+must+match+configuration"
            )
        }
        let state = target.value("state").map { "&state=" + Self.encoded($0) } ?? ""
        func back(_ query: String) -> HTTPResponse {
            let mark = redirect.contains("?") ? "&" : "?"
            return HTTPResponse(
                status: 302,
                headers: [HTTPHeader("Location", redirect + mark + query + state)]
            )
        }
        guard target.value("response_type") == "code" else {
            return back(
                "error=unsupported_response_type&error_description=response+type+must+be+code"
            )
        }
        let challenge = target.value("code_challenge")
        guard target.value("code_challenge_method") ?? "S256" == "S256",
            challenge != nil || !self.settings.credentials[place].needsCodeVerifier
        else {
            return back("error=invalid_request&error_description=missing+required+code+challenge")
        }
        let code = self.sessions.add(
            AuthorizationCode(
                credential: place,
                redirectURI: redirect,
                challenge: challenge,
                expiresAt: now + Self.codeLifetime
            ),
            at: now
        )
        return back("code=\(code)")
    }

    /// Exchanges a code for tokens.
    mutating func redeem(
        _ claim: AuthorizationCode.Claim,
        _ place: Int,
        _ request: HTTPRequest,
        _ target: RequestTarget,
        _ now: Int64
    ) -> HTTPResponse {
        guard let known = self.sessions.take(claim.code), known.credential == place else {
            return Self.oauthError("invalid_grant", "invalid authorization code")
        }
        guard now < known.expiresAt else {
            return Self.oauthError("invalid_grant", "expired authorization code")
        }
        guard known.redirectURI == claim.redirectURI else {
            return Self.oauthError(
                "redirect_uri_mismatch",
                "redirect_uri must match configuration"
            )
        }
        if let challenge = known.challenge {
            let digest = SHA256.digest((claim.verifier ?? "").utf8)
            guard Base64.encodeForURL(digest) == challenge else {
                return Self.oauthError("invalid_grant", "invalid code verifier")
            }
        }
        let refresh = self.sessions.addRefresh(place)
        let scope = "refresh_token api id"
        return self.grant(place, request, target, now, refreshToken: refresh, scope: scope)
    }

    /// The login host's own page; people see it, apps do not.
    private static func page(_ text: String) -> HTTPResponse {
        HTTPResponse(
            status: 400,
            headers: [HTTPHeader("Content-Type", "text/html;charset=UTF-8")],
            body: Array("<html><body>\(text)</body></html>".utf8)
        )
    }

    private static func encoded(_ text: String) -> String {
        var encoded = ""
        let digits = Array("0123456789ABCDEF")
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default: encoded += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
        return encoded
    }
}
