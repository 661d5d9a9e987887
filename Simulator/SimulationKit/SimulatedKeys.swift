import MockHubSpot
import MockSalesforce

/// What the engine's configuration holds to sign in with, and what it held before.
struct SimulatedKeys: Sendable {
    /// The private app's token.
    var hubspotToken = "pat-na1-integration" { didSet { self.earlier.append(oldValue) } }
    var salesforceToken = MockSalesforceCredential.standard.refreshToken {
        didSet { self.earlier.append(oldValue) }
    }
    private var earlier: [String] = []

    /// What must stand nowhere.
    var secrets: [String] {
        [self.hubspotToken, self.salesforceToken, MockSalesforceCredential.standard.clientSecret]
            + self.earlier
    }
}
