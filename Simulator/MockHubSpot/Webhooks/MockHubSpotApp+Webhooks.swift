extension MockHubSpotApp {
    /// The secret that requests to the app are signed with.
    package var signingSecret: String {
        switch self.credential {
        case .oauth(_, let secret, _): secret
        // A private app has one as well; the settings name only its token.
        case .staticToken: "secret-\(self.id)"
        }
    }
}
