import CRMInterface
import SyncCore
import SyncStore

extension ConflictResolver {
    /// What is read of what is parked: all of it, but for the mutant that forgets whose parent was linked.
    func left(of parked: [ParkedRecord]) async throws(SyncError) -> [ParkedRecord] {
        let woken = parked.filter { $0.cause == .parent }
        guard self.settings.sabotage == .losesWoken, !woken.isEmpty else { return parked }
        _ = try await self.store.commit(PageCommit(records: [RecordCommit(unpark: woken)]))
        return parked.filter { $0.cause != .parent }
    }

    /// Looks at the records to which entries clear a reference.
    ///
    /// Who is deleted leaves a blank behind that nobody has chosen: its children keep what the other CRM says.
    /// A feed tells of a delete long after it tells of the blank. Who was restored meanwhile looks as if it had never
    /// been away: then the blank itself is gone (`family` 9007), and the children are looked at after their parents.
    ///
    /// - Returns: the entries that may be sent; the others are decided again.
    func confirmParents(_ entries: [OutboxEntry]) async throws(SyncError) -> [OutboxEntry] {
        let clearing = entries.filter { self.clears($0) }
        guard !clearing.isEmpty, self.settings.sabotage != .clearsForDeleted else {
            return entries
        }
        let parents = try await self.cleared(clearing)
        guard !parents.isEmpty else { return entries }
        let gone = try await self.gone(Set(parents.values.joined()))
        let orphans = clearing.filter { !gone.isDisjoint(with: parents[$0.id] ?? []) }
        for entry in orphans { await self.syncers[entry.mapping]?.note(gone: gone) }
        let others = clearing.filter { gone.isDisjoint(with: parents[$0.id] ?? []) }
        let stopped = orphans + (try await self.noLongerBlank(others))
        guard !stopped.isEmpty else { return entries }
        try await self.decideAgain(stopped)
        let left = Set(stopped.map(\.id))
        return entries.filter { !left.contains($0.id) }
    }

    /// Looks at the records that both sides have named and name no more: what looks like an agreement may be what
    /// a deleted one left behind (`family` 269).
    ///
    /// `rows`: those of a side; the other side's were read for the same decision.
    func lookAtFormer(
        _ rows: [RecordRow],
        on side: Side,
        _ syncer: ObjectSyncer
    ) async throws(SyncError) {
        let fields = syncer.mapping.references
        guard !fields.isEmpty, self.settings.sabotage != .clearsForDeleted else { return }
        let loaded = try await self.store.load(
            mapping: syncer.mapping.name,
            side: side,
            ids: rows.map(\.id)
        )
        let links = Dictionary(loaded.map { ($0.remoteID, $0.link) }) { one, _ in one }
        var former: Set<References.Record> = []
        for row in rows {
            guard let link = links[row.id] ?? nil,
                let other = await syncer.heldRow(link.recordID(on: side.other))
            else { continue }
            let (mine, theirs) = (row.values.values, other.values.values)
            for field in fields where mine[field.index].isBlank && theirs[field.index].isBlank {
                for side in Side.allCases {
                    guard let base = link.base(on: side)?.values,
                        let parent = field.referred(base[field.index], on: side)
                    else { continue }
                    former.insert(parent)
                }
            }
        }
        guard !former.isEmpty else { return }
        await syncer.note(gone: try await self.gone(former))
    }

    /// Of writes that clear references those whose own record names somebody again where it named nobody.
    private func noLongerBlank(
        _ entries: [OutboxEntry]
    ) async throws(SyncError) -> [OutboxEntry] {
        let blanking = entries.filter { !self.blanks($0).isEmpty }
        return try await self.lookAtSources(blanking).flatMap { look in
            let rows = look.pages.flatMap(\.rows).filter { $0.fate == .live }
            let byID = Dictionary(rows.map { ($0.id, $0) }) { one, _ in one }
            return look.entries.filter { entry in
                guard let row = byID[entry.sourceID] else { return false }
                let (shown, fields) = (row.values.values, look.syncer.mapping.fields)
                return self.blanks(entry).contains { index in
                    // What nobody told may be there.
                    guard row.ties == .told || !fields[index].isTied else { return true }
                    return !shown[index].isBlank && shown[index] != .unread
                }
            }
        }
    }

    /// The references that a write clears because its own record names nobody there: what is cleared for another
    /// reason, as what may not stand beside a lead, was no blank.
    private func blanks(_ entry: OutboxEntry) -> [Int] {
        guard let mapping = self.syncers[entry.mapping]?.mapping,
            let seen = entry.observed(on: entry.target.other)?.values.values
        else { return [] }
        return entry.fields.filter { $0.value.isEmpty }.map(\.index).filter { index in
            guard case .reference = mapping.fields[index].kind else { return false }
            return seen[index].isBlank
        }
    }

    /// Whether a write takes a linked record away from what it belongs to.
    private func clears(_ entry: OutboxEntry) -> Bool {
        guard entry.kind == .update, let mapping = self.syncers[entry.mapping]?.mapping else {
            return false
        }
        return entry.fields.contains { field in
            guard field.value.isEmpty, case .reference = mapping.fields[field.index].kind else {
                return false
            }
            return true
        }
    }

    /// The records to which writes make their own no longer belong, on the side that they come from, by entry.
    private func cleared(
        _ entries: [OutboxEntry]
    ) async throws(SyncError) -> [Int64: [References.Record]] {
        var parents: [Int64: [References.Record]] = [:]
        for name in Set(entries.map(\.mapping)).sorted() {
            guard let mapping = self.syncers[name]?.mapping else { continue }
            for side in Side.allCases {
                let own = entries.filter { $0.mapping == name && $0.target.other == side }
                let loaded = try await self.store.load(
                    mapping: name,
                    side: side,
                    ids: own.map(\.sourceID)
                )
                let links = Dictionary(loaded.map { ($0.remoteID, $0.link) }) { one, _ in one }
                // What a record named last is in no base where that one had no counterpart.
                let waits = try await self.store.waits(
                    mapping: name,
                    side: side,
                    ids: own.map(\.sourceID)
                )
                for entry in own {
                    guard let base = links[entry.sourceID]??.base(on: side)?.values else {
                        continue
                    }
                    parents[entry.id] =
                        entry.fields.filter { $0.value.isEmpty }.compactMap {
                            mapping.fields[$0.index].referred(base[$0.index], on: side)
                        } + (waits[entry.sourceID] ?? []).filter { $0.mapping != Owners.mapping }
                }
            }
        }
        return parents
    }

    /// Those of the records that are no longer there under their id; what was read is decided about.
    func gone(
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
                let linked = Set(
                    try await self.store.load(mapping: mapping.name, side: first.side, ids: chunk)
                        .filter { $0.link != nil }.map(\.remoteID)
                )
                for var page in reply.pages {
                    living.formUnion(page.rows.filter { $0.fate == .live }.map(\.id))
                    // Who has no counterpart is synced with a change of its own, not for a look.
                    page.rows.removeAll { !linked.contains($0.id) }
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

    /// Ends writes and leaves their records to be decided again.
    ///
    /// One that may still be stored is not ended before it cannot any more: another write of its record would be
    /// undone by it (architecture 5.8). It does not go again meanwhile.
    private func decideAgain(_ entries: [OutboxEntry]) async throws(SyncError) {
        var records: [RecordCommit] = []
        for entry in entries {
            guard let syncer = self.syncers[entry.mapping] else { continue }
            let step = await syncer.step()
            var next = entry
            next.state = .superseded
            if case .wait(let waiting) = step.machine(of: entry.target).looked(entry, .other) {
                next = waiting
            }
            let object = self.sourceObject(entry) ?? syncer.mapping.hubspot.name
            let parked = step.park(
                entry.sourceID,
                object: object,
                on: entry.target.other,
                cause: .parent
            )
            records.append(RecordCommit(entries: [next], park: [parked]))
        }
        _ = try await self.store.commit(PageCommit(records: records))
    }
}
