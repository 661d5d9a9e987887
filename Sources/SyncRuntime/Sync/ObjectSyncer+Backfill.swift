package import SyncCore
package import SyncStore

extension ObjectSyncer {
    /// The rows of a page that have neither a link nor a write on its way, ready to be staged.
    package func unlinkedRows(of page: RecordPage) async throws(SyncError) -> [StagedRecord] {
        let (page, told) = try await self.withoutErased(page, unpark: [])
        if !told.isEmpty { _ = try await self.store.commit(PageCommit(records: told)) }
        let loaded = try await self.loaded(page.rows.map(\.id), on: page.side)
        // A row whose key names a record that is known may be our own create without a reply: an
        // earlier process sent it, and its outcome is looked up before anything else is made of it.
        let keyed = try await self.loaded(
            page.rows.compactMap(\.counterpartID),
            on: page.side.other
        )
        let step = self.step()
        return page.rows.compactMap { row in
            guard row.fate == .live, loaded[row.id] == nil,
                row.counterpartID.flatMap({ keyed[$0] }) == nil
            else { return nil }
            var keys = step.matchKeys(of: row.values, on: page.side, object: row.object)
            keys.append("id:\(row.id)")
            if let id = row.counterpartID { keys.append("counterpart:\(id)") }
            return StagedRecord(
                mapping: self.mapping.name,
                side: page.side,
                row: self.staged(row),
                matchKeys: keys
            )
        }
    }

    /// Decides about the linked records of a page, where the mapping may include others than when they were seen last.
    package func reconsider(_ page: RecordPage) async throws(SyncError) {
        if let told = self.tellsOfSegment(page) {
            _ = try await self.storing(PageCommit(records: [told]))
        }
        let resting =
            self.mapping.inclusion.isEverything
            ? try await self.store.outsideCount(mapping: self.mapping.name) : 1
        guard resting > 0 else { return }
        let loaded = try await self.loaded(page.rows.map(\.id), on: page.side)
        var linked = page
        linked.rows = page.rows.filter { loaded[$0.id]?.link?.state.isWhole ?? false }
        guard !linked.rows.isEmpty else { return }
        _ = try await self.receive(linked, isWhole: true)
    }

    /// Decides about staged records: a link, a doubt or a create; one transaction.
    ///
    /// `candidates`: staged records of the other side that share a key with one of them.
    /// `twins`: staged records of their own side that share a match value.
    package func backfilled(
        _ staged: [StagedRecord],
        candidates: [StagedRecord],
        twins: [StagedRecord]
    ) async throws(SyncError) {
        guard let side = staged.first?.side else { return }
        let own = try await self.loaded(staged.map(\.row.id), on: side)
        let others = try await self.loaded(candidates.map(\.row.id), on: side.other)
        let step = try await self.step(backfilling: staged, with: candidates)
        let erased = try await self.erased(candidates.map(\.row), on: side.other)
        let index = step.candidateIndex(candidates.map(\.row), on: side.other)
        let groups = StagedGroups(twins)
        var commit = PageCommit()
        commit.relations = self.noting(updates: false)
        var taken = Set<String>()
        for record in staged {
            guard own[record.row.id] == nil else {
                commit.unstage.append(record)
                continue
            }
            let entry = step.pendingCreate(record.row, on: side)
            let rows = index.candidates(of: entry, step: step)
            if let erasure = rows.lazy.compactMap({ erased[$0.id] }).first {
                let told = step.erasedCounterpart(record.row.id, on: side, erasure: erasure)
                self.add(told.summary)
                commit.records.append(told.commit)
                commit.unstage.append(record)
                continue
            }
            let untold = ([record.row] + rows).filter { self.isUntold($0) }
            guard untold.isEmpty else {
                let parked = untold.map { step.untold($0, on: .hubspot) }
                commit.records.append(RecordCommit(park: parked))
                // HubSpot's stays in the stage, so that nothing is made anew beside it.
                if side == .salesforce { commit.unstage.append(record) }
                continue
            }
            let decision = step.backfilled(
                record,
                entry: entry,
                candidates: rows,
                counterparts: others,
                taken: taken,
                hasTwins: groups.hasTwins(record)
            )
            self.add(decision.result.summary)
            if !decision.result.commit.isEmpty { commit.records.append(decision.result.commit) }
            if let partner = decision.partner {
                taken.insert(partner)
                commit.unstage += candidates.filter { $0.row.id == partner }
            }
            if decision.isFinal { commit.unstage.append(record) }
        }
        _ = try await self.store.commit(commit)
    }

    /// The row as the stage keeps it: what HubSpot did not tell of its ties is no blank.
    private func staged(_ row: RecordRow) -> RecordRow {
        guard row.ties != .told else { return row }
        var row = row
        row.values = row.values.setting(
            self.mapping.fields.filter(\.isApart).map {
                .init(index: $0.index, value: FieldValue.unread.bytes, reason: "")
            }
        )
        return row
    }

    private func isUntold(_ row: RecordRow) -> Bool {
        guard row.ties == .told else { return true }
        let values = row.values.values
        return self.mapping.fields.contains { $0.isApart && values[$0.index] == .unread }
    }
}
