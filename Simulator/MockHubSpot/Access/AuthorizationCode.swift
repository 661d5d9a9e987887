import Signatures

/// A code that a consent made, until it is exchanged or runs out.
struct AuthorizationCode: Sendable, Codable {
    /// The place of the app among the settings' apps.
    var app: Int
    /// The exchange must name the same one.
    var redirectURI: String
    var scopes: [String]
    var expiresAt: Int64
    /// The `code_challenge` of PKCE by S256, if the client sent one.
    var challenge: String?

    /// Whether a verifier is the one that the challenge was made of (RFC 7636, section 4.6).
    func isAnswered(by verifier: String?) -> Bool {
        guard let challenge = self.challenge else { return true }
        guard let verifier, (43...128).contains(verifier.utf8.count) else { return false }
        return Base64.encodeForURL(SHA256.digest(verifier.utf8)) == challenge
    }
}
