import SyncCore
import SyncStore

/// Records that refer to others: a child waits for its parent, and is read again when that one is linked.
extension RecordStep {
    /// Holds a new record back until what it refers to has a counterpart; it is not looked up before either.
    func held(_ row: RecordRow, on side: Side, for parents: [References.Record]) -> StepResult {
        let wait = parents.map { self.waiting(row.id, row.object, on: side, for: $0, isHeld: true) }
        return StepResult(commit: RecordCommit(wait: wait))
    }

    /// What a record that goes without waits for: the records that it refers to and that have no counterpart.
    func waiting(_ row: RecordRow, on side: Side) -> [WaitingRecord] {
        let values = row.values.values
        let named = self.mapping.references.compactMap { $0.referred(values[$0.index], on: side) }
        return named.filter { self.references.counterpart(of: $0) == nil }.map {
            self.waiting(row.id, row.object, on: side, for: $0, isHeld: false)
        }
    }

    /// What a linked record waits for: the fields that name a record without a counterpart.
    func wait(for decision: MergeDecision, link: Link, into result: inout StepResult) {
        let all = decision.waiting + decision.unsettled
        guard let first = all.first else { return }
        // Both sides may name one; whichever is linked first, the record is decided anew as a whole.
        let side = first.record.side
        result.commit.wait = all.filter { $0.record.side == side }.map { waiting in
            self.waiting(
                link.recordID(on: side),
                side == .hubspot ? self.mapping.hubspot.name : link.salesforceObject,
                on: side,
                for: waiting.record,
                isHeld: false
            )
        }
        // It is decided again with each look: only what is planned is news.
        guard !decision.waiting.isEmpty else { return }
        result.isNews = !result.commit.entries.isEmpty
    }

    func waiting(
        _ id: String,
        _ object: String,
        on side: Side,
        for parent: References.Record,
        isHeld: Bool
    ) -> WaitingRecord {
        WaitingRecord(
            mapping: self.mapping.name,
            side: side,
            object: object,
            remoteID: id,
            parent: parent,
            isHeld: isHeld
        )
    }
}
