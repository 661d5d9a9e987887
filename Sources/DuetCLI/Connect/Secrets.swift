import HubSpotConnector
import SalesforceConnector
import SyncCore

/// Finds what a configuration signs in with: what it refers to, or what `duet connect` stored.
package struct Secrets: Sendable {
    private let environment: [String: String]
    /// The configuration's folder.
    private let base: String

    package init(environment: [String: String], base: String) {
        self.environment = environment
        self.base = base
    }

    func hubspot(_ configuration: Configuration) throws(SyncError) -> HubSpotConfiguration {
        let hubspot = configuration.hubspot
        var baseURL = hubspot.baseURL
        let auth: HubSpotConfiguration.Auth
        switch hubspot.sign {
        case .connected:
            let connected = try self.connected(.hubspot)
            baseURL = connected.host
            switch connected.grant {
            case .token(let token): auth = .token(token)
            case .refreshToken(let id, let secret, let token):
                auth = .oauth(clientID: id, clientSecret: secret ?? "", refreshToken: token)
            case .clientCredentials, .signed: throw Self.foreign(.hubspot)
            }
        case .token(let token):
            auth = .token(try self.read(token, "hubspot token"))
        case .oauth(let id, let secret, let refresh):
            auth = .oauth(
                clientID: try self.read(id, "hubspot clientID"),
                clientSecret: try self.read(secret, "hubspot clientSecret"),
                refreshToken: try self.read(refresh, "hubspot refreshToken")
            )
        }
        return HubSpotConfiguration(
            baseURL: baseURL,
            auth: auth,
            apiVersion: hubspot.apiVersion
        )
    }

    func salesforce(_ configuration: Configuration) throws(SyncError) -> SalesforceConfiguration {
        let salesforce = configuration.salesforce
        guard !salesforce.isConnected else {
            return try Self.salesforce(try self.connected(.salesforce), salesforce.apiVersion)
        }
        let secret = try salesforce.clientSecret.map { secret throws(SyncError) in
            try self.read(secret, "salesforce clientSecret")
        }
        let refresh = try salesforce.refreshToken.map { token throws(SyncError) in
            try self.read(token, "salesforce refreshToken")
        }
        var auth =
            refresh.map { SalesforceConfiguration.Auth.refreshToken($0) } ?? .clientCredentials
        if let assertion = salesforce.assertion {
            auth = .jwtBearer(
                username: assertion.username,
                privateKey: try self.read(assertion.privateKey, "salesforce privateKey")
            )
        }
        return SalesforceConfiguration(
            loginURL: salesforce.loginURL,
            clientID: try self.read(salesforce.clientID, "salesforce clientID"),
            clientSecret: secret,
            auth: auth,
            apiVersion: salesforce.apiVersion
        )
    }

    private static func salesforce(
        _ connected: Connected,
        _ version: SalesforceVersion
    ) throws(SyncError) -> SalesforceConfiguration {
        let (id, secret, auth): (String, String?, SalesforceConfiguration.Auth)
        switch connected.grant {
        case .refreshToken(let client, let password, let token):
            (id, secret, auth) = (client, password, .refreshToken(token))
        case .clientCredentials(let client, let password):
            (id, secret, auth) = (client, password, .clientCredentials)
        case .signed(let client, let username, let key):
            (id, secret, auth) = (client, nil, .jwtBearer(username: username, privateKey: key))
        case .token: throw Self.foreign(.salesforce)
        }
        return SalesforceConfiguration(
            loginURL: connected.host,
            clientID: id,
            clientSecret: secret,
            auth: auth,
            apiVersion: version
        )
    }

    private func connected(_ side: Side) throws(SyncError) -> Connected {
        let vault = Vault(base: self.base, environment: self.environment)
        guard let connected = try vault.connected(side) else {
            throw SyncError(
                code: .credentials,
                side: side,
                cause: "\(Words.name(of: side)) is not connected.",
                nextStep: "Run: duet connect \(side.rawValue)"
            )
        }
        return connected
    }

    private static func foreign(_ side: Side) -> SyncError {
        SyncError(
            code: .credentials,
            side: side,
            cause: "What is stored for \(Words.name(of: side)) is no way to sign in there.",
            nextStep: "Connect again: duet connect \(side.rawValue)"
        )
    }

    private func read(_ reference: SecretReference, _ name: String) throws(SyncError) -> String {
        try reference.resolve(name, environment: self.environment, folder: self.base)
    }
}
