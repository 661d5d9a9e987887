import CRMInterface
import HTTPTransport
import HubSpotConnector
package import SyncCore

/// Signs in at HubSpot, by a Service Key or an app's consent, and stores what comes of it.
package struct HubSpotConnect: Sendable {
    private let desk: ConnectDesk
    /// The API's address; a simulator has another one.
    private let api: String

    package static let usualAPI = "https://api.hubapi.com"

    package init(_ desk: ConnectDesk, api: String = Self.usualAPI) {
        self.desk = desk
        self.api = api
    }

    /// - Returns: what is in the way, and what there is.
    package func withKey() async throws(SyncError) -> [Check] {
        self.desk.dialog.say(Self.keySteps(self.scopes))
        let token = try self.desk.value(
            "HUBSPOT_TOKEN",
            "Service Key",
            isSecret: true,
            of: .hubspot
        )
        guard token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw SyncError(
                code: .usage,
                side: .hubspot,
                cause: "That is no key: it has blanks or characters that no key has.",
                nextStep: "Copy it in HubSpot with Show, then Copy, and paste it again."
            )
        }
        let access = try await self.desk.access()
        return try await self.keep(.token(token), self.connection(.token(token), access), access)
    }

    /// - Returns: what is in the way, and what there is.
    package func withConsent() async throws(SyncError) -> [Check] {
        let callback = ConsentRequest.callback(port: self.desk.port)
        self.desk.dialog.say(Self.appSteps(self.scopes, callback))
        let id = try self.desk.value(
            "HUBSPOT_CLIENT_ID",
            "Client ID",
            isSecret: false,
            of: .hubspot
        )
        let secret = try self.desk.value(
            "HUBSPOT_CLIENT_SECRET",
            "Client secret",
            isSecret: true,
            of: .hubspot
        )
        let auth = HubSpotConfiguration.Auth.oauth(
            clientID: id,
            clientSecret: secret,
            refreshToken: ""
        )
        let requests = HubSpotRequests(
            configuration: HubSpotConfiguration(baseURL: self.api, auth: auth)
        )
        let pages = self.api == Self.usualAPI ? "https://app.hubspot.com" : self.api
        let given = try await self.desk.code(of: .hubspot) { state, verifier in
            requests.authorize(
                clientID: id,
                scopes: self.scopes,
                redirectURI: callback,
                state: state,
                verifier: verifier,
                host: pages
            )
        }
        let access = try await self.desk.access()
        let connection = self.connection(auth, access)
        let token = try await connection.connect(
            code: given.code,
            redirectURI: callback,
            verifier: given.verifier
        )
        guard let token else {
            throw SyncError(
                code: .credentials,
                side: .hubspot,
                cause: "HubSpot gave no refresh token.",
                nextStep: "Run it again."
            )
        }
        let grant = Connected.Grant.refreshToken(
            clientID: id,
            clientSecret: secret,
            refreshToken: token
        )
        return try await self.keep(grant, connection, access)
    }

    private func keep(
        _ grant: Connected.Grant,
        _ connection: HubSpotConnection,
        _ access: ConnectAccess
    ) async throws(SyncError) -> [Check] {
        let connected = Connected(
            host: self.api,
            grant: grant,
            connectedAt: self.desk.time.wallMilliseconds
        )
        try await self.desk.keep(connected, of: .hubspot, known: access.known) {
            () async throws(SyncError) -> AccountIdentity in try await connection.account()
        }
        return await Examination(
            self.desk.configuration,
            hubspot: connection,
            salesforce: nil
        ).run(now: self.desk.time.wallMilliseconds)
    }

    private var scopes: [String] {
        HubSpotScopes.needed(by: self.desk.configuration).map(\.scope)
    }

    private func connection(
        _ auth: HubSpotConfiguration.Auth,
        _ access: ConnectAccess
    ) -> HubSpotConnection {
        HubSpotConnection(
            configuration: HubSpotConfiguration(baseURL: self.api, auth: auth),
            gate: access.gate,
            credentials: access.credentials,
            time: self.desk.time
        )
    }

    // MARK: - Steps

    /// The pages' names: docs/apps/developer-platform/build-apps/authentication/account-service-keys.
    private static func keySteps(_ scopes: [String]) -> String {
        """
        A Service Key of HubSpot's lets Duet in. A super admin makes it once:
          1. Open https://app.hubspot.com, then Development, Keys, Service keys, Create service key.
          2. Call it Duet; under Add new scope choose:
        \(Self.list(scopes))
             (What else you map needs more: `duet doctor` names it then.)
          3. Create it, open it, Show, Copy.
        (With an app of your own instead: duet connect hubspot --oauth)
        """
    }

    private static func appSteps(_ scopes: [String], _ callback: String) -> String {
        """
        An app of your own account lets Duet in. A developer makes it once, from packaging/hubspot or by hand:
          1. Open https://app.hubspot.com, then Development, Projects, and upload packaging/hubspot (hs project upload).
          2. It asks for these scopes:
        \(Self.list(scopes))
          3. Its redirect address is \(callback)
          4. Copy client id and secret from the app's page, Auth.
        """
    }

    private static func list(_ scopes: [String]) -> String {
        scopes.map { "       \($0)" }.joined(separator: "\n")
    }
}
