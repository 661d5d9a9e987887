import CRMInterface
import HTTPTransport
import Foundation
import HubSpotConnector
import SalesforceConnector
package import SyncCore
package import SyncRuntime
package import SyncStore

/// Builds a pair from its configuration: store, transport, limits, sign-in, fields, mappings.
package struct PairBuilder: Sendable {
    package var environment: [String: String]
    package var settings: RuntimeSettings = {
        var settings = RuntimeSettings()
        settings.sweeps = SweepSettings()
        settings.readsNewFields = true
        return settings
    }()
    package var progress: @Sendable (ProgressEvent) -> Void = { _ in }
    /// Work on a private copy of the store, so that nothing but the call ledger is kept.
    package var isPreview = false

    package init(environment: [String: String]) {
        self.environment = environment
        self.settings.sabotage = environment["DUET_SABOTAGE"].flatMap(Sabotage.init(rawValue:))
    }

    /// Opens everything, or says in one sentence what is in the way.
    package func open(configPath: String) async throws -> OpenPair {
        let configuration = try Self.load(configPath)
        let folder = (configPath as NSString).deletingLastPathComponent
        let base = folder.isEmpty ? "." : folder
        let time = LiveTime()
        let real = try Self.openStore(path: Self.storePath(configuration, folder: folder))
        let store = self.isPreview ? try real.copyForPreview() : real
        let transport = CurlTransport(settings: CurlSettings())
        let startedAt = time.wallMilliseconds
        do {
            let parts = try await self.connect(
                configuration,
                base: base,
                store: store,
                transport: transport,
                time: time
            )
            return OpenPair(
                pair: parts.pair,
                store: store,
                accounts: parts.accounts,
                startedAt: startedAt,
                transport: transport,
                notices: VersionNotices.texts(configuration, now: startedAt) + parts.notices,
                advice: CompanyNotices.texts(configuration)
            )
        } catch {
            transport.shutDown()
            store.close()
            throw error
        }
    }

    /// Reads the configuration file, or says where it should be.
    package static func load(_ path: String) throws -> Configuration {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw SyncError(
                code: .configuration,
                cause: "There is no configuration at \(path).",
                nextStep: "Write one with `duet init`, or name yours with `--config`."
            )
        }
        return try ConfigurationReader.read(String(decoding: data, as: UTF8.self), path: path)
    }

    /// Where the store's file is: next to the configuration unless it says otherwise.
    package static func storePath(_ configuration: Configuration, folder: String) -> String {
        guard !configuration.store.hasPrefix("/") else { return configuration.store }
        return (folder.isEmpty ? "." : folder) + "/" + configuration.store
    }

    package static func openStore(path: String) throws(SyncError) -> SQLiteSyncStore {
        let time = LiveTime()
        return try SQLiteSyncStore.open(path: path, now: { time.wallMilliseconds })
    }

    /// Looks at what both accounts say of themselves, before any mapping is compiled.
    package func examine(configPath: String) async throws -> [Check] {
        let configuration = try Self.load(configPath)
        let folder = (configPath as NSString).deletingLastPathComponent
        let time = LiveTime()
        let store = try Self.openStore(path: Self.storePath(configuration, folder: folder))
        defer { store.close() }
        let transport = CurlTransport(settings: CurlSettings())
        defer { transport.shutDown() }
        let ends = try await self.ends(
            configuration,
            base: folder.isEmpty ? "." : folder,
            store: store,
            transport: transport,
            time: time,
            clock: ServerClock(time)
        )
        return await Examination(
            configuration,
            hubspot: ends.hubspot,
            salesforce: ends.salesforce
        ).run(now: time.wallMilliseconds)
    }

    /// Both connections, and what identifies their credentials.
    private struct Ends {
        var hubspot: HubSpotConnection
        var salesforce: SalesforceConnection
        var fingerprints: [Side: String]
    }

    private func ends(
        _ configuration: Configuration,
        base: String,
        store: SQLiteSyncStore,
        transport: CurlTransport,
        time: LiveTime,
        clock: ServerClock
    ) async throws -> Ends {
        let credentials = StoreCredentials(store: store)
        let sequence = SequenceSource()
        let hubspot = try self.hubspotConfiguration(configuration, base)
        let salesforce = try self.salesforceConfiguration(configuration, base)
        return Ends(
            hubspot: HubSpotConnection(
                configuration: hubspot,
                gate: try await self.gate(.hubspot, store, transport, time, sequence, clock),
                credentials: credentials,
                time: time
            ),
            salesforce: SalesforceConnection(
                configuration: salesforce,
                gate: try await self.gate(.salesforce, store, transport, time, sequence, clock),
                credentials: credentials,
                time: time
            ),
            fingerprints: [.hubspot: hubspot.fingerprint, .salesforce: salesforce.fingerprint]
        )
    }

    private func connect(
        _ configuration: Configuration,
        base: String,
        store: SQLiteSyncStore,
        transport: CurlTransport,
        time: LiveTime
    ) async throws -> (pair: Pair, accounts: [Side: StoredAccount], notices: [String]) {
        let clock = ServerClock(time)
        let ends = try await self.ends(
            configuration,
            base: base,
            store: store,
            transport: transport,
            time: time,
            clock: clock
        )
        let connections: [Side: any CRMConnection] = [
            .hubspot: ends.hubspot, .salesforce: ends.salesforce,
        ]
        let identities = AccountCheck(store: store, connections: connections)
        let accounts = try await identities.run(credentials: ends.fingerprints)
        let loader = MappingLoader(store: store, connections: connections, time: time)
        let loaded = try await loader.load(configuration)
        let changes = try await MappingCheck(store: store).run(loaded.mappings)
        var settings = self.settings
        settings.isGuardStrict = configuration.isGuardStrict
        let pair = Pair(
            name: configuration.path,
            mappings: loaded.mappings,
            required: loaded.required,
            connections: connections,
            store: store,
            time: clock,
            settings: settings,
            progress: self.progress
        )
        return (pair, accounts, loaded.notices + changes.map(Words.notice))
    }

    private func gate(
        _ side: Side,
        _ store: any SyncStore,
        _ transport: any HTTPTransport,
        _ time: any TimeSource,
        _ sequence: SequenceSource,
        _ clock: ServerClock
    ) async throws(SyncError) -> RateLimiter {
        RateLimiter(
            side: side,
            transport: transport,
            store: store,
            time: time,
            sequence: sequence,
            limits: try await CallLimits.restored(side: side, store: store, time: time),
            clock: clock,
            progress: self.progress
        )
    }

    private func hubspotConfiguration(
        _ configuration: Configuration,
        _ base: String
    ) throws(SyncError) -> HubSpotConfiguration {
        func read(_ reference: SecretReference, _ name: String) throws(SyncError) -> String {
            try reference.resolve(
                "hubspot \(name)",
                environment: self.environment,
                folder: base
            )
        }
        switch configuration.hubspot.sign {
        case .token(let token):
            return HubSpotConfiguration(
                baseURL: configuration.hubspot.baseURL,
                auth: .token(try read(token, "token")),
                apiVersion: configuration.hubspot.apiVersion
            )
        case .oauth(let id, let secret, let refresh):
            return HubSpotConfiguration(
                baseURL: configuration.hubspot.baseURL,
                auth: .oauth(
                    clientID: try read(id, "clientID"),
                    clientSecret: try read(secret, "clientSecret"),
                    refreshToken: try read(refresh, "refreshToken")
                ),
                apiVersion: configuration.hubspot.apiVersion
            )
        }
    }

    private func salesforceConfiguration(
        _ configuration: Configuration,
        _ base: String
    ) throws(SyncError) -> SalesforceConfiguration {
        func read(_ reference: SecretReference, _ name: String) throws(SyncError) -> String {
            try reference.resolve(
                "salesforce \(name)",
                environment: self.environment,
                folder: base
            )
        }
        let salesforce = configuration.salesforce
        let secret = try salesforce.clientSecret.map { secret throws(SyncError) in
            try read(secret, "clientSecret")
        }
        let refresh = try salesforce.refreshToken.map { token throws(SyncError) in
            try read(token, "refreshToken")
        }
        var auth =
            refresh.map { SalesforceConfiguration.Auth.refreshToken($0) } ?? .clientCredentials
        if let assertion = salesforce.assertion {
            auth = .jwtBearer(
                username: assertion.username,
                privateKey: try read(assertion.privateKey, "privateKey")
            )
        }
        return SalesforceConfiguration(
            loginURL: salesforce.loginURL,
            clientID: try read(salesforce.clientID, "clientID"),
            clientSecret: secret,
            auth: auth,
            apiVersion: salesforce.apiVersion
        )
    }
}
