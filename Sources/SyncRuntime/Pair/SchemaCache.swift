package import CRMInterface
package import HTTPTransport
package import SyncCore
package import SyncStore

/// What the CRMs say of their objects and fields, asked once and kept in the store for a day.
package struct SchemaCache: Sendable {
    private struct Kept<Value: Codable & Sendable>: Codable, Sendable {
        var at: Int64
        var objects: Value
    }

    /// Two of HubSpot's objects, records of which are tied.
    package struct TiePair: Sendable, Hashable, Comparable, Codable {
        package var from: String
        package var to: String

        package init(from: String, to: String) {
            self.from = from
            self.to = to
        }

        package static func < (left: TiePair, right: TiePair) -> Bool {
            (left.from, left.to) < (right.from, right.to)
        }
    }

    private let store: any SyncStore
    private let connections: [Side: any CRMConnection]
    private let time: any TimeSource
    /// Whether everything is asked again, whatever is kept.
    private let asksAnew: Bool

    package init(
        store: any SyncStore,
        connections: [Side: any CRMConnection],
        time: any TimeSource,
        asksAnew: Bool = false
    ) {
        self.store = store
        self.connections = connections
        self.time = time
        self.asksAnew = asksAnew
    }

    package func load(
        hubspot: [String],
        salesforce: [String]
    ) async throws(SyncError) -> (hubspot: [ObjectDescription], salesforce: [ObjectDescription]) {
        (
            try await self.load(hubspot, on: .hubspot),
            try await self.load(salesforce, on: .salesforce)
        )
    }

    private func load(
        _ objects: [String],
        on side: Side
    ) async throws(SyncError) -> [ObjectDescription] {
        let name = Self.name(of: side)
        if let kept: [ObjectDescription] = try await self.kept(name),
            Set(kept.map(\.object)) == Set(objects)
        {
            return kept
        }
        guard let connection = self.connections[side] else { return [] }
        let described = try await connection.describe(objects)
        try await self.keep(described, name)
        return described
    }

    /// The objects that the HubSpot account made itself.
    ///
    /// `names`: each as the configuration has it; where one of them is unknown the account is asked again.
    package func customObjects(
        answering names: [String]
    ) async throws(SyncError) -> [CustomObject] {
        guard !names.isEmpty else { return [] }
        let name = Self.schemas
        if let kept: [CustomObject] = try await self.kept(name),
            names.allSatisfy({ wanted in kept.contains { $0.answers(to: wanted) } })
        {
            return kept
        }
        guard let connection = self.connections[.hubspot] else { return [] }
        let objects = try await connection.customObjects()
        try await self.keep(objects, name)
        return objects
    }

    /// How records of these objects may be tied: a call for each pair.
    package func tieKinds(
        _ pairs: [TiePair]
    ) async throws(SyncError) -> [TiePair: [TieKind]] {
        struct Entry: Codable, Sendable {
            var pair: TiePair
            var kinds: [TieKind]
        }
        let wanted = Set(pairs).sorted()
        guard !wanted.isEmpty else { return [:] }
        let name = "ties.hubspot"
        var entries: [Entry]
        if let kept: [Entry] = try await self.kept(name), kept.map(\.pair) == wanted {
            entries = kept
        } else {
            guard let connection = self.connections[.hubspot] else { return [:] }
            entries = []
            for pair in wanted {
                entries.append(Entry(pair: pair, kinds: try await Self.kinds(pair, connection)))
            }
            try await self.keep(entries, name)
        }
        return Dictionary(entries.map { ($0.pair, $0.kinds) }) { one, _ in one }
    }

    /// None where HubSpot refuses the question: nothing says whether it does for objects that cannot be tied.
    private static func kinds(
        _ pair: TiePair,
        _ connection: any CRMConnection
    ) async throws(SyncError) -> [TieKind] {
        do {
            return try await connection.tieKinds(from: pair.from, to: pair.to)
        } catch  where error.code == .rejected {
            return []
        }
    }

    // MARK: - Keeping

    /// What the account told last of its own objects, however long ago: nobody is asked.
    package static func toldCustomObjects(
        _ store: any SyncStore
    ) async throws(SyncError) -> [CustomObject] {
        let kept: Kept<[CustomObject]>? = try await store.value(Self.schemas)
        return kept?.objects ?? []
    }

    private static let schemas = "schemas.hubspot"

    /// Under what a side's descriptions are kept.
    ///
    /// The number rises with what is read of a field: what was kept before lacks it.
    package static func name(of side: Side) -> String { "describe.2.\(side.rawValue)" }

    private func kept<Value: Codable & Sendable>(_ name: String) async throws(SyncError) -> Value? {
        let now = self.time.wallMilliseconds
        guard !self.asksAnew else { return nil }
        let stored: Kept<Value>? = try await self.store.value(name)
        guard let kept = stored, now - kept.at < Self.ageMax, kept.at <= now else { return nil }
        return kept.objects
    }

    private func keep<Value: Codable & Sendable>(
        _ value: Value,
        _ name: String
    ) async throws(SyncError) {
        let kept = Kept(at: self.time.wallMilliseconds, objects: value)
        try await self.store.setValue(kept, for: name)
    }

    /// A day, in milliseconds.
    private static let ageMax: Int64 = 86_400_000
}
