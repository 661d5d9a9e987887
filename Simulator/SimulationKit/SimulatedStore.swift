import SyncCore
import SyncStore

/// The engine's store as one process uses it: the process may die before and after each call.
struct SimulatedStore: SyncStore {
    let inner: any SyncStore
    private let process: SimulatedProcess
    private let disk: SimulatedDisk?
    private let recorder: Recorder?
    let sabotage: Sabotage?
    /// Told what was stored.
    private let committed: @Sendable (RecordCommit) -> Void
    let marked: @Sendable ([FeedMark]) async throws(SyncError) -> Void

    init(
        _ inner: any SyncStore,
        of process: SimulatedProcess,
        disk: SimulatedDisk? = nil,
        recorder: Recorder? = nil,
        sabotage: Sabotage? = nil,
        committed: @escaping @Sendable (RecordCommit) -> Void = { _ in },
        marked: @escaping @Sendable ([FeedMark]) async throws(SyncError) -> Void = { _ in }
    ) {
        self.inner = inner
        self.process = process
        self.disk = disk
        self.recorder = recorder
        self.sabotage = sabotage
        self.committed = committed
        self.marked = marked
    }

    /// One call and the two moments around it.
    @discardableResult
    func call<Value>(
        mustLast: Bool = false,
        _ body: () async throws(SyncError) -> Value
    ) async throws(SyncError) -> Value {
        await self.process.mayDie()
        let fate = self.disk?.fate() ?? SimulatedDisk.Fate()
        if fate.stall > 0 { await self.process.stall(milliseconds: fate.stall) }
        if fate.failsBefore { throw SimulatedDisk.failure }
        let value = try await body()
        try self.disk?.used(mustLast: mustLast)
        if fate.failsAfter { throw SimulatedDisk.failure }
        await self.process.mayDie()
        return value
    }

    func accounts() async throws(SyncError) -> [Side: StoredAccount] {
        try await self.call { () async throws(SyncError) in
            try await self.inner.accounts()
        }
    }

    func save(account: StoredAccount, of side: Side) async throws(SyncError) {
        try await self.call(mustLast: true) { () async throws(SyncError) in
            try await self.inner.save(account: account, of: side)
        }
    }

    func departed(
        mapping: String,
        side: Side,
        ids: [String]
    ) async throws(SyncError) -> Set<String> {
        try await self.call { () async throws(SyncError) in
            try await self.inner.departed(mapping: mapping, side: side, ids: ids)
        }
    }

    func waits(
        mapping: String,
        side: Side,
        ids: [String]
    ) async throws(SyncError) -> [String: [References.Record]] {
        try await self.call { () async throws(SyncError) in
            try await self.inner.waits(mapping: mapping, side: side, ids: ids)
        }
    }

    func links(mapping: String, after id: Int64, limit: Int) async throws(SyncError) -> [Link] {
        try await self.call { () async throws(SyncError) in
            try await self.inner.links(mapping: mapping, after: id, limit: limit)
        }
    }

    func deletes(
        mapping: String,
        target: Side,
        after released: Int64,
        since wallMilliseconds: Int64
    ) async throws(SyncError) -> DeleteCount {
        try await self.call { () async throws(SyncError) in
            try await self.inner.deletes(
                mapping: mapping,
                target: target,
                after: released,
                since: wallMilliseconds
            )
        }
    }

    func text(_ name: String) async throws(SyncError) -> String? {
        try await self.call { () async throws(SyncError) in
            try await self.inner.text(name)
        }
    }

    func setText(_ text: String?, for name: String) async throws(SyncError) {
        try await self.call(mustLast: true) { () async throws(SyncError) in
            try await self.inner.setText(text, for: name)
        }
    }

    func marks() async throws(SyncError) -> [FeedMark] {
        try await self.call { () async throws(SyncError) in
            try await self.inner.marks()
        }
    }

    func load(
        mapping: String,
        side: Side,
        ids: [String]
    ) async throws(SyncError) -> [LoadedRecord] {
        try await self.call { () async throws(SyncError) in
            try await self.inner.load(mapping: mapping, side: side, ids: ids)
        }
    }

    func compare(
        mapping: String,
        side: Side,
        rows: [RecordRow]
    ) async throws(SyncError) -> [StoredRecord] {
        try await self.call { () async throws(SyncError) in
            try await self.inner.compare(mapping: mapping, side: side, rows: rows)
        }
    }

    func commit(_ commit: PageCommit) async throws(SyncError) -> [CommitConflict] {
        let hasMarksAlone = commit.records.allSatisfy(\.isEmpty) && commit.unstage.isEmpty
        return try await self.call(mustLast: !hasMarksAlone) { () async throws(SyncError) in
            let conflicts = try await self.inner.commit(commit)
            self.recorder?.committed(commit, without: conflicts)
            if !commit.marks.isEmpty, conflicts.isEmpty { try await self.marked(commit.marks) }
            let moved = Set(conflicts.map(\.index))
            for (place, record) in commit.records.enumerated() where !moved.contains(place) {
                self.committed(record)
            }
            return conflicts
        }
    }

    func entries(_ query: EntryQuery) async throws(SyncError) -> [OutboxEntry] {
        try await self.call { () async throws(SyncError) in
            try await self.inner.entries(query)
        }
    }

    func markSent(
        _ ids: [Int64],
        at wallMilliseconds: Int64
    ) async throws(SyncError) -> [OutboxEntry] {
        try await self.call(mustLast: true) { () async throws(SyncError) in
            try await self.inner.markSent(ids, at: wallMilliseconds)
        }
    }

    func unmatchCreates(
        _ mappings: [String],
        target: Side,
        ready wallMilliseconds: Int64
    ) async throws(SyncError) -> Int {
        try await self.call { () async throws(SyncError) in
            try await self.inner.unmatchCreates(mappings, target: target, ready: wallMilliseconds)
        }
    }

    func outboxCounts() async throws(SyncError) -> [OutboxCount] {
        try await self.call { () async throws(SyncError) in
            try await self.inner.outboxCounts()
        }
    }

    func parked(
        ready wallMilliseconds: Int64,
        limit: Int
    ) async throws(SyncError) -> [ParkedRecord] {
        try await self.call { () async throws(SyncError) in
            try await self.inner.parked(ready: wallMilliseconds, limit: limit)
        }
    }

    func parkedCount() async throws(SyncError) -> Int {
        try await self.call { () async throws(SyncError) in
            try await self.inner.parkedCount()
        }
    }

    func nextWait() async throws(SyncError) -> Int64? {
        try await self.call { () async throws(SyncError) in
            try await self.inner.nextWait()
        }
    }

    func counterparts(
        mapping: String,
        side: Side,
        ids: [String]
    ) async throws(SyncError) -> [String: String] {
        try await self.call { () async throws(SyncError) in
            try await self.inner.counterparts(mapping: mapping, side: side, ids: ids)
        }
    }

    func hasErasures() throws(SyncError) -> Bool { try self.inner.hasErasures() }

    func erased(_ names: Set<PersonName>) async throws(SyncError) -> [PersonName: Int64] {
        try await self.call { () async throws(SyncError) in
            try await self.inner.erased(names)
        }
    }

    func toldErased(mapping: String, side: Side) async throws(SyncError) -> [String: Bool] {
        try await self.call { () async throws(SyncError) in
            try await self.inner.toldErased(mapping: mapping, side: side)
        }
    }

    func releaseHeld(all: Bool) async throws(SyncError) -> Int {
        try await self.call(mustLast: true) { () async throws(SyncError) in
            try await self.inner.releaseHeld(all: all)
        }
    }

    func missedOwners() async throws(SyncError) -> [References.Record] {
        try await self.call { () async throws(SyncError) in
            try await self.inner.missedOwners()
        }
    }

    func wake(_ parents: [References.Record]) async throws(SyncError) {
        try await self.call(mustLast: true) { () async throws(SyncError) in
            try await self.inner.wake(parents)
        }
    }

    func waitingCount() async throws(SyncError) -> Int {
        try await self.call { () async throws(SyncError) in
            try await self.inner.waitingCount()
        }
    }

    func findings(mapping: String?, limit: Int) async throws(SyncError) -> [StoredFinding] {
        try await self.call { () async throws(SyncError) in
            try await self.inner.findings(mapping: mapping, limit: limit)
        }
    }

    func isOpen(_ finding: Finding) async throws(SyncError) -> Bool {
        try await self.call { () async throws(SyncError) in
            try await self.inner.isOpen(finding)
        }
    }

    func findingCounts() async throws(SyncError) -> [Finding.Code: Int] {
        try await self.call { () async throws(SyncError) in
            try await self.inner.findingCounts()
        }
    }

    func history(
        hubspotID: String?,
        salesforceID: String?,
        limit: Int
    ) async throws(SyncError) -> [JournalEntry] {
        try await self.call { () async throws(SyncError) in
            try await self.inner.history(
                hubspotID: hubspotID,
                salesforceID: salesforceID,
                limit: limit
            )
        }
    }

    func writes(
        mapping: String,
        hubspotIDs: [String],
        since wallMilliseconds: Int64
    ) async throws(SyncError) -> [String: [JournalEntry]] {
        try await self.call { () async throws(SyncError) in
            try await self.inner.writes(
                mapping: mapping,
                hubspotIDs: hubspotIDs,
                since: wallMilliseconds
            )
        }
    }

    func move(_ change: FieldChange, keeping texts: [String: String?]) async throws(SyncError) {
        try await self.call(mustLast: true) { () async throws(SyncError) in
            try await self.inner.move(change, keeping: texts)
        }
    }

    func outsideCount(mapping: String) async throws(SyncError) -> Int {
        try await self.call { () async throws(SyncError) in
            try await self.inner.outsideCount(mapping: mapping)
        }
    }

    func linkCount(mapping: String) async throws(SyncError) -> Int {
        try await self.call { () async throws(SyncError) in
            try await self.inner.linkCount(mapping: mapping)
        }
    }

    func reserve(_ call: LedgerCall) async throws(SyncError) -> Int64 {
        self.recorder?.booked(call)
        return try await self.call(mustLast: true) { () async throws(SyncError) in
            try await self.inner.reserve(call)
        }
    }

    func close(call id: Int64, _ end: CallEnd) async throws(SyncError) {
        try await self.call(mustLast: true) { () async throws(SyncError) in
            try await self.inner.close(call: id, end)
        }
    }

    func calls(since wallMilliseconds: Int64) async throws(SyncError) -> [CallSummary] {
        try await self.call { () async throws(SyncError) in
            try await self.inner.calls(since: wallMilliseconds)
        }
    }

    func callTimes(
        side: Side,
        since wallMilliseconds: Int64
    ) async throws(SyncError) -> [LedgerCall] {
        try await self.call { () async throws(SyncError) in
            try await self.inner.callTimes(side: side, since: wallMilliseconds)
        }
    }

    func compact(journalRowsMax: Int, ledgerRowsMax: Int) async throws(SyncError) {
        try await self.call(mustLast: true) { () async throws(SyncError) in
            try await self.inner.compact(
                journalRowsMax: journalRowsMax,
                ledgerRowsMax: ledgerRowsMax
            )
        }
    }

    func backfill(mapping: String) async throws(SyncError) -> BackfillProgress? {
        try await self.call { () async throws(SyncError) in
            try await self.inner.backfill(mapping: mapping)
        }
    }

    func setBackfill(_ progress: BackfillProgress) async throws(SyncError) {
        try await self.call(mustLast: true) { () async throws(SyncError) in
            try await self.inner.setBackfill(progress)
        }
    }

    func stage(_ records: [StagedRecord], progress: BackfillProgress) async throws(SyncError) {
        try await self.call(mustLast: true) { () async throws(SyncError) in
            try await self.inner.stage(records, progress: progress)
        }
    }

    func staged(
        mapping: String,
        side: Side,
        matchKeys: [String]
    ) async throws(SyncError) -> [StagedRecord] {
        try await self.call { () async throws(SyncError) in
            try await self.inner.staged(mapping: mapping, side: side, matchKeys: matchKeys)
        }
    }

    func staged(
        mapping: String,
        side: Side,
        afterID: String?,
        limit: Int
    ) async throws(SyncError) -> [StagedRecord] {
        try await self.call { () async throws(SyncError) in
            try await self.inner.staged(
                mapping: mapping,
                side: side,
                afterID: afterID,
                limit: limit
            )
        }
    }

    func unstage(mapping: String, side: Side, ids: [String]) async throws(SyncError) {
        try await self.call(mustLast: true) { () async throws(SyncError) in
            try await self.inner.unstage(mapping: mapping, side: side, ids: ids)
        }
    }
}
