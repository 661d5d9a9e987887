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
        self.erased(id, on: side, [Finding.detail(ofErasure: erasure)], entries)
    }

    /// What is stored of a record whose counterpart would be somebody who was erased: its create ends.
    func erasedCounterpart(
        _ id: String,
        on side: Side,
        erasure: Int64,
        entries: [OutboxEntry] = []
    ) -> StepResult {
        let details = [Finding.detail(ofErasure: erasure), "counterpart"]
        var result = StepResult(commit: self.erased(id, on: side, details, entries), isNews: true)
        result.summary.findingsRaised = 1
        return result
    }

    /// The same of a create that looks for its counterpart.
    func erasedCounterpart(of entry: OutboxEntry, erasure: Int64) -> StepResult {
        self.erasedCounterpart(
            entry.sourceID,
            on: entry.target.other,
            erasure: erasure,
            entries: [entry]
        )
    }

    /// What ends with a record that is gone, or shows nobody any more who was erased.
    func notErased(_ id: String, on side: Side) -> RecordCommit {
        RecordCommit(resolve: [self.finding(.erased, id, on: side)])
    }

    private func erased(
        _ id: String,
        on side: Side,
        _ details: [String],
        _ entries: [OutboxEntry]
    ) -> RecordCommit {
        let planned = entries.filter { $0.state == .planned || $0.state == .unmatched }
        return RecordCommit(
            entries: self.superseded(planned, ids: planned.map(\.id)),
            raise: [self.finding(.erased, id, on: side, details)]
        )
    }
}
