/// What an account has bought, as far as its limits go (HubSpot: usage guidelines).
package enum MockHubSpotTier: String, Sendable, Hashable, CaseIterable {
    case free
    case professional
    case enterprise
    /// Enterprise with the API limit increase.
    case increased

    /// Requests of a private app per rolling 10 seconds.
    package var burstMax: Int {
        switch self {
        case .free: MockHubSpotApp.freeBurst
        case .professional: MockHubSpotApp.professionalBurst
        case .enterprise: MockHubSpotApp.enterpriseBurst
        case .increased: MockHubSpotApp.increasedBurst
        }
    }

    /// Calls a day of all private apps together.
    package var dailyMax: Int {
        switch self {
        case .free: 250_000
        case .professional: 625_000
        case .enterprise: 1_000_000
        case .increased: 2_000_000
        }
    }
}
