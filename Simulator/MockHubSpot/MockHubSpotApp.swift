/// An app that may call the API, with its one credential.
package struct MockHubSpotApp: Sendable, Hashable, Codable {
    package enum Credential: Sendable, Hashable, Codable {
        /// A private app's or service key's token; it never expires.
        case staticToken(String)
        /// An app that was installed; its access tokens live half an hour.
        case oauth(clientID: String, clientSecret: String, refreshToken: String)
    }

    package var id: Int64
    package var name: String
    package var credential: Credential
    /// Requests per rolling 10 seconds; search has its own limit.
    package var burstMax: Int
    /// What the account has granted it; `nil` for everything.
    package var scopes: [String]?
    /// Where a consent may lead back to.
    package var redirectURIs: [String]
    /// The object types, by plural name, that the app's user may not view.
    package var hiddenObjects: Set<String> = []
    /// Whether the app's user may change associations; asked from `2026-09` on.
    package var mayEditAssociations = true

    package init(
        id: Int64,
        name: String,
        credential: Credential,
        burstMax: Int,
        scopes: [String]? = nil,
        redirectURIs: [String] = []
    ) {
        self.id = id
        self.name = name
        self.credential = credential
        self.burstMax = burstMax
        self.scopes = scopes
        self.redirectURIs = redirectURIs
    }

    package static let freeBurst = 100
    package static let professionalBurst = 190
    package static let enterpriseBurst = 190
    package static let increasedBurst = 250
    package static let oauthBurst = 110

    /// The private app of a portal that nobody set up otherwise.
    package static let standardStatic = MockHubSpotApp(
        id: 1_160_452,
        name: "Integration (static token)",
        credential: .staticToken("pat-na1-integration"),
        burstMax: professionalBurst
    )

    /// The installed app of a portal that nobody set up otherwise.
    package static let standardOAuth = MockHubSpotApp(
        id: 1_160_453,
        name: "Integration (OAuth)",
        credential: .oauth(
            clientID: "hubspot-client",
            clientSecret: "hubspot-secret",
            refreshToken: "na1-integration"
        ),
        burstMax: oauthBurst,
        redirectURIs: [
            "http://localhost:3000/oauth-callback", "http://localhost:8414/oauth-callback",
        ]
    )

    var isOAuth: Bool {
        switch self.credential {
        case .staticToken: false
        case .oauth: true
        }
    }
}
