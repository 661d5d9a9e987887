import Signatures

/// How to reach one HubSpot portal.
package struct HubSpotConfiguration: Sendable, Hashable {
    package enum Auth: Sendable, Hashable {
        /// A Service Key or a private app's token: no expiry
        /// (docs/apps/legacy-apps/private-apps/overview).
        case token(String)
        case oauth(clientID: String, clientSecret: String, refreshToken: String)
    }

    /// One host serves every portal and version (docs/api-reference/latest/overview).
    package var baseURL: String
    package var auth: Auth
    package var apiVersion: HubSpotVersion
    /// The longest time HubSpot works on a request, in milliseconds; not documented, so ample.
    package var requestTimeMax: Int64 = 120_000

    package init(
        baseURL: String = "https://api.hubapi.com",
        auth: Auth,
        apiVersion: HubSpotVersion = .pinned
    ) {
        self.baseURL = baseURL
        self.auth = auth
        self.apiVersion = apiVersion
    }

    /// What tells these credentials from others, and gives none of them away.
    package var fingerprint: String {
        let text =
            switch self.auth {
            case .token(let token): "\(self.baseURL)\n\(token)"
            case .oauth(let id, _, let refresh): "\(self.baseURL)\n\(id)\n\(refresh)"
            }
        return SHA256.hex(SHA256.digest(text.utf8))
    }
}

extension HubSpotConfiguration: CustomStringConvertible {
    package var description: String { "HubSpotConfiguration(\(self.baseURL))" }
}

extension HubSpotConfiguration.Auth: CustomStringConvertible {
    /// The kind of credential; never a token or a secret.
    package var description: String {
        switch self {
        case .token: "token"
        case .oauth: "OAuth"
        }
    }
}
