/// One integration user and the external client app it signs in with.
package struct MockSalesforceCredential: Sendable, Hashable, Codable {
    package var clientID: String
    package var clientSecret: String
    package var refreshToken: String
    /// The 18-character id of the user that the app runs as.
    package var userID: String
    package var name: String
    /// What the user signs in with where no app does it for them.
    package var password = "integration-password"
    /// Follows the password of who comes from an address that the org does not trust.
    package var securityToken = "integrationToken"
    /// Where the web-server flow may send people back to; with none, anywhere.
    package var redirectURIs: [String] = []
    /// The public key of the app's certificate in PEM text; without one no assertion is checked.
    package var publicKey: String?
    /// Whether a code may be redeemed without proof of who asked for it (PKCE).
    package var needsCodeVerifier = false

    package init(
        clientID: String,
        clientSecret: String,
        refreshToken: String,
        userID: String,
        name: String
    ) {
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.refreshToken = refreshToken
        self.userID = userID
        self.name = name
    }

    /// The credential of an org that nobody set up otherwise.
    package static let standard = MockSalesforceCredential(
        clientID: "3MVG9integration",
        clientSecret: "integration-secret",
        refreshToken: "5Aep861integration",
        userID: SalesforceID.make(prefix: "005", number: 1),
        name: "Integration User"
    )
}
