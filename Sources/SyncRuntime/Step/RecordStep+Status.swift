import CRMInterface
import SyncCore
package import SyncStore

/// What records tell of how their pairs stand.
extension RecordStep {
    /// The writes that have a pair's records tell how it stands.
    package func telling(_ due: [DueStatus]) -> RecordCommit? {
        guard let link = due.first?.link else { return nil }
        // Unchanged, but a decision that was made meanwhile takes precedence.
        var commit = RecordCommit(link: link)
        commit.entries = due.map { due in
            var entry = self.keyWrite(to: due.side, link)
            entry.status = self.settings.sabotage == .tellsOnlyGood ? .inSync : due.status
            entry.priority = .audit
            return entry
        }
        // Until it is stored nobody knows what they tell: a write without a reply may end with its record's next decision.
        commit.told = due.map { due in
            ToldStatus(
                mapping: self.mapping.name,
                side: due.side,
                id: link.recordID(on: due.side),
                status: nil
            )
        }
        return commit
    }

    /// Notes what a record tells after a write.
    func tell(_ entry: OutboxEntry, _ link: Link, into result: inout StepResult) {
        guard entry.writesKey, self.mapping.status != nil else { return }
        result.commit.told.append(
            ToldStatus(
                mapping: self.mapping.name,
                side: entry.target,
                id: link.recordID(on: entry.target),
                status: entry.status ?? .inSync
            )
        )
    }

    /// What a refusal leaves of a write that was to tell how a pair stands, or `nil` for any other write.
    ///
    /// It is not asked again before the pair stands otherwise.
    func refusedStatus(
        _ ended: OutboxEntry,
        _ rejection: WriteReply.Rejection,
        _ link: Link?
    ) -> StepResult? {
        guard ended.status != nil, let link else { return nil }
        var result = StepResult(commit: RecordCommit(entries: [ended]), isNews: true)
        self.tell(ended, link, into: &result)
        return result
    }
}
