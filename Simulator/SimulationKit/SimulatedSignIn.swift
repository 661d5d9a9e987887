import HTTPTransport
import MockHubSpot
import MockSalesforce
import SyncCore

/// The engine signs in with what ends: as an installed app of HubSpot's, whose access tokens live for
/// minutes, and at Salesforce with refresh tokens that work once.
///
/// What it is given on the way stands in its store, which lives through deaths. A reply with a new refresh
/// token that is lost leaves it with one that has been used: Salesforce takes the next use for a theft,
/// and somebody must connect the app again.
package struct SimulatedSignIn {
    package struct Plan: Sendable, Hashable, Codable {
        /// How long HubSpot's access tokens live, in milliseconds; `nil` where the engine has a private
        /// app's token.
        package var hubspotLifetime: Int64?
        /// Whether each of Salesforce's refresh tokens works once.
        package var rotates: Bool
    }

    static let clientID = "duet-client"
    static let clientSecret = "duet-secret"
    static let firstRefreshToken = "na1-duet"

    static func credential(refreshToken: String) -> MockHubSpotApp.Credential {
        .oauth(
            clientID: Self.clientID,
            clientSecret: Self.clientSecret,
            refreshToken: refreshToken
        )
    }

    /// The engine's app is an installed one, with an installed app's limit; its id stays.
    static func settings(_ settings: MockHubSpotSettings, _ plan: Plan) -> MockHubSpotSettings {
        guard let lifetime = plan.hubspotLifetime, !settings.apps.isEmpty else { return settings }
        var settings = settings
        settings.apps[0].credential = Self.credential(refreshToken: Self.firstRefreshToken)
        settings.apps[0].burstMax = MockHubSpotApp.oauthBurst
        settings.tokenLifetime = lifetime
        return settings
    }

    /// The operator hears why the engine has stopped: where it was for a refresh token that was sent twice,
    /// the app is connected again.
    static func mend(_ pair: SimulatedPair, after error: SyncError) {
        guard error.side == .salesforce, error.code == .credentials else { return }
        let isUnderWay = pair.shut.withLock { doors in
            doors.contains { $0.side == .salesforce && $0.isOfToken && $0.to == nil }
        }
        guard !isUnderWay else { return }
        let token = pair.world.with { state, _ in
            state.salesforce.hasAccess() ? nil : state.salesforce.connect()
        }
        guard let token else { return }
        let now = pair.time.wallMilliseconds
        let refused = pair.frames.withLock { frames in
            frames.last { $0.side == .salesforce && $0.isToken && $0.status == 400 }?.arrivedAt
        }
        pair.shut.withLock {
            var door = ShutDoor(
                side: .salesforce,
                from: refused ?? now,
                to: now,
                words: ["refresh token"]
            )
            door.isOfToken = true
            $0.append(door)
        }
        pair.keys.withLock { $0.salesforceToken = token }
        pair.recorder.probes.hit(.refreshTokenReplayed)
        pair.lines?.withLock { $0.append("\(now) sign-in: the app is connected again") }
    }
}
