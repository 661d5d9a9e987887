/// What somebody agreed to in the browser, until the app asks for its tokens.
struct AuthorizationCode: Sendable, Codable {
    /// The place among the settings' credentials.
    var credential: Int
    var redirectURI: String
    /// The unpadded base64url of the verifier's SHA-256 (RFC 7636).
    var challenge: String?
    var expiresAt: Int64

    /// What the app sends to get its tokens.
    struct Claim: Sendable {
        var code: String
        var redirectURI: String
        var verifier: String?
    }
}
