import SyncCore
import SyncStore

/// Records of people who were erased: an issue without a value, and nothing else.
extension RecordStep {
    /// What is stored of a record that shows somebody who was erased: what was planned from it ends.
    func erased(
        _ id: String,
        on side: Side,
        erasure: Int64,
        entries: [OutboxEntry] = []
    ) -> RecordCommit {
        let planned = entries.filter { $0.state == .planned || $0.state == .unmatched }
        return RecordCommit(
            entries: self.superseded(planned, ids: planned.map(\.id)),
            raise: [self.finding(.erased, id, on: side, [Finding.detail(ofErasure: erasure)])]
        )
    }

    /// Ends a create whose counterpart would be somebody who was erased.
    func erased(_ entry: OutboxEntry, erasure: Int64) -> StepResult {
        let commit = self.erased(
            entry.sourceID,
            on: entry.target.other,
            erasure: erasure,
            entries: [entry]
        )
        var result = StepResult(commit: commit, isNews: true)
        result.summary.findingsRaised = 1
        return result
    }

    /// What ends with a record that is gone.
    func erasedIsGone(_ id: String, on side: Side) -> RecordCommit {
        RecordCommit(resolve: [self.finding(.erased, id, on: side)])
    }
}
