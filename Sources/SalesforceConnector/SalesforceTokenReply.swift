package import HTTPTransport
package import SyncCore
import WireJSON

/// What the token endpoint granted.
package struct SalesforceTokenReply: Sendable, Hashable {
    package var accessToken: String
    /// There at the first grant and where it was rotated; it is stored before anything else is
    /// sent.
    ///
    /// The old one works no longer then, and a replay of it ends this one too (Salesforce Help:
    /// remoteaccess_oauth_refresh_token_flow).
    package var refreshToken: String?
    /// Where the API is from now on: an org can move between two refreshes (jsforce warns of it).
    package var instanceURL: String
    /// 18 characters; read from the identity address, without a call.
    package var orgID: String?
    /// The user that the app runs as, 18 characters.
    package var userID: String?

    /// - Throws: why there is no token, by name.
    package init(
        _ response: HTTPResponse,
        _ configuration: SalesforceConfiguration
    ) throws(SyncError) {
        guard (200..<300).contains(response.status) else {
            throw SalesforceFailures.signIn(response, configuration)
        }
        let json = try SalesforceResponses.json(response)
        guard let access = json["access_token"]?.string, let url = json["instance_url"]?.string
        else { throw SalesforceFailures.malformed() }
        self.accessToken = access
        self.refreshToken = json["refresh_token"]?.string
        self.instanceURL = url.hasSuffix("/") ? String(url.dropLast()) : url
        // `https://login.salesforce.com/id/00D…/005…`
        let parts = (json["id"]?.string ?? "").split(separator: "/").map(String.init)
        guard let place = parts.lastIndex(of: "id") else { return }
        let ids = parts[(place + 1)...].map(SalesforceID.long)
        self.orgID = ids.first
        self.userID = ids.dropFirst().first
    }
}

extension SalesforceTokenReply: CustomStringConvertible {
    package var description: String { "SalesforceTokenReply(\(self.instanceURL))" }
}
