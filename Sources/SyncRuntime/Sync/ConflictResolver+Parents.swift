import CRMInterface
import SyncCore
import SyncStore

extension ConflictResolver {
    /// Looks at the records to which entries clear a reference.
    ///
    /// Who is deleted leaves a blank behind that nobody has chosen: its children keep what the other CRM says.
    /// A feed tells of a delete long after it tells of the blank.
    ///
    /// - Returns: the entries that may be sent; the others are decided again.
    func confirmParents(_ entries: [OutboxEntry]) async throws(SyncError) -> [OutboxEntry] {
        var parents: [Int64: [References.Record]] = [:]
        for entry in entries {
            let cleared = try await self.cleared(entry)
            if !cleared.isEmpty { parents[entry.id] = cleared }
        }
        guard !parents.isEmpty else { return entries }
        let gone = try await self.gone(Set(parents.values.joined()))
        guard !gone.isEmpty else { return entries }
        let stopped = entries.filter { !gone.isDisjoint(with: parents[$0.id] ?? []) }
        for entry in stopped { try await self.decideAgain(entry) }
        let left = Set(stopped.map(\.id))
        return entries.filter { !left.contains($0.id) }
    }

    /// The records that a write makes its own record no longer belong to, on the side that it comes from.
    private func cleared(_ entry: OutboxEntry) async throws(SyncError) -> [References.Record] {
        guard entry.kind == .update, let mapping = self.syncers[entry.mapping]?.mapping else {
            return []
        }
        let blank = mapping.references.filter { field in
            entry.fields.contains { $0.index == field.index && $0.value.isEmpty }
        }
        guard !blank.isEmpty else { return [] }
        let source = entry.target.other
        let loaded = try await self.store.load(
            mapping: entry.mapping,
            side: source,
            ids: [entry.sourceID]
        )
        guard let base = loaded.first?.link?.base(on: source)?.values else { return [] }
        return blank.compactMap { $0.referred(base[$0.index], on: source) }
    }

    /// Those of the records that are no longer there under their id; what was read is decided about.
    private func gone(
        _ records: Set<References.Record>
    ) async throws(SyncError) -> Set<References.Record> {
        var gone: Set<References.Record> = []
        let groups = Dictionary(grouping: records) { record in
            let object = self.syncers[record.mapping]?.mapping.salesforceObject(ofID: record.id)
            return [record.mapping, record.side.rawValue, object ?? ""]
        }
        for (_, group) in groups.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            guard let first = group.first, let syncer = self.syncers[first.mapping],
                let connection = self.connections[first.side]
            else { continue }
            let mapping = syncer.mapping
            for chunk in group.map(\.id).sorted().chunked(by: connection.limits.readMax) {
                let reply = try await connection.read(
                    ReadRequest(
                        mapping: mapping,
                        object: first.side == .hubspot
                            ? mapping.hubspot.name : mapping.salesforceObject(ofID: first.id),
                        ids: chunk,
                        purpose: "guard",
                        priority: .field
                    )
                )
                var living: Set<String> = []
                for page in reply.pages {
                    living.formUnion(page.rows.filter { $0.fate == .live }.map(\.id))
                    _ = try await syncer.receive(page)
                }
                try await syncer.missing(reply.missing, on: first.side, unpark: [])
                for id in chunk where !living.contains(id) {
                    gone.insert(.init(mapping: first.mapping, side: first.side, id: id))
                }
            }
        }
        return gone
    }

    private func decideAgain(_ entry: OutboxEntry) async throws(SyncError) {
        guard let syncer = self.syncers[entry.mapping] else { return }
        let step = await syncer.step()
        var ended = entry
        ended.state = .superseded
        let source = entry.target.other
        let object =
            source == .hubspot
            ? syncer.mapping.hubspot.name : syncer.mapping.salesforceObject(ofID: entry.sourceID)
        let parked = step.park(entry.sourceID, object: object, on: source, cause: .parent)
        let record = RecordCommit(entries: [ended], park: [parked])
        _ = try await self.store.commit(PageCommit(records: [record]))
    }
}
