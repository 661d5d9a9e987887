/// A rotated refresh token with the configured one it descends from.
///
/// When the operator configures another token, the stored one no longer applies.
package struct StoredCredential: Sendable, Hashable {
    /// The refresh token in the configuration when the first rotation happened.
    package var configured: String
    package var refreshToken: String

    package init(configured: String, refreshToken: String) {
        self.configured = configured
        self.refreshToken = refreshToken
    }
}

extension StoredCredential: CustomStringConvertible {
    package var description: String { "StoredCredential" }
}
