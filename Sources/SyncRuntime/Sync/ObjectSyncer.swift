package import CRMInterface
package import HTTPTransport
package import SyncCore
package import SyncStore

/// Keeps one object mapping: the only one that decides about its records.
///
/// Every page goes load → pure step → one commit. Other actors hand it pages and outcomes in
/// batches and never see a record.
package actor ObjectSyncer {
    package nonisolated let mapping: ObjectMapping
    private let required: [String: [String]]
    let settings: RuntimeSettings
    let store: any SyncStore
    private let time: any TimeSource
    var rows: RowGate
    /// Rows of the other side that were read for a decision by history, until it is made.
    private var held: [String: HeldRow] = [:]
    /// Ids that stale rows named: the next row that counts answers them.
    private var awaited: Set<AwaitedID> = []
    /// Records without a link that ended in an issue: the same refusal would be asked for again.
    private var answered = AnsweredRecords()
    /// Records without a link that others named and that are gone.
    var goneParents: Set<References.Record> = []
    /// Records of which an issue tells that they have more ties than are read; `nil` before the first look.
    var tooManyTold: Set<String>?
    /// Records whose merges an issue tells.
    private var mergesTold = AnsweredRecords()
    /// The newest server time that a page of each side showed.
    var serverTimes: [Side: ServerTime] = [:]
    /// Who owns records, as it was read last.
    private var owners: Owners = .none
    /// Whether the segment that the mapping includes was gone when it was looked at last; `nil` before the first look.
    var isSegmentGone: Bool?
    /// HubSpot's ids of records whose stamps moved, until that is stored.
    var stirred: Set<String> = []
    package private(set) var summary = RunSummary()

    package init(
        mapping: ObjectMapping,
        required: [String: [String]],
        settings: RuntimeSettings,
        store: any SyncStore,
        time: any TimeSource
    ) {
        self.mapping = mapping
        self.required = required
        self.settings = settings
        self.store = store
        self.time = time
        self.rows = RowGate()
    }

    // MARK: - Pages

    /// Takes a page of the feed or of a read by id, with the marks that it lets move.
    ///
    /// `isRead`: a read by id answers parked ids; its rows always count for their age.
    /// `isLate`: whether the read lets edits be decided that were held as flapping.
    /// `isForHistory`: whether the other side was looked at for this very read.
    /// `cause`: why it was read, where that was something else than the record itself.
    /// `isWhole`: whether rows that show what is known are decided too: the mapping may say something else of them.
    /// Answers how many rows brought news.
    package func receive(
        _ page: RecordPage,
        marks: [FeedMark] = [],
        exactTimes: [String: [Int: ServerTime]] = [:],
        isLate: Bool = false,
        isForHistory: Bool = false,
        cause: ParkedRecord.Cause? = nil,
        isWhole: Bool = false,
        unpark: [ParkedRecord] = []
    ) async throws(SyncError) -> Int {
        self.noteTime(of: page)
        let (chosen, later) = try await self.chosen(try await self.withoutSegment(page))
        let (page, erased) = try await self.withoutErased(chosen, unpark: unpark)
        var told = erased
        var pending = page.rows
        let answered = Dictionary(grouping: unpark, by: \.remoteID)
        var news = 0
        for _ in 0..<Self.decisionsMax {
            // A record that was parked is answered by its row even where that brings nothing new.
            let isWhole =
                isWhole || isLate || isForHistory || !exactTimes.isEmpty || !unpark.isEmpty
            var decided = try await self.decide(
                pending,
                page,
                exactTimes,
                isLate: isLate,
                isForHistory: isForHistory,
                isWhole: isWhole,
                cause: cause
            )
            var commit = PageCommit(marks: marks)
            commit.relations = self.noting(page.side)
            commit.records.reserveCapacity(decided.count + 1)
            for place in decided.indices {
                // With its row and not before: a row that is not taken stays parked.
                if let mine = answered[decided[place].row.id] {
                    decided[place].result.commit.unpark += mine
                }
                commit.records.append(decided[place].result.commit)
            }
            if let told = self.tellsOfSegment(page) { commit.records.append(told) }
            if self.settings.sabotage == .keepsParked {
                commit.records.append(self.step().neverRead(unpark))
            }
            commit.records += told + later
            told = []
            let moved = Set(try await self.storing(commit).map(\.index))
            self.stirred.subtract(commit.relations?.stirred?.ids ?? [])
            self.summary.unchanged += pending.count - decided.count
            for (place, (row, result)) in decided.enumerated() where !moved.contains(place) {
                self.summary.add(result.summary)
                if result.isNews { news += 1 }
                self.remember(result, row.id, on: page.side, row.stamp)
                if result.commit.raise.contains(where: { $0.code == .counterpartsMerged }) {
                    self.mergesTold.add(row.id, on: page.side, stamp: row.stamp)
                }
            }
            pending = decided.enumerated().filter { moved.contains($0.offset) }.map(\.element.row)
            if pending.isEmpty { return news }
        }
        // Rows whose link keeps moving are read by id later.
        let step = self.step()
        let parked = pending.map {
            step.park($0.id, object: $0.object, on: page.side, cause: .staleRow)
        }
        _ = try await self.store.commit(
            PageCommit(marks: marks, records: [RecordCommit(park: parked)])
        )
        return news + parked.count
    }

    /// Decides about the rows of a page; those that show what is known already are left out.
    ///
    /// `isWhole`: whether nothing may be left out.
    private func decide(
        _ rows: [RecordRow],
        _ page: RecordPage,
        _ exactTimes: [String: [Int: ServerTime]],
        isLate: Bool,
        isForHistory: Bool,
        isWhole: Bool,
        cause: ParkedRecord.Cause?
    ) async throws(SyncError) -> [(row: RecordRow, result: StepResult)] {
        let side = page.side
        let stored = try await self.noted(rows, on: side, isWhole: isWhole)
        var rest: [(row: RecordRow, known: LoadedRecord?)] = []
        for (row, stored) in zip(rows, stored) {
            if case .inStep(let stamp) = stored {
                // Whether the row is stale does not matter: it shows what is known.
                _ = self.admit(row, page, storedStamp: stamp)
            } else {
                rest.append((row, stored.record))
            }
        }
        // A row whose key names a record may be our own create, or a record that changed its id.
        let named = rest.filter { $0.known?.link == nil }.compactMap(\.row.counterpartID)
        let keyed = try await self.loaded(named, on: side.other)
        let former = try await self.loaded(rest.flatMap(\.row.formerIDs), on: side)
        let successors = try await self.loaded(rest.compactMap(\.row.successorID), on: side)
        // What takes the place of a linked record on this very page is nobody new.
        let heirs = Set(rest.filter { $0.known?.link != nil }.compactMap(\.row.successorID))
        let others = [former, successors].flatMap(\.values)
        let step = try await self.step(deciding: rest, on: side, with: others)
        let recent = try await self.recentWrites(rest, side, isLate, now: step.now)
        return rest.map { row, known in
            let verdict = self.admit(row, page, storedStamp: known?.link?.stamp(on: side))
            if row.isUndecided || verdict != .counts {
                return (row, self.uncounted(row, verdict, known, on: side, step))
            }
            let merged = Self.losers(of: row, in: former)
            let untold = self.untold(merged, of: row, on: side, isLinked: known?.link != nil)
            var decided: StepResult
            if let link = known?.link {
                let own = step.linked(
                    row,
                    on: side,
                    link: link,
                    entries: known?.entries ?? [],
                    successor: row.successorID.flatMap { successors[$0] },
                    exactTimes: exactTimes[row.id] ?? [:],
                    counterpart: isForHistory ? self.takeHeld(link.recordID(on: side.other)) : nil,
                    wasRead: isForHistory,
                    isLate: isLate,
                    isWoken: cause?.isOfParent ?? false,
                    recent: recent[link.hubspotID] ?? []
                )
                decided = step.survivor(row, on: side, losers: untold, decided: own)
            } else if !merged.isEmpty {
                decided = step.mergedInto(row, on: side, losers: untold)
            } else if heirs.contains(row.id) {
                decided = step.lookedAtAgain(row, on: side)
            } else if cause?.isOfParent != true, self.answered.contains(row, on: side) {
                decided = .unchanged
            } else {
                let reverse = row.counterpartID.flatMap { keyed[$0]?.entries } ?? []
                let own = known?.entries ?? []
                decided = step.unlinked(row, on: side, entries: own, reverse: reverse, cause: cause)
            }
            if self.awaited.remove(AwaitedID(side: side, id: row.id)) != nil {
                decided.commit.unpark += step.stale(row, on: side).commit.park
            }
            return (row, decided)
        }
    }

    /// What a row leaves that does not count: one that shows what is known already needs no second look.
    private func uncounted(
        _ row: RecordRow,
        _ verdict: RowGate.Verdict,
        _ known: LoadedRecord?,
        on side: Side,
        _ step: RecordStep
    ) -> StepResult {
        let isAsSeen = known?.link.map { step.isAsSeen(row, on: side, $0) } ?? false
        if row.isUndecided, side == .hubspot || !isAsSeen {
            return step.undecided(row, on: side, known)
        }
        let tellsNothing = verdict == .outdated || isAsSeen
        return tellsNothing ? .unchanged : self.stale(row, on: side, step)
    }

    /// The linked records that were merged into a row's.
    private static func losers(
        of row: RecordRow,
        in known: [String: LoadedRecord]
    ) -> [LoadedRecord] {
        row.formerIDs.filter { $0 != row.id }.compactMap { known[$0] }.filter { $0.link != nil }
    }

    /// The linked records that were merged into a row's, unless an issue says so already.
    ///
    /// Polls show the newest row again and again: what stays as it was is not stored with each.
    private func untold(
        _ losers: [LoadedRecord],
        of row: RecordRow,
        on side: Side,
        isLinked: Bool
    ) -> [LoadedRecord] {
        guard self.mergesTold.contains(row, on: side),
            losers.allSatisfy({ $0.link?.state.isWhole != true })
        else { return losers }
        let isDecided = !isLinked && RecordStep.living(losers, on: side).count == 1
        return isDecided ? losers : []
    }

    /// Leaves a row's id for a read, and remembers that the next row that counts answers it.
    private func stale(_ row: RecordRow, on side: Side, _ step: RecordStep) -> StepResult {
        self.awaited.insert(AwaitedID(side: side, id: row.id))
        return step.stale(row, on: side)
    }

    /// What is known of each row's record.
    func stored(
        _ rows: [RecordRow],
        on side: Side,
        isWhole: Bool
    ) async throws(SyncError) -> [StoredRecord] {
        guard !rows.isEmpty else { return [] }
        // What waits for a row, and what an engine that is broken on purpose does with one, is found
        // only in rows that are decided one by one.
        let isWhole =
            isWhole || self.settings.sabotage != nil
            || !self.awaited.isEmpty
                && rows.contains { self.awaited.contains(AwaitedID(side: side, id: $0.id)) }
        guard isWhole else {
            let stored = try await self.store.compare(
                mapping: self.mapping.name,
                side: side,
                rows: rows
            )
            return try await self.completed(stored, of: rows, on: side)
        }
        let loaded = try await self.loaded(rows.map(\.id), on: side)
        return rows.map { row in loaded[row.id].map { .known($0) } ?? .unknown }
    }

    /// Judges a row by local order and by stamp.
    private func admit(
        _ row: RecordRow,
        _ page: RecordPage,
        storedStamp: ServerTime?
    ) -> RowGate.Verdict {
        let verdict = self.rows.admit(
            side: page.side,
            id: row.id,
            stamp: row.stamp,
            sent: page.sent,
            ended: page.ended,
            storedStamp: storedStamp
        )
        return self.settings.sabotage == .acceptsStaleRows ? .counts : verdict
    }

    /// Keeps rows of one side for the decision that their counterparts' history lets be made.
    package func holdForHistory(_ page: RecordPage) {
        for row in page.rows { self.held[row.id] = HeldRow(row: row, readAt: page.serverTime) }
    }

    /// The row that was kept for a decision that is made now.
    private func takeHeld(_ id: String) -> HeldRow? { self.held.removeValue(forKey: id) }

    /// The row that is kept for a record's decision by history.
    func heldRow(_ id: String) -> RecordRow? { self.held[id]?.row }

    /// Takes ids that no look showed, neither live nor deleted.
    package func missing(
        _ ids: [String],
        on side: Side,
        unpark: [ParkedRecord]
    ) async throws(SyncError) {
        for id in ids { self.awaited.remove(AwaitedID(side: side, id: id)) }
        let loaded = try await self.loaded(ids, on: side)
        let step = self.step()
        var records = ids.compactMap { id -> RecordCommit? in
            guard let known = loaded[id], let link = known.link else { return nil }
            let mine = unpark.filter { $0.remoteID == id }
            let result = step.notVisible(
                link,
                entries: known.entries,
                on: side,
                wasRead: mine.contains(where: \.cause.needsHistory)
            )
            self.summary.add(result.summary)
            var commit = result.commit
            commit.unpark += mine
            return commit
        }
        let strangers = unpark.filter { loaded[$0.remoteID]?.link == nil }
        records.append(RecordCommit(unpark: strangers))
        _ = try await self.store.commit(PageCommit(records: records))
    }

    // MARK: - Matches

    /// Takes unmatched creates with the candidates that were found for them.
    ///
    /// `twins`: records of the entries' own side with the same match values, where nothing keeps these unique.
    package func matched(
        _ entries: [OutboxEntry],
        candidates: [RecordRow],
        twins: [RecordRow] = []
    ) async throws(SyncError) -> Int {
        guard let side = entries.first?.target else { return 0 }
        var pending = entries
        var news = 0
        for _ in 0..<Self.decisionsMax {
            let counterparts = try await self.loaded(candidates.map(\.id), on: side)
            let sources = try await self.loaded(pending.map(\.sourceID), on: side.other)
            let namesakes = try await self.loaded(twins.map(\.id), on: side.other)
            let step = try await self.step(
                matching: pending,
                with: candidates,
                known: Array(counterparts.values) + Array(sources.values)
            )
            let erased = try await self.erased(candidates, on: side)
            let index = step.candidateIndex(candidates, on: side)
            let results = pending.map { entry in
                // The record was linked in the meantime, from the other side.
                if sources[entry.sourceID]?.link != nil {
                    var ended = entry
                    ended.state = .superseded
                    return StepResult(commit: RecordCommit(entries: [ended]))
                }
                let rows = index.candidates(of: entry, step: step)
                if let erasure = rows.lazy.compactMap({ erased[$0.id] }).first {
                    return step.erasedCounterpart(of: entry, erasure: erasure)
                }
                return step.matched(
                    entry,
                    candidates: rows,
                    counterparts: counterparts,
                    twins: twins.filter { namesakes[$0.id]?.link == nil }
                )
            }
            var commit = PageCommit(records: results.map(\.commit))
            commit.relations = self.noting(updates: false)
            let moved = Set(try await self.storing(commit).map(\.index))
            for (place, result) in results.enumerated() where !moved.contains(place) {
                self.summary.add(result.summary)
                if result.isNews { news += 1 }
                self.remember(result, of: pending[place])
            }
            pending = pending.enumerated().filter { moved.contains($0.offset) }.map(\.element)
            if pending.isEmpty { break }
        }
        return news
    }

    // MARK: - Guards and outcomes

    /// Takes a guard read and answers the entries that may be sent as they are.
    ///
    /// A target that shows anything else, or answers under another id, is decided again.
    package func guarded(
        _ entries: [OutboxEntry],
        page: RecordPage
    ) async throws(SyncError) -> [OutboxEntry] {
        guard let side = entries.first?.target else { return [] }
        let waiting = try await self.untold(entries, in: page)
        let page = try await self.withTies(page, but: waiting)
        let loaded = try await self.loaded(entries.compactMap(\.targetID), on: side)
        let asked = Dictionary(grouping: entries) { $0.targetID ?? "" }
        var cleared: [OutboxEntry] = []
        var changed: [RecordRow] = []
        for row in page.rows {
            let mine = asked[row.id] ?? []
            let link = loaded[row.id]?.link
            let isAsExpected = mine.allSatisfy { entry in
                self.settings.sabotage == .deletesEdited && entry.kind == .delete
                    || row.values == entry.observed(on: side)?.values ?? link?.base(on: side)
            }
            if row.fate == .live, isAsExpected, !mine.isEmpty, link != nil {
                cleared += mine
            } else {
                changed.append(row)
            }
        }
        if !changed.isEmpty {
            var fresh = page
            fresh.rows = changed
            _ = try await self.receive(fresh)
        }
        return cleared
    }

    /// Stores what became of the writes of one batch, in one transaction.
    ///
    /// `byReply`: whether the writes' own reply tells it, not a later look at the records.
    package func settle(
        _ entries: [OutboxEntry],
        reply: WriteReply,
        byReply: Bool = true
    ) async throws(SyncError) {
        guard let side = entries.first?.target else { return }
        self.remember(entries, reply, on: side)
        var pending = entries
        for _ in 0..<Self.decisionsMax {
            let ids = pending.compactMap { $0.kind == .create ? nil : $0.targetID }
            let loaded = try await self.loaded(ids, on: side)
            let step = try await self.step(settling: pending, Array(loaded.values))
            for entry in pending {
                guard case .rejected(let rejection) = reply.outcomes[entry.id],
                    let owner = step.refusedOwner(entry, rejection)
                else { continue }
                self.owners.refuse(owner, on: side)
            }
            let results = pending.map { entry in
                step.settle(
                    entry,
                    outcome: reply.outcomes[entry.id] ?? .unknown,
                    link: entry.targetID.flatMap { loaded[$0]?.link },
                    others: entry.targetID.flatMap { loaded[$0]?.entries } ?? [],
                    byReply: byReply
                )
            }
            var commit = PageCommit(records: results.map(\.commit))
            commit.relations = self.noting(updates: false)
            if self.settings.sabotage == .tellsRefusalsLater {
                for place in commit.records.indices { commit.records[place].raise = [] }
            }
            let moved = Set(try await self.storing(commit).map(\.index))
            if self.settings.sabotage == .tellsRefusalsLater {
                let later = results.map { RecordCommit(raise: $0.commit.raise) }
                _ = try await self.store.commit(PageCommit(records: later))
            }
            for (place, result) in results.enumerated() where !moved.contains(place) {
                self.summary.add(result.summary)
                self.remember(result, of: pending[place])
            }
            pending = pending.enumerated().filter { moved.contains($0.offset) }.map(\.element)
            if pending.isEmpty { return }
        }
        try await self.settleByHand(pending, reply: reply)
    }

    /// Rows that were asked for before a write ended, or are older than it, count no more.
    private func remember(_ entries: [OutboxEntry], _ reply: WriteReply, on side: Side) {
        for entry in entries {
            var id = entry.targetID
            var stamp: ServerTime?
            if case .confirmed(let written, _, let shown) = reply.outcomes[entry.id] {
                (id, stamp) = (written, shown)
            }
            guard let id else { continue }
            self.rows.wrote(side: side, id: id, ended: reply.ended, stamp: stamp)
        }
    }

    /// A record that ended in an issue instead of a link is not decided again as it is.
    private func remember(_ result: StepResult, _ id: String, on side: Side, _ stamp: ServerTime) {
        let isOpen = result.commit.entries.contains { $0.state.isOpen }
        let isAnswered = !result.commit.raise.isEmpty || result.isAnswered
        guard isAnswered, result.commit.link == nil, !isOpen,
            self.settings.sabotage != .asksAgainAfterRefusals
        else { return }
        self.answered.add(id, on: side, stamp: stamp)
    }

    private func remember(_ result: StepResult, of entry: OutboxEntry) {
        let source = entry.target.other
        guard entry.kind == .create, let seen = entry.observed(on: source) else { return }
        self.remember(result, entry.sourceID, on: source, seen.stamp)
    }

    /// Stores entries as they go on, without an outcome of their own.
    package func advance(_ entries: [OutboxEntry]) async throws(SyncError) {
        guard !entries.isEmpty else { return }
        let records = entries.map { RecordCommit(entries: [$0]) }
        _ = try await self.store.commit(PageCommit(records: records))
    }

    /// Ends entries whose link another record took meanwhile: the finding says so.
    private func settleByHand(
        _ entries: [OutboxEntry],
        reply: WriteReply
    ) async throws(SyncError) {
        let step = self.step()
        let records = entries.map { entry in
            step.linkTaken(entry, outcome: reply.outcomes[entry.id] ?? .unknown).commit
        }
        _ = try await self.store.commit(PageCommit(records: records))
    }

    // MARK: - Pieces

    /// The pure decisions at this moment.
    package func step() -> RecordStep {
        var step = RecordStep(
            mapping: self.mapping,
            settings: self.settings,
            required: self.required,
            now: self.time.wallMilliseconds
        )
        step.references.owners = self.owners
        return step
    }

    /// Takes the people whom records belong to, for all decisions from now on.
    package func take(_ owners: Owners) { self.owners = owners }

    package func add(_ summary: RunSummary) {
        self.summary.add(summary)
    }

    /// Forgets rows that no lagging reply can contradict; called when no request is in flight.
    package func cycleEnded() {
        // Looks whose decision did not come about: what they show may be old by the next one.
        self.held = [:]
        for side in Side.allCases { self.forgetRows(on: side) }
    }

    /// Forgets one side's rows that no lagging reply can contradict, however many a poll brings;
    /// called when no request to that side is in flight.
    package func rowsTaken(on side: Side) {
        if self.rows.hasGrown(side) { self.forgetRows(on: side) }
    }

    private func forgetRows(on side: Side) {
        guard let newest = self.serverTimes[side] else { return }
        let horizon = FeedSettings(
            side: side,
            searchLagHorizon: self.settings.searchLagHorizon
        ).horizon
        self.rows.prune(
            side: side,
            stampsBefore: ServerTime(milliseconds: newest.milliseconds - horizon)
        )
        // A poll may start where a confirm poll has not moved its mark yet.
        let oldest = ServerTime(milliseconds: newest.milliseconds - 3 * horizon)
        self.answered.prune(side: side, before: oldest)
        self.mergesTold.prune(side: side, before: oldest)
    }

    /// Forgets the order of one side's writes, however many a push carries; called when their outcomes
    /// are stored and no request to that side is in flight.
    package func writesSettled(on side: Side) {
        if self.rows.hasGrown(side) { self.rows.forgetWrites(side: side) }
    }

    func loaded(
        _ ids: [String],
        on side: Side
    ) async throws(SyncError) -> [String: LoadedRecord] {
        guard !ids.isEmpty else { return [:] }
        let records = try await self.store.load(mapping: self.mapping.name, side: side, ids: ids)
        return Dictionary(records.map { ($0.remoteID, $0) }) { first, _ in first }
    }

    private struct AwaitedID: Hashable {
        var side: Side
        var id: String
    }

    /// How often a page is decided again when links move under it.
    private static let decisionsMax = 4
}
