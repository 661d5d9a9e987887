import HTTPTransport
import Signatures
import WireJSON

/// The JWT bearer flow: an app signs in for a user that has approved it, without a browser.
extension MockSalesforce {
    static let assertionGrant = "urn:ietf:params:oauth:grant-type:jwt-bearer"
    /// An assertion may run out in five minutes at most, plus what clocks differ.
    private static let lifeMax: Int64 = 360_000

    mutating func assertionToken(
        _ assertion: String,
        _ request: HTTPRequest,
        _ target: RequestTarget,
        _ now: Int64
    ) -> HTTPResponse {
        let parts = assertion.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Self.part(parts[0]), let claims = Self.part(parts[1]),
            let signature = Base64.decode(parts[2].utf8), header["alg"]?.string == "RS256"
        else { return Self.oauthError("invalid_grant", "invalid assertion") }
        guard let issuer = claims["iss"]?.string,
            let place = self.settings.credentials.firstIndex(where: { $0.clientID == issuer })
        else {
            return Self.oauthError(
                "invalid_client_id",
                "External client app is not installed in this org"
            )
        }
        let credential = self.settings.credentials[place]
        let hosts = ["https://login.salesforce.com", "https://test.salesforce.com"]
        let origin = Self.origin(request, target)
        let audiences = claims["aud"].map { $0.kind == .array ? $0.elements : [$0] } ?? []
        let isForUs = audiences.contains { audience in
            guard let host = audience.string else { return false }
            return hosts.contains(host) || host == origin || host == self.settings.instanceURL
        }
        guard isForUs else { return Self.oauthError("invalid_grant", "audience is invalid") }
        // Clients send seconds as a number or as text; milliseconds by mistake.
        let text = claims["exp"]?.string ?? claims["exp"]?.numberText ?? ""
        guard let seconds = Double(text), seconds * 1000 > Double(now),
            seconds * 1000 <= Double(now + Self.lifeMax)
        else { return Self.oauthError("invalid_grant", "expired authorization code") }
        guard claims["sub"]?.string == Self.username(credential) else {
            return Self.oauthError("invalid_grant", "user hasn't approved this consumer")
        }
        if let key = credential.publicKey {
            let message = Array("\(parts[0]).\(parts[1])".utf8)
            guard RS256.verifies(signature, of: message, publicKey: key) else {
                return Self.oauthError("invalid_grant", "invalid assertion")
            }
        }
        return self.grant(place, request, target, now, refreshToken: nil, scope: "api id")
    }

    private static func part(_ text: Substring) -> JSON? {
        Base64.decode(text.utf8).flatMap { try? JSON(parsing: $0) }
    }
}
