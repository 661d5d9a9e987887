import CRMInterface
package import SyncCore
import SyncStore

extension RecordStep {
    /// Decides about a record that lists linked records as merged into it.
    ///
    /// One linked loser: its link follows to the survivor, frozen, so that the survivor is not
    /// taken for a new record. Several: two counterparts stand for one person, and a person decides.
    package func mergedInto(_ row: RecordRow, on side: Side, losers: [Link]) -> StepResult {
        var result = StepResult(isNews: true)
        for (place, loser) in losers.enumerated() where loser.state == .active {
            var frozen = loser
            frozen.state = .frozen
            if place == 0, losers.count == 1 {
                switch side {
                case .hubspot: frozen.hubspotID = row.id
                case .salesforce: frozen.salesforceID = row.id
                }
            }
            if result.commit.link == nil { result.commit.link = frozen }
            result.commit.raise.append(
                self.finding(.counterpartsMerged, loser, [side.rawValue, row.id])
            )
            result.summary.findingsRaised += 1
        }
        return result.commit.isEmpty ? .unchanged : result
    }

    /// Ends a write whose record got another link while it was on its way.
    func linkTaken(_ entry: OutboxEntry, outcome: WriteReply.Outcome) -> StepResult {
        var ended = entry
        ended.state = .superseded
        var details: [String] = []
        if case .confirmed(let id, _, _) = outcome { details = [id] }
        let source = entry.target.other
        return StepResult(
            commit: RecordCommit(
                entries: [ended],
                raise: [self.finding(.alreadyLinked, entry.sourceID, on: source, details)]
            ),
            isNews: true
        )
    }
}
