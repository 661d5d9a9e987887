import HubSpotConnector
import MockHubSpot
import MockSalesforce
import SalesforceConnector

/// What the engine's configuration holds to sign in with, and what it held before.
struct SimulatedKeys: Sendable {
    /// Whether the engine is an installed app of HubSpot's; else it has a private app's token.
    let isInstalled: Bool
    /// The private app's token, or the installed app's refresh token.
    var hubspotToken: String { didSet { self.earlier.append(oldValue) } }
    var salesforceToken = MockSalesforceCredential.standard.refreshToken {
        didSet { self.earlier.append(oldValue) }
    }
    private var earlier: [String] = []

    init(isInstalled: Bool = false) {
        self.isInstalled = isInstalled
        self.hubspotToken =
            isInstalled ? SimulatedSignIn.firstRefreshToken : "pat-na1-integration"
    }

    var hubspotAuth: HubSpotConfiguration.Auth {
        guard self.isInstalled else { return .token(self.hubspotToken) }
        return .oauth(
            clientID: SimulatedSignIn.clientID,
            clientSecret: SimulatedSignIn.clientSecret,
            refreshToken: self.hubspotToken
        )
    }

    var salesforceAuth: SalesforceConfiguration.Auth { .refreshToken(self.salesforceToken) }

    /// What must stand nowhere.
    var secrets: [String] {
        [self.hubspotToken, self.salesforceToken, MockSalesforceCredential.standard.clientSecret]
            + self.earlier + (self.isInstalled ? [SimulatedSignIn.clientSecret] : [])
    }
}
