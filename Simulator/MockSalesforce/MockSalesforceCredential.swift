/// One integration user and the external client app it signs in with.
package struct MockSalesforceCredential: Sendable, Hashable {
    package var clientID: String
    package var clientSecret: String
    package var refreshToken: String
    /// The 18-character id of the user that the app runs as.
    package var userID: String
    package var name: String

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
