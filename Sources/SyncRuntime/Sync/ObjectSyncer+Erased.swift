import SyncCore
import SyncStore

/// People who were erased: their records are recognised before anything of them is stored.
extension ObjectSyncer {
    /// A page without the records of people who were erased, and what is stored of those instead.
    ///
    /// `unpark`: parked ids that the page answers.
    func withoutErased(
        _ page: RecordPage,
        unpark: [ParkedRecord]
    ) async throws(SyncError) -> (page: RecordPage, told: [RecordCommit]) {
        guard !page.rows.isEmpty, try self.knowsErasures(), PeopleFields(self.mapping) != nil
        else { return (page, []) }
        let erased = try await self.erased(page.rows, on: page.side)
        let open = try await self.store.toldErased(mapping: self.mapping.name, side: page.side)
        guard !erased.isEmpty || !open.isEmpty else { return (page, []) }
        let shown = page.rows.map(\.id).filter { erased[$0] != nil || open[$0] != nil }
        let loaded = try await self.loaded(shown, on: page.side)
        let step = self.step()
        var rest = page
        rest.rows = []
        var told: [RecordCommit] = []
        for row in page.rows {
            guard let erasure = erased[row.id], row.fate == .live else {
                // Of what is gone nothing is stored but that it is gone.
                rest.rows.append(row)
                guard let isOfCounterpart = open[row.id] else { continue }
                // Whose counterpart it is that was erased may have found another one.
                let isOver =
                    row.fate != .live || !isOfCounterpart || loaded[row.id]?.link != nil
                if isOver { told.append(step.notErased(row.id, on: page.side)) }
                continue
            }
            let entries = loaded[row.id]?.entries ?? []
            var commit = step.erased(row.id, on: page.side, erasure: erasure, entries: entries)
            // Polls show the newest row again and again: what stays as it was is not stored with each.
            if open[row.id] == false {
                commit.raise = []
            } else {
                var summary = RunSummary()
                summary.findingsRaised = 1
                self.add(summary)
            }
            commit.unpark = unpark.filter { $0.remoteID == row.id }
            if !commit.isEmpty { told.append(commit) }
        }
        return (rest, told)
    }

    /// Whether anybody was erased.
    private func knowsErasures() throws(SyncError) -> Bool {
        guard self.settings.sabotage != .forgetsErasures else { return false }
        return try self.store.hasErasures()
    }

    /// Which of these rows show somebody who was erased, with the erasure's number.
    ///
    /// One look-up for all of them, and none where nobody was erased or the records are no people.
    func erased(
        _ rows: [RecordRow],
        on side: Side
    ) async throws(SyncError) -> [String: Int64] {
        guard !rows.isEmpty, try self.knowsErasures(),
            let fields = PeopleFields(self.mapping)
        else { return [:] }
        let own = rows.map { fields.names(of: $0, on: side) }
        let former = rows.map { row in row.formerIDs.map { PersonName.record($0, side) } }
        let found = try await self.store.erased(Set((own + former).joined()))
        guard !found.isEmpty else { return [:] }
        var erased: [String: Int64] = [:]
        var merged: [String: Int64] = [:]
        for (place, row) in rows.enumerated() {
            if let erasure = own[place].lazy.compactMap({ found[$0] }).first {
                erased[row.id] = erasure
            } else if let erasure = former[place].lazy.compactMap({ found[$0] }).first {
                merged[row.id] = erasure
            }
        }
        guard !merged.isEmpty else { return erased }
        // Whom somebody else's record was merged into long ago is synced as himself.
        let known = try await self.loaded(Array(merged.keys), on: side)
        for (id, erasure) in merged where known[id]?.link == nil { erased[id] = erasure }
        return erased
    }
}
