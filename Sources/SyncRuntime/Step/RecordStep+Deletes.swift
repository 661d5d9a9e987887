import CRMInterface
import SyncCore
import SyncStore

/// Deletes that go over to the counterpart, where the mapping says so.
extension RecordStep {
    /// What is done about a pair of which one record was deleted on a side: an issue, nothing, or the delete of
    /// the other one.
    func carryDelete(
        _ link: Link,
        _ row: RecordRow,
        from side: Side,
        into result: inout StepResult
    ) {
        let target = side.other
        switch self.mapping.deletes.action(from: side) {
        case .report: return
        case .delete where self.overlooksDelete(link): fallthrough
        case .ignore:
            result.commit.raise = []
            result.summary.findingsRaised = 0
        case .delete:
            // What was never read in full cannot be told from what was edited.
            guard link.id != 0, link.base(on: target) != nil else { return }
            // A value that has no form in the deleted record would be gone with this one.
            guard !self.holdsUnfit(link, on: target), !self.wasEditedSince(row, link, on: target)
            else {
                result.commit.raise = [self.finding(.deletedButEdited, link, [side.rawValue])]
                return
            }
            result.commit.raise = []
            result.summary.findingsRaised = 0
            result.commit.entries.append(
                OutboxEntry(
                    mapping: self.mapping.name,
                    link: link.id,
                    target: target,
                    object: target == .hubspot ? self.mapping.hubspot.name : link.salesforceObject,
                    kind: .delete,
                    targetID: link.recordID(on: target),
                    sourceID: link.recordID(on: side),
                    fields: [],
                    needsGuard: true
                )
            )
        }
    }

    /// Whether somebody touched the other record after this one was deleted and before anybody noticed: what was edited
    /// may agree with the deleted record, and be in the base since (`family` 7097).
    private func wasEditedSince(_ row: RecordRow, _ link: Link, on target: Side) -> Bool {
        guard let gone = row.goneAt ?? (target == .hubspot ? row.stamp : nil),
            let stamp = link.stamp(on: target)
        else { return false }
        // A stamp that may be our own write's tells nothing.
        if let ours = link.writtenAt, ours >= gone.milliseconds { return false }
        return stamp.milliseconds > gone.milliseconds + self.settings.clockTolerance
    }

    /// What a look at a record leaves of its planned delete: one that was edited since is kept.
    func keptFromDelete(
        _ row: RecordRow,
        on side: Side,
        link: Link,
        entries: [OutboxEntry],
        into result: inout StepResult
    ) {
        let planned = entries.filter {
            $0.kind == .delete && $0.target == side && $0.state == .planned
        }
        guard !planned.isEmpty, row.values != link.base(on: side),
            self.settings.sabotage != .deletesEdited
        else { return }
        result.commit.entries += self.superseded(planned, ids: planned.map(\.id))
        result.commit.raise = [self.finding(.deletedButEdited, link, [side.other.rawValue])]
        result.summary.findingsRaised += 1
        result.isNews = true
    }

    /// The end of a delete that went over.
    ///
    /// `isOurs`: whether the write did it, not somebody before.
    func deleted(_ entry: OutboxEntry, link: Link?, isOurs: Bool = true) -> StepResult {
        var result = StepResult(commit: RecordCommit(entries: [entry]), isNews: true)
        guard var link, entry.state == .confirmed else { return result }
        link.state = .ended
        result.commit.link = link
        result.commit.resolve = Self.ofGone.map { self.finding($0, link) }
        result.commit.resolve.append(self.finding(.recordRejected, link))
        guard isOurs else { return result }
        result.summary.countWrite(.delete, on: entry.target)
        result.commit.journal = [
            JournalEntry(
                kind: .deleted,
                mapping: self.mapping.name,
                hubspotID: link.hubspotID,
                salesforceID: link.salesforceID,
                target: entry.target,
                reason: "its counterpart was deleted",
                at: self.now
            )
        ]
        return result
    }

    /// A delete that is refused: the record stays, and a person is told.
    func keptByRefusal(
        _ entry: OutboxEntry,
        _ rejection: WriteReply.Rejection,
        link: Link?
    ) -> StepResult {
        var result = StepResult(commit: RecordCommit(entries: [entry]), isNews: true)
        let source = entry.target.other
        let details = [source.rawValue, rejection.code]
        result.commit.raise = [
            link.map { self.finding(.counterpartDeleted, $0, details) }
                ?? self.finding(.counterpartDeleted, entry.sourceID, on: source, details)
        ]
        result.summary.findingsRaised = 1
        return result
    }
}
