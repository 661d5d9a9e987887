import CRMInterface
import SyncCore

/// Looks at the records that writes come from, right before they are sent.
extension ConflictResolver {
    /// What a read by id showed of the records that some writes come from.
    struct SourceLook {
        var entries: [OutboxEntry]
        var syncer: ObjectSyncer
        var pages: [RecordPage]
    }

    /// Reads the records that writes come from, as few calls as the vendor allows.
    func lookAtSources(_ entries: [OutboxEntry]) async throws(SyncError) -> [SourceLook] {
        let groups = Dictionary(grouping: entries) { entry in
            [entry.mapping, entry.target.rawValue, self.sourceObject(entry) ?? ""]
        }
        var looks: [SourceLook] = []
        for (_, group) in groups.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            guard let first = group.first, let syncer = self.syncers[first.mapping],
                let object = self.sourceObject(first),
                let connection = self.connections[first.target.other]
            else { continue }
            for chunk in group.chunked(by: connection.limits.readMax) {
                let reply = try await connection.read(
                    ReadRequest(
                        mapping: syncer.mapping,
                        object: object,
                        ids: chunk.map(\.sourceID),
                        purpose: "guard",
                        priority: chunk.map(\.priority).min() ?? .field
                    )
                )
                looks.append(SourceLook(entries: chunk, syncer: syncer, pages: reply.pages))
            }
        }
        return looks
    }

    /// The object of the record that a write comes from.
    func sourceObject(_ entry: OutboxEntry) -> String? {
        guard let mapping = self.syncers[entry.mapping]?.mapping else { return nil }
        return entry.target == .salesforce
            ? mapping.hubspot.name : mapping.salesforceObject(ofID: entry.sourceID)
    }
}
