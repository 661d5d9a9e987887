import CRMInterface
import SyncCore
import SyncStore

/// The first load of one mapping: stages both sides on disk, then decides in id order.
struct Backfill: Sendable {
    let syncer: ObjectSyncer
    let connections: [Side: any CRMConnection]
    let store: any SyncStore
    let batchMax: Int
    let progress: @Sendable (ProgressEvent) -> Void

    func run() async throws(SyncError) {
        var state = try await self.store.backfill(mapping: self.syncer.mapping.name)
        if state == nil || state?.phase == .done {
            state = BackfillProgress(mapping: self.syncer.mapping.name, phase: .readingSalesforce)
        }
        guard var progress = state else { return }
        if progress.phase == .readingSalesforce {
            for object in self.syncer.mapping.salesforce {
                progress = try await self.read(object.name, on: .salesforce, progress)
            }
            progress = self.next(progress, .readingHubSpot)
            try await self.store.setBackfill(progress)
        }
        if progress.phase == .readingHubSpot {
            let object = self.syncer.mapping.hubspot.name
            progress = try await self.read(object, on: .hubspot, progress)
            progress = self.next(progress, .matching)
            try await self.store.setBackfill(progress)
        }
        try await self.match()
        try await self.clearStage()
        try await self.store.setBackfill(self.next(progress, .done))
    }

    // MARK: - Reading

    private func read(
        _ object: String,
        on side: Side,
        _ state: BackfillProgress
    ) async throws(SyncError) -> BackfillProgress {
        guard let connection = self.connections[side] else { return state }
        var state = state
        // Objects are read in the mapping's order: one that comes before the stored one is done.
        let names = self.syncer.mapping.salesforce.map(\.name)
        if side == .salesforce, let stored = state.object, stored != object,
            let done = names.firstIndex(of: stored), let mine = names.firstIndex(of: object),
            mine < done
        {
            return state
        }
        if state.object != object {
            state.object = object
            state.lastID = nil
        }
        var scan = FeedScan(
            mapping: self.syncer.mapping,
            object: object,
            range: .all,
            continuation: state.lastID.map { .afterID($0) },
            priority: .backfill
        )
        while true {
            guard let page = try await connection.scan([scan]).first else { return state }
            guard !page.page.rows.contains(where: \.isUndecided) else {
                throw try await self.syncer.segmentIsGone()
            }
            try await self.syncer.reconsider(page.page)
            let rows = try await self.syncer.unlinkedRows(of: page.page)
            state.lastID = page.page.rows.last?.id ?? state.lastID
            state.recordsRead += page.page.rows.count
            try await self.store.stage(rows, progress: state)
            let shown = side == .hubspot ? self.syncer.mapping.shown : object
            self.progress(.reading(side, object: shown, records: state.recordsRead))
            guard let next = page.next else { return state }
            scan.continuation = next
        }
    }

    private func next(
        _ state: BackfillProgress,
        _ phase: BackfillProgress.Phase
    ) -> BackfillProgress {
        BackfillProgress(mapping: state.mapping, phase: phase, recordsRead: state.recordsRead)
    }

    // MARK: - Matching

    /// HubSpot's records first: each finds its counterpart, a doubt or nothing; then the rest.
    private func match() async throws(SyncError) {
        var decided = 0
        for side in [Side.hubspot, .salesforce] {
            var afterID: String?
            while true {
                let staged = try await self.store.staged(
                    mapping: self.syncer.mapping.name,
                    side: side,
                    afterID: afterID,
                    limit: self.batchMax
                )
                guard let last = staged.last else { break }
                afterID = last.row.id
                let keys = Array(Set(staged.flatMap(\.matchKeys))).sorted()
                var others = try await self.candidates(keys, staged, on: side.other)
                others += try await self.unstaged(staged, others, on: side.other)
                let twins = try await self.store.staged(
                    mapping: self.syncer.mapping.name,
                    side: side,
                    matchKeys: keys
                )
                try await self.syncer.backfilled(staged, candidates: others, twins: twins)
                decided += staged.count
                self.progress(.matching(records: decided))
            }
        }
    }

    private func candidates(
        _ keys: [String],
        _ staged: [StagedRecord],
        on side: Side
    ) async throws(SyncError) -> [StagedRecord] {
        // A key that one of the two records holds ties them before any value does.
        let byKey =
            staged.compactMap(\.row.counterpartID).map { "id:\($0)" }
            + staged.map { "counterpart:\($0.row.id)" }
        return try await self.store.staged(
            mapping: self.syncer.mapping.name,
            side: side,
            matchKeys: keys + byKey
        )
    }

    /// Counterparts that keys name and the stage does not have, and what took their place: what was merged
    /// or deleted is not made again.
    private func unstaged(
        _ staged: [StagedRecord],
        _ others: [StagedRecord],
        on side: Side
    ) async throws(SyncError) -> [StagedRecord] {
        guard let connection = self.connections[side] else { return [] }
        let step = await self.syncer.step()
        let known = Set(others.map(\.row.id))
        let missing = step.unstagedCounterparts(of: staged, known: known, on: side)
        guard !missing.isEmpty else { return [] }
        let reads = CounterpartReads(connection: connection, step: step, priority: .backfill)
        var rows = others.map(\.row)
        for (object, ids) in missing {
            rows += try await reads.rows(ids, of: object).filter { !known.contains($0.id) }
        }
        let entries = staged.map { step.pendingCreate($0.row, on: side.other) }
        rows = try await reads.withSuccessors(rows, of: entries)
        return rows[others.count...].map { row in
            StagedRecord(mapping: self.syncer.mapping.name, side: side, row: row, matchKeys: [])
        }
    }

    /// Empties the stage: what is still there was a doubt and is a finding now.
    private func clearStage() async throws(SyncError) {
        let mapping = self.syncer.mapping.name
        for side in Side.allCases {
            while true {
                let rest = try await self.store.staged(
                    mapping: mapping,
                    side: side,
                    afterID: nil,
                    limit: self.batchMax
                )
                if rest.isEmpty { break }
                try await self.store.unstage(mapping: mapping, side: side, ids: rest.map(\.row.id))
            }
        }
    }
}
