package import HTTPTransport
package import SyncCore
import WireJSON

/// What the token endpoint granted.
package struct HubSpotTokenReply: Sendable, Hashable {
    package var accessToken: String
    /// HubSpot answers the same one again; another one is stored before anything else is sent
    /// (OpenAPI: Auth/Oauth/Rollouts/279897 promises neither).
    package var refreshToken: String?
    /// Milliseconds; half an hour where the reply does not tell
    /// (docs/developer-tooling/platform/usage-guidelines).
    package var lifetime: Int64
    package var portalID: String?
    package var userID: String?
    /// What was granted; none where the reply does not tell (v1, and apps without scopes).
    package var scopes: [String]

    /// - Throws: why there is no token, by name.
    package init(
        _ response: HTTPResponse,
        _ configuration: HubSpotConfiguration
    ) throws(SyncError) {
        guard (200..<300).contains(response.status) else {
            throw HubSpotFailures.signIn(response, configuration)
        }
        let json = try HubSpotResponses.json(response)
        guard let access = json["access_token"]?.string else { throw HubSpotFailures.malformed() }
        self.accessToken = access
        self.refreshToken = json["refresh_token"]?.string
        // A lifetime that no token has is not added to a clock.
        let seconds = min(max(json["expires_in"]?.integer ?? 1_800, 0), 86_400)
        self.lifetime = seconds * 1_000
        self.portalID = json["hub_id"]?.numberText
        self.userID = json["user_id"]?.numberText
        self.scopes = json["scopes"]?.elements.compactMap(\.string) ?? []
    }
}

extension HubSpotTokenReply: CustomStringConvertible {
    package var description: String { "HubSpotTokenReply(\(self.portalID ?? "no portal"))" }
}
