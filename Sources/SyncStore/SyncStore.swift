package import SyncCore

/// Where a pair's state lives.
///
/// Each call is one transaction: batches of values in and out.
package protocol SyncStore: Sendable {
    // MARK: Accounts, credentials, descriptions

    func accounts() async throws(SyncError) -> [Side: StoredAccount]
    /// Stores portal or org id at first connect. A different id later is refused by the caller.
    func save(account: StoredAccount, of side: Side) async throws(SyncError)
    /// Opaque text under a name: rotated tokens, cached descriptions, the mapping revision.
    func text(_ name: String) async throws(SyncError) -> String?
    func setText(_ text: String?, for name: String) async throws(SyncError)

    // MARK: Pages

    func marks() async throws(SyncError) -> [FeedMark]
    /// For each id that is known: its link and its open entries. Unknown ids are left out.
    func load(mapping: String, side: Side, ids: [String]) async throws(SyncError) -> [LoadedRecord]
    /// What is known of each row's record, in the order of the rows.
    ///
    /// A record that is in step with its row is not read whole.
    func compare(
        mapping: String,
        side: Side,
        rows: [RecordRow]
    ) async throws(SyncError) -> [StoredRecord]
    /// One transaction. Answers the ids whose link had moved on; their part was not applied.
    func commit(_ commit: PageCommit) async throws(SyncError) -> [CommitConflict]

    // MARK: Outbox

    /// Open entries that the query names, in id order: the oldest decision first.
    func entries(_ query: EntryQuery) async throws(SyncError) -> [OutboxEntry]
    /// One transaction: the entries become `sent` with one more attempt each.
    ///
    /// Answers them as they are then; entries that came to their end meanwhile are left out.
    func markSent(
        _ ids: [Int64],
        at wallMilliseconds: Int64
    ) async throws(SyncError) -> [OutboxEntry]
    /// How many entries of each state are open, by target side.
    func outboxCounts() async throws(SyncError) -> [OutboxCount]
    /// Has planned creates of these mappings looked for anew, those that may go by now and are not a backfill's: nobody
    /// knows what was made since they were looked for.
    ///
    /// - Returns: how many.
    @discardableResult
    func unmatchCreates(
        _ mappings: [String],
        target: Side,
        ready wallMilliseconds: Int64
    ) async throws(SyncError) -> Int

    /// How many deletes of a side are planned, of those with a larger number than this, and how many were done
    /// since a wall time.
    func deletes(
        mapping: String,
        target: Side,
        after released: Int64,
        since wallMilliseconds: Int64
    ) async throws(SyncError) -> DeleteCount

    // MARK: Parked ids

    func parked(
        ready wallMilliseconds: Int64,
        limit: Int
    ) async throws(SyncError) -> [ParkedRecord]
    func parkedCount() async throws(SyncError) -> Int
    /// The earliest wall time at which a parked id or a waiting entry can go on.
    func nextWait() async throws(SyncError) -> Int64?

    // MARK: Records that refer to others

    /// The counterparts of records that have a living link; the others are left out.
    func counterparts(
        mapping: String,
        side: Side,
        ids: [String]
    ) async throws(SyncError) -> [String: String]
    /// Those of these records that are gone from their own side, as their links say.
    func departed(
        mapping: String,
        side: Side,
        ids: [String]
    ) async throws(SyncError) -> Set<String>
    /// For which records these wait, by the ids of those that wait.
    func waits(
        mapping: String,
        side: Side,
        ids: [String]
    ) async throws(SyncError) -> [String: [References.Record]]
    /// Parks what is held for a record that will get no counterpart as things are: no write and no look
    /// of it is on its way. Answers how many were parked.
    ///
    /// `all`: whether nothing will be written, so that what is held for a write goes on too.
    func releaseHeld(all: Bool) async throws(SyncError) -> Int
    /// The owners without a counterpart whom records wait for.
    func missedOwners() async throws(SyncError) -> [References.Record]
    /// Parks what waited for these, each named as its records refer to it.
    func wake(_ parents: [References.Record]) async throws(SyncError)
    /// How many records wait for the counterpart of another one.
    func waitingCount() async throws(SyncError) -> Int

    // MARK: Ties between records

    /// The records of a relation whose ties are to be looked at now, in the order of their links.
    func relationsDue(
        _ relation: String,
        ready wallMilliseconds: Int64,
        limit: Int
    ) async throws(SyncError) -> [DueRelation]
    /// The roles that both CRMs agreed on last, by the links of both ends.
    func relations(
        _ relation: String,
        parents: [Int64]
    ) async throws(SyncError) -> [Int64: [Int64: Set<String>]]
    /// Forgets what was agreed on where a relation is made up otherwise now, and begins the walk by that name anew.
    func keepRelations(
        _ relation: String,
        madeUpAs makeUp: String,
        walk: String
    ) async throws(SyncError)
    /// The links with these numbers.
    func links(ids: [Int64]) async throws(SyncError) -> [Link]
    /// One transaction.
    func commit(_ commit: RelationCommit) async throws(SyncError)

    // MARK: What records tell of themselves

    /// Begins to note what records of a mapping are to tell, or, with `nil`, ends it.
    ///
    /// Where `makeUp` is another one than last time, every record is told anew.
    func keepStatuses(_ mapping: String, madeUpAs makeUp: String?) async throws(SyncError)
    /// Records on these sides whose pairs have no open entry and stand otherwise than the records tell; `limit`
    /// links are looked at.
    func statusesDue(
        _ mapping: String,
        on sides: Set<Side>,
        limit: Int
    ) async throws(SyncError) -> [DueStatus]

    // MARK: People who were erased

    /// Whether anybody was erased; no look at the file, but for the first time.
    func hasErasures() throws(SyncError) -> Bool
    /// Which of these name somebody who was erased, with the erasure's number.
    func erased(_ names: Set<PersonName>) async throws(SyncError) -> [PersonName: Int64]
    /// The records of a side that an issue names as somebody's who was erased, each with whether it is their
    /// counterpart that would be.
    func toldErased(mapping: String, side: Side) async throws(SyncError) -> [String: Bool]

    // MARK: Findings and history

    func findings(mapping: String?, limit: Int) async throws(SyncError) -> [StoredFinding]
    /// Whether an issue is open; its `details` are ignored.
    func isOpen(_ finding: Finding) async throws(SyncError) -> Bool
    func findingCounts() async throws(SyncError) -> [Finding.Code: Int]
    /// The newest lines of a record's history, newest first.
    func history(
        hubspotID: String?,
        salesforceID: String?,
        limit: Int
    ) async throws(SyncError) -> [JournalEntry]
    /// What was written to these records since a wall time, and the rounds that were counted.
    func writes(
        mapping: String,
        hubspotIDs: [String],
        since wallMilliseconds: Int64
    ) async throws(SyncError) -> [String: [JournalEntry]]
    /// The links of a mapping in the order of their numbers, after one.
    func links(
        mapping: String,
        after id: Int64,
        limit: Int
    ) async throws(SyncError) -> [Link]
    /// Brings everything that is stored of a mapping into another order of its fields, in one transaction, and keeps
    /// these texts with it.
    ///
    /// A backfill that was not finished begins anew; new records that are only planned are read again.
    func move(_ change: FieldChange, keeping texts: [String: String?]) async throws(SyncError)

    /// How many pairs rest because the mapping does not include them.
    func outsideCount(mapping: String) async throws(SyncError) -> Int

    func linkCount(mapping: String) async throws(SyncError) -> Int

    // MARK: Call ledger

    /// Stores a call before its bytes leave; answers its number.
    func reserve(_ call: LedgerCall) async throws(SyncError) -> Int64
    func close(call id: Int64, _ end: CallEnd) async throws(SyncError)
    /// Calls since a wall time, by side, endpoint, purpose and outcome.
    func calls(since wallMilliseconds: Int64) async throws(SyncError) -> [CallSummary]
    /// Calls that cost something, in the order in which they were sent, for the limits' windows after a restart.
    func callTimes(
        side: Side,
        since wallMilliseconds: Int64
    ) async throws(SyncError) -> [LedgerCall]

    /// Drops the oldest lines of history and call ledger beyond these numbers.
    func compact(journalRowsMax: Int, ledgerRowsMax: Int) async throws(SyncError)

    // MARK: Backfill staging

    func backfill(mapping: String) async throws(SyncError) -> BackfillProgress?
    func setBackfill(_ progress: BackfillProgress) async throws(SyncError)
    /// Stores rows of one page with the backfill's progress, in one transaction.
    func stage(_ records: [StagedRecord], progress: BackfillProgress) async throws(SyncError)
    /// Staged records of a side that hold one of these match keys.
    func staged(
        mapping: String,
        side: Side,
        matchKeys: [String]
    ) async throws(SyncError) -> [StagedRecord]
    /// The next staged records of a side after this id, in id order.
    func staged(
        mapping: String,
        side: Side,
        afterID: String?,
        limit: Int
    ) async throws(SyncError) -> [StagedRecord]
    /// Takes records out of the stage, once they are linked, planned or reported.
    func unstage(mapping: String, side: Side, ids: [String]) async throws(SyncError)
}
