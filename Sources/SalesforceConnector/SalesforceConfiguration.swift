import Signatures

/// How to reach one Salesforce org.
package struct SalesforceConfiguration: Sendable, Hashable {
    package enum Auth: Sendable, Hashable {
        case refreshToken(String)
        /// Runs as the app's configured user; needs the org's My Domain as login URL
        /// (simple-salesforce 1.12.10, login.py, refuses `login` and `test` for it).
        case clientCredentials
        /// Runs as a user that has approved the app; the key is PEM text, its certificate the
        /// app's.
        case jwtBearer(username: String, privateKey: String)
    }

    package var loginURL: String
    package var clientID: String
    package var clientSecret: String?
    package var auth: Auth
    package var apiVersion: SalesforceVersion
    /// Lets records pass that a duplicate rule would only warn about (REST API:
    /// headers_duplicaterules).
    package var savesDespiteDuplicateAlerts = true
    /// The longest time Salesforce works on a request, in milliseconds (App limits: 10 minutes).
    package var requestTimeMax: Int64 = 600_000

    package init(
        loginURL: String,
        clientID: String,
        clientSecret: String?,
        auth: Auth,
        apiVersion: SalesforceVersion = .pinned
    ) {
        self.loginURL = loginURL
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.auth = auth
        self.apiVersion = apiVersion
    }

    /// What tells these credentials from others, and gives none of them away.
    package var fingerprint: String {
        let text =
            switch self.auth {
            case .refreshToken(let token): "\(self.loginURL)\n\(self.clientID)\n\(token)"
            case .clientCredentials: "\(self.loginURL)\n\(self.clientID)"
            case .jwtBearer(let username, _): "\(self.loginURL)\n\(self.clientID)\n\(username)"
            }
        return SHA256.hex(SHA256.digest(text.utf8))
    }
}

extension SalesforceConfiguration: CustomStringConvertible {
    package var description: String { "SalesforceConfiguration(\(self.loginURL))" }
}

extension SalesforceConfiguration.Auth: CustomStringConvertible {
    /// The kind of grant; never a token or a key.
    package var description: String {
        switch self {
        case .refreshToken: "refresh token"
        case .clientCredentials: "client credentials"
        case .jwtBearer: "JWT bearer"
        }
    }
}
