package import CRMInterface
import HTTPTransport
package import SyncCore

/// What the token may do.
extension HubSpotConnection {
    /// The scopes of a static token, or of the consent that OAuth's tokens stand on.
    ///
    /// One call that HubSpot does not bill.
    package func rights() async throws(SyncError) -> AccessRights {
        let request: HTTPRequest
        switch self.configuration.auth {
        case .token(let token): request = self.requests.staticToken(token)
        case .oauth(let id, let secret, _):
            let token: String
            do {
                token = try await self.accessToken(replacing: nil)
            } catch {
                throw HubSpotFailures.error(error)
            }
            request = self.requests.introspect(id: id, secret: secret, accessToken: token)
        }
        var reply = try await self.send(
            request,
            CallDescription(
                endpoint: "tokenInfo",
                purpose: "schema",
                cost: 0,
                window: .token,
                priority: .manual
            )
        )
        var rights = AccessRights()
        rights.scopes = try HubSpotResponses.scopes(
            try HubSpotResponses.json(taking: &reply.response)
        )
        return rights
    }
}
