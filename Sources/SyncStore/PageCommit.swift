package import SyncCore

/// A page's decisions with the marks they let move; one transaction.
///
/// A decision whose link has moved on meanwhile is not taken, and then the marks are not either.
package struct PageCommit: Sendable {
    package var marks: [FeedMark]
    package var records: [RecordCommit]
    package var unstage: [StagedRecord]
    package var backfill: BackfillProgress?
    /// Whose ties are to be looked at, where the mapping's records have some.
    package var relations: RelationNotes?

    package init(
        marks: [FeedMark] = [],
        records: [RecordCommit] = [],
        unstage: [StagedRecord] = [],
        backfill: BackfillProgress? = nil
    ) {
        self.marks = marks
        self.records = records
        self.unstage = unstage
        self.backfill = backfill
    }
}
