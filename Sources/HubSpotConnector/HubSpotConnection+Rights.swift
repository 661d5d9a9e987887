package import CRMInterface
import HTTPTransport
package import SyncCore
import WireJSON

/// What the token may do.
extension HubSpotConnection {
    /// What the account says of itself, and the scopes of a static token, or of the consent that OAuth's tokens stand on.
    ///
    /// One call, and one that HubSpot does not bill.
    package func rights() async throws(SyncError) -> AccessRights {
        var rights = AccessRights()
        var account = try await self.send(
            self.requests.account(),
            CallDescription(endpoint: "account", purpose: "schema", priority: .manual)
        )
        rights.usage = DailyUsage(headers: account.response.headers.map { ($0.name, $0.value) })
        rights.clockLead = HTTPDate.serverTime(of: account.response).map {
            $0.milliseconds - self.time.wallMilliseconds
        }
        rights.account = try HubSpotResponses.details(
            try HubSpotResponses.json(taking: &account.response)
        )
        rights.scopes = try await self.scopes()
        return rights
    }

    private func scopes() async throws(SyncError) -> Set<String> {
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
        return try HubSpotResponses.scopes(try HubSpotResponses.json(taking: &reply.response))
    }

    /// The latest time in a property of an object's records, in milliseconds since 1970; `nil` where none has one.
    package func latest(_ property: String, of object: String) async throws(SyncError) -> Int64? {
        var reply = try await self.send(
            self.requests.newest(object, by: property),
            CallDescription(
                endpoint: "search",
                purpose: "schema",
                object: object,
                window: .search,
                priority: .manual
            )
        )
        let json = try HubSpotResponses.json(taking: &reply.response)
        let text = json["results"]?[0]?["properties"]?[property]?.string ?? ""
        return Int64(text) ?? CivilTime.milliseconds(text)
    }
}
