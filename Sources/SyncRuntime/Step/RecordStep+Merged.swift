import CRMInterface
package import SyncCore
package import SyncStore

extension RecordStep {
    /// Links of records that were merged on a side, whose counterparts live as far as anybody knows.
    static func living(_ losers: [LoadedRecord], on side: Side) -> [Link] {
        losers.compactMap(\.link).filter { link in
            link.state.isWhole || link.state.mergedOn == side || link.state.goneFrom == side
        }
    }

    /// Decides about a record without a counterpart that lists linked records as merged into it.
    ///
    /// `losers`: those of which no issue says so yet.
    ///
    /// Where one of them has a living counterpart their link follows to the survivor. Several: two
    /// counterparts stand for one person, and people merge these too.
    package func mergedInto(_ row: RecordRow, on side: Side, losers: [LoadedRecord]) -> StepResult {
        guard !losers.isEmpty else { return .unchanged }
        let living = Self.living(losers, on: side)
        // Of several whose counterparts are gone the survivor takes over one, and is decided from a look at both.
        let gone = losers.compactMap(\.link).filter { !$0.state.isOver }
        guard let link = living.first ?? gone.first, living.count < 2,
            self.settings.sabotage != .takesMergedForDeleted
        else { return self.retire(losers, into: row, on: side) }
        let entries = losers.flatMap(\.entries)
        guard !entries.contains(where: \.state.isOnItsWay) else {
            var parked = self.park(row.id, object: row.object, on: side, cause: .openEntry)
            parked.notBefore = self.now + Self.settlingPause
            return StepResult(commit: RecordCommit(park: [parked]))
        }
        let object = side == .hubspot ? self.mapping.hubspot.name : link.salesforceObject
        var result = self.follow(
            link,
            to: row.id,
            object: object,
            on: side,
            ending: entries,
            reason: Self.wasMerged
        )
        for other in losers.compactMap(\.link) where other.id != link.id {
            self.end(other, on: side, into: &result)
        }
        return result
    }

    /// How long a survivor waits for a write to one that was merged into it, in milliseconds.
    private static let settlingPause: Int64 = 30_000

    /// Whether a record's counterpart is gone: it was deleted, or merged as well.
    private static func isAlone(_ link: Link, on side: Side) -> Bool {
        link.state.goneFrom == side.other || link.state.mergedOn == side.other
    }

    /// Ends a merged record's link whose counterpart is gone as well.
    private func end(_ link: Link, on side: Side, into result: inout StepResult) {
        guard Self.isAlone(link, on: side) else { return }
        var ended = link
        ended.state = .ended(on: side)
        result.commit.freeze.append(ended)
        result.commit.resolve += Self.ofGone.map { self.finding($0, link) }
    }

    /// A linked record goes on as decided; links of records that were merged into it end.
    package func survivor(
        _ row: RecordRow,
        on side: Side,
        losers: [LoadedRecord],
        decided: StepResult
    ) -> StepResult {
        guard !losers.isEmpty else { return decided }
        let retired = self.retire(losers, into: row, on: side)
        var result = decided
        result.isNews = decided.isNews || retired.isNews
        result.commit.freeze += retired.commit.freeze
        result.commit.entries += retired.commit.entries
        result.commit.raise += retired.commit.raise
        result.commit.resolve += retired.commit.resolve
        result.summary.add(retired.summary)
        return result
    }

    private func retire(_ losers: [LoadedRecord], into row: RecordRow, on side: Side) -> StepResult
    {
        var result = StepResult()
        for known in losers {
            guard let loser = known.link, !loser.state.isOver else { continue }
            guard !Self.isAlone(loser, on: side) else {
                self.end(loser, on: side, into: &result)
                continue
            }
            result.commit.raise.append(
                self.finding(.counterpartsMerged, loser, [side.rawValue, row.id])
            )
            // One that was left alone before has been merged once more: the issue names who is left.
            guard loser.state.isWhole else { continue }
            var frozen = loser
            frozen.state = .merged(on: side)
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
