import CRMInterface
import HTTPTransport
import SalesforceConnector
package import SyncCore

/// Signs in at Salesforce and stores what comes of it.
package struct SalesforceConnect: Sendable {
    private let desk: ConnectDesk
    private let host: LoginHost

    package init(_ desk: ConnectDesk, host: LoginHost) {
        self.desk = desk
        self.host = host
    }

    /// By a person's consent in the browser, as the user who is to sync.
    ///
    /// - Returns: what is in the way, and what there is.
    package func withConsent() async throws(SyncError) -> [Check] {
        let callback = ConsentRequest.callback(port: self.desk.port)
        self.say(.consent(callback))
        let id = try self.clientID()
        let secret = try self.optionalSecret()
        let configuration = SalesforceConfiguration(
            loginURL: self.host.url,
            clientID: id,
            clientSecret: secret,
            auth: .refreshToken("")
        )
        let requests = SalesforceRequests(configuration: configuration)
        let given = try await self.desk.code(of: .salesforce) { state, verifier in
            requests.authorize(redirectURI: callback, state: state, verifier: verifier)
        }
        let access = try await self.desk.access()
        let connection = self.connection(configuration, access)
        let token = try await connection.connect(
            code: given.code,
            redirectURI: callback,
            verifier: given.verifier
        )
        guard let token else {
            throw SyncError(
                code: .credentials,
                side: .salesforce,
                cause: "Salesforce gave no refresh token.",
                nextStep:
                    "Give the app the scope \"Perform requests at any time (refresh_token, offline_access)\", then run it "
                    + "again."
            )
        }
        let grant = Connected.Grant.refreshToken(
            clientID: id,
            clientSecret: secret,
            refreshToken: token
        )
        return try await self.keep(grant, connection, access)
    }

    /// As the app's own user; nobody needs to be there.
    package func withClientCredentials() async throws(SyncError) -> [Check] {
        guard self.host.isOrg else {
            throw SyncError(
                code: .usage,
                side: .salesforce,
                cause: "Client credentials are taken at the org's own address alone.",
                nextStep: "Name it (Setup, My Domain), as in --host https://acme.my.salesforce.com."
            )
        }
        self.say(.clientCredentials)
        let id = try self.clientID()
        let secret = try self.clientSecret()
        let configuration = SalesforceConfiguration(
            loginURL: self.host.url,
            clientID: id,
            clientSecret: secret,
            auth: .clientCredentials
        )
        let access = try await self.desk.access()
        return try await self.keep(
            .clientCredentials(clientID: id, clientSecret: secret),
            self.connection(configuration, access),
            access
        )
    }

    /// As a user who has approved the app, by the key of the app's certificate.
    package func withKey(username: String, keyFile: String) async throws(SyncError) -> [Check] {
        self.say(.signed)
        guard let key = PrivateFile.read(keyFile) else {
            throw SyncError(
                code: .usage,
                side: .salesforce,
                cause: "The key file \(keyFile) cannot be read.",
                nextStep: "Name the private key of the app's certificate with --key-file."
            )
        }
        let id = try self.clientID()
        let configuration = SalesforceConfiguration(
            loginURL: self.host.url,
            clientID: id,
            clientSecret: nil,
            auth: .jwtBearer(username: username, privateKey: key)
        )
        let access = try await self.desk.access()
        return try await self.keep(
            .signed(clientID: id, username: username, privateKey: key),
            self.connection(configuration, access),
            access
        )
    }

    private func keep(
        _ grant: Connected.Grant,
        _ connection: SalesforceConnection,
        _ access: ConnectAccess
    ) async throws(SyncError) -> [Check] {
        let connected = Connected(
            host: self.host.url,
            grant: grant,
            connectedAt: self.desk.time.wallMilliseconds
        )
        try await self.desk.keep(connected, of: .salesforce, known: access.known) {
            () async throws(SyncError) -> AccountIdentity in try await connection.account()
        }
        return await Examination(
            self.desk.configuration,
            hubspot: nil,
            salesforce: connection
        ).run(now: self.desk.time.wallMilliseconds)
    }

    private func connection(
        _ configuration: SalesforceConfiguration,
        _ access: ConnectAccess
    ) -> SalesforceConnection {
        SalesforceConnection(
            configuration: configuration,
            gate: access.gate,
            credentials: access.credentials,
            time: self.desk.time
        )
    }

    private func say(_ way: SalesforceSteps.Way) {
        self.desk.dialog.say(SalesforceSteps.text(way, at: self.host))
    }

    private func clientID() throws(SyncError) -> String {
        try self.desk.value(
            "SALESFORCE_CLIENT_ID",
            "Consumer key",
            isSecret: false,
            of: .salesforce
        )
    }

    private func clientSecret() throws(SyncError) -> String {
        try self.desk.value(
            "SALESFORCE_CLIENT_SECRET",
            "Consumer secret",
            isSecret: true,
            of: .salesforce
        )
    }

    /// An app may let people sign in with PKCE alone.
    private func optionalSecret() throws(SyncError) -> String? {
        let secret = try self.desk.value(
            "SALESFORCE_CLIENT_SECRET",
            "Consumer secret (empty where the app needs none)",
            isSecret: true,
            mayBeEmpty: true,
            of: .salesforce
        )
        return secret.isEmpty ? nil : secret
    }
}
