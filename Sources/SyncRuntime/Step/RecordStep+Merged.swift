import CRMInterface
package import SyncCore
package import SyncStore

extension RecordStep {
    /// Decides about a record that lists linked records as merged into it.
    ///
    /// `losers`: those of which no issue says so yet.
    ///
    /// One linked loser: its link follows to the survivor, frozen, so that the survivor is not
    /// taken for a new record. Several: two counterparts stand for one person, and a person decides.
    package func mergedInto(_ row: RecordRow, on side: Side, losers: [LoadedRecord]) -> StepResult {
        guard !losers.isEmpty else { return .unchanged }
        return self.retire(losers, into: row, on: side, follows: losers.count == 1)
    }

    /// A linked record goes on as decided; links of records that were merged into it end.
    package func survivor(
        _ row: RecordRow,
        on side: Side,
        losers: [LoadedRecord],
        decided: StepResult
    ) -> StepResult {
        guard !losers.isEmpty else { return decided }
        let retired = self.retire(losers, into: row, on: side, follows: false)
        var result = decided
        result.isNews = decided.isNews || retired.isNews
        result.commit.freeze += retired.commit.freeze
        result.commit.entries += retired.commit.entries
        result.commit.raise += retired.commit.raise
        result.summary.add(retired.summary)
        return result
    }

    /// `follows`: whether the only loser's link goes over to the survivor, frozen.
    private func retire(
        _ losers: [LoadedRecord],
        into row: RecordRow,
        on side: Side,
        follows: Bool
    ) -> StepResult {
        var result = StepResult()
        for known in losers {
            guard let loser = known.link else { continue }
            result.commit.raise.append(
                self.finding(.counterpartsMerged, loser, [side.rawValue, row.id])
            )
            // One that was left alone before has been merged once more: the issue names who is left.
            guard loser.state == .active else { continue }
            var frozen = loser
            frozen.state = .frozen
            if follows {
                switch side {
                case .hubspot: frozen.hubspotID = row.id
                case .salesforce: frozen.salesforceID = row.id
                }
            }
            result.commit.freeze.append(frozen)
            let planned = known.entries.filter { $0.state == .planned || $0.state == .unmatched }
            result.commit.entries += self.superseded(planned, ids: planned.map(\.id))
            result.summary.findingsRaised += 1
            result.isNews = true
        }
        return result
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
