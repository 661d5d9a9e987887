/// What `duet connect` stored of one CRM: how to sign in there, and where that leads.
package struct Connected: Sendable, Hashable, Codable {
    package enum Grant: Sendable, Hashable, Codable {
        /// A Service Key of HubSpot's, or an app's static token.
        case token(String)
        case refreshToken(clientID: String, clientSecret: String?, refreshToken: String)
        case clientCredentials(clientID: String, clientSecret: String)
        /// The JWT bearer flow.
        case signed(clientID: String, username: String, privateKey: String)
    }

    /// HubSpot's API, Salesforce's log-in host.
    package var host: String
    package var grant: Grant
    /// The portal's or org's id; `nil` until it was asked.
    package var account: String?
    /// Wall milliseconds.
    package var connectedAt: Int64

    package init(host: String, grant: Grant, connectedAt: Int64) {
        self.host = host
        self.grant = grant
        self.connectedAt = connectedAt
    }
}

extension Connected: CustomStringConvertible {
    package var description: String { "Connected(\(self.host))" }
}

extension Connected.Grant: CustomStringConvertible {
    /// The kind of grant; never a token, secret or key.
    package var description: String {
        switch self {
        case .token: "Service Key or static token"
        case .refreshToken: "OAuth"
        case .clientCredentials: "client credentials"
        case .signed: "JWT bearer"
        }
    }
}
