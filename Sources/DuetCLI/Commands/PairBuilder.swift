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
        let base = Self.folder(of: configPath)
        let time = LiveTime()
        let real = try Self.openStore(path: Self.storePath(configuration, folder: base))
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

    /// The configuration's folder.
    package static func folder(of path: String) -> String { PrivateFile.folder(of: path) }

    /// The configuration file, or where there is none yet what `duet init` would write for connected accounts.
    package static func loadOrUsual(_ path: String) throws -> Configuration {
        guard !FileManager.default.fileExists(atPath: path) else { return try Self.load(path) }
        return try ConfigurationReader.read(
            ConfigurationTemplate.text(connected: Set(Side.allCases)),
            path: path
        )
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

    /// The store as it is, to look at while another duet may be writing it.
    package static func openForReading(path: String) throws(SyncError) -> SQLiteSyncStore {
        let time = LiveTime()
        let store = try SQLiteSyncStore.openForReading(
            path: path,
            now: { time.wallMilliseconds }
        )
        if let store { return store }
        return try Self.openStore(path: path)
    }

    /// Looks at what both accounts say of themselves, before any mapping is compiled.
    package func examine(configPath: String) async throws -> [Check] {
        try await self.examination(configPath) { await $0.run(now: LiveTime().wallMilliseconds) }
    }

    /// The rights that Salesforce's integration user needs.
    package func permissionSet(configPath: String) async throws -> PermissionSet? {
        try await self.examination(configPath) { try await $0.permissionSet() }
    }

    /// Looks for fields that the accounts lack, and makes them.
    package func makingFields<Result>(
        configPath: String,
        _ body: (FieldMaker) async throws -> Result
    ) async throws -> Result {
        let configuration = try Self.load(configPath)
        return try await self.connected(configuration, configPath) { ends in
            try await body(
                FieldMaker(configuration, hubspot: ends.hubspot, salesforce: ends.salesforce)
            )
        }
    }

    private func examination<Result>(
        _ configPath: String,
        _ body: (Examination) async throws -> Result
    ) async throws -> Result {
        let configuration = try Self.loadOrUsual(configPath)
        return try await self.connected(configuration, configPath) { ends in
            try await body(
                Examination(configuration, hubspot: ends.hubspot, salesforce: ends.salesforce)
            )
        }
    }

    /// Both connections for a while, without mappings.
    private func connected<Result>(
        _ configuration: Configuration,
        _ configPath: String,
        _ body: (Ends) async throws -> Result
    ) async throws -> Result {
        let folder = Self.folder(of: configPath)
        let time = LiveTime()
        let store = try Self.openStore(path: Self.storePath(configuration, folder: folder))
        defer { store.close() }
        let transport = CurlTransport(settings: CurlSettings())
        defer { transport.shutDown() }
        let ends = try await self.ends(
            configuration,
            base: folder,
            store: store,
            transport: transport,
            time: time,
            clock: ServerClock(time)
        )
        return try await body(ends)
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
        let secrets = Secrets(environment: self.environment, base: base)
        let hubspot = try secrets.hubspot(configuration)
        let salesforce = try secrets.salesforce(configuration)
        return Ends(
            hubspot: HubSpotConnection(
                configuration: hubspot,
                gate: try await self.gate(
                    .hubspot,
                    configuration,
                    store,
                    transport,
                    time,
                    sequence,
                    clock
                ),
                credentials: credentials,
                time: time
            ),
            salesforce: SalesforceConnection(
                configuration: salesforce,
                gate: try await self.gate(
                    .salesforce,
                    configuration,
                    store,
                    transport,
                    time,
                    sequence,
                    clock
                ),
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
        let pauses = PauseFile(store: Self.storePath(configuration, folder: base))
        settings.pauses = { pauses.read() }
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

    func gate(
        _ side: Side,
        _ configuration: Configuration,
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
            limits: try await CallLimits.restored(
                side: side,
                store: store,
                time: time,
                budget: configuration.budget(of: side)
            ),
            clock: clock,
            progress: self.progress
        )
    }
}
