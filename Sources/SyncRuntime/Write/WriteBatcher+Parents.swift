import CRMInterface
import HTTPTransport
import SyncCore
import SyncStore

/// Parents that a write took away before it could give the record another one.
extension WriteBatcher {
    /// The page of a look with the parents that its records had before, where a write without a reply left a blank.
    ///
    /// That blank is our own: it is taken back before anything is decided. A record of which that is not certain is left
    /// out, and looked at later.
    func withParents(
        _ page: RecordPage,
        _ entries: [OutboxEntry],
        _ syncer: ObjectSyncer
    ) async throws(SyncError) -> RecordPage {
        let mapping = syncer.mapping
        let places = Dictionary(page.rows.enumerated().map { ($1.id, $0) }) { one, _ in one }
        let former = try await self.formerValues(of: entries)
        var writes: [(place: Int, index: Int, write: RecordWrite)] = []
        for entry in entries where entry.kind == .update {
            for field in entry.fields where mapping.isParent(mapping.fields[field.index]) {
                guard let place = entry.targetID.flatMap({ places[$0] }),
                    let before = former[entry.id]?.values[field.index], !before.isBlank,
                    !field.value.isEmpty, page.rows[place].fate == .live,
                    page.rows[place].values.values[field.index].isBlank
                else { continue }
                var parent = entry
                (parent.fields, parent.writesKey) = ([field], false)
                var write = self.write(of: parent, mapping: mapping)
                for place in write.fields.indices { write.fields[place].value = before }
                writes.append((place, field.index, write))
            }
        }
        guard !writes.isEmpty else { return page }
        let priority = entries.map(\.priority).min() ?? .field
        let reply = await self.connection.write(
            writes.map(\.write),
            priority: priority,
            hold: .none
        )
        return try await self.taken(page, writes, reply, entries, syncer)
    }

    private func taken(
        _ page: RecordPage,
        _ writes: [(place: Int, index: Int, write: RecordWrite)],
        _ reply: WriteReply,
        _ entries: [OutboxEntry],
        _ syncer: ObjectSyncer
    ) async throws(SyncError) -> RecordPage {
        var page = page
        var open: Set<Int64> = []
        for (place, index, write) in writes {
            switch reply.outcomes[write.entryID] {
            case .confirmed:
                let bytes = write.fields.first?.value.bytes ?? []
                page.rows[place].values = page.rows[place].values.setting([
                    .init(index: index, value: bytes, reason: "")
                ])
            // It is not there any more: the blank is what its going has left.
            case .rejected: continue
            case .unknown, .notStored, nil: open.insert(write.entryID)
            }
        }
        guard !open.isEmpty else { return page }
        let later = entries.filter { open.contains($0.id) }.map { entry in
            var entry = entry
            entry.notBefore = self.time.wallMilliseconds + Self.parentPause
            return entry
        }
        try await syncer.advance(later)
        let left = Set(later.compactMap(\.targetID))
        page.rows.removeAll { left.contains($0.id) }
        return page
    }

    /// After how many milliseconds a parent that could not be given back is given back.
    private static let parentPause: Int64 = 60_000
}
