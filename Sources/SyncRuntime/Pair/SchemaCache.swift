package import CRMInterface
import Foundation
package import HTTPTransport
package import SyncCore
package import SyncStore

/// What the CRMs say of their fields, asked once and kept in the store for a day.
package struct SchemaCache: Sendable {
    private struct Kept: Codable {
        var at: Int64
        var objects: [ObjectDescription]
    }

    private let store: any SyncStore
    private let connections: [Side: any CRMConnection]
    private let time: any TimeSource

    package init(
        store: any SyncStore,
        connections: [Side: any CRMConnection],
        time: any TimeSource
    ) {
        self.store = store
        self.connections = connections
        self.time = time
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
        let name = "describe.\(side.rawValue)"
        let now = self.time.wallMilliseconds
        if let text = try await self.store.text(name),
            let kept = try? JSONDecoder().decode(Kept.self, from: Data(text.utf8)),
            now - kept.at < Self.ageMax, kept.at <= now,
            Set(kept.objects.map(\.object)) == Set(objects)
        {
            return kept.objects
        }
        guard let connection = self.connections[side] else { return [] }
        let described = try await connection.describe(objects)
        if let data = try? JSONEncoder().encode(Kept(at: now, objects: described)) {
            try await self.store.setText(String(decoding: data, as: UTF8.self), for: name)
        }
        return described
    }

    /// A day, in milliseconds.
    private static let ageMax: Int64 = 86_400_000
}
