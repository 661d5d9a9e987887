import SyncCore
import SyncStore

/// Links that are not kept in step, and what ends that.
extension RecordStep {
    /// What a record's gone counterpart is told as, once each.
    static let ofGone: [Finding.Code] = [
        .counterpartDeleted, .counterpartNotVisible, .counterpartsMerged, .counterpartConverted,
        .deletedButEdited,
    ]

    /// The link as it is kept in step again: its record that was gone is seen, and so is the other one.
    ///
    /// Both were read by id for this; an index that lags shows what is deleted.
    func seenAgain(_ link: Link, _ row: RecordRow, _ counterpart: HeldRow?) -> Link? {
        guard link.state.mayReturn, row.fate == .live, counterpart?.row.fate == .live else {
            return nil
        }
        var next = link
        next.state = .active
        return next
    }

    /// The sides whose records name nobody, of a pair that is kept in step again.
    ///
    /// One that followed a merge while nothing was written names the record before.
    func keyless(
        _ link: Link,
        _ row: RecordRow,
        _ side: Side,
        _ counterpart: HeldRow?
    ) -> [Side] {
        [(row, side), (counterpart?.row, side.other)].filter { row, side in
            row?.counterpartID != link.recordID(on: side.other)
        }.map(\.1)
    }

    /// What is stored where a look at both sides, for one decision, finds the other record gone.
    func lostMeanwhile(
        _ link: Link,
        _ entries: [OutboxEntry],
        _ row: RecordRow,
        on side: Side
    ) -> StepResult {
        guard row.fate == .deleted else {
            // Its own look tells what is known of the record that took its place.
            return self.lookedAtAgain(row, on: side)
        }
        // The other one is seen: where it was gone as well, only this one is missing now.
        guard link.state.isWhole || link.state.mayReturn, link.state.goneFrom != side else {
            var result = self.leftAlone(entries)
            if link.state.goneFrom == side {
                result.commit.raise = [self.finding(.counterpartDeleted, link, [side.rawValue])]
            }
            return result
        }
        return self.freeze(link, entries: entries, row: row, on: side)
    }

    /// What a row leaves whose link is not kept in step.
    func held(
        _ link: Link,
        _ row: RecordRow,
        on side: Side,
        _ entries: [OutboxEntry],
        _ counterpart: HeldRow?,
        wasRead: Bool
    ) -> StepResult {
        // A planned delete ends where its record is gone already, or as it is told below.
        let isOver = row.fate != .live
        var result = self.leftAlone(
            entries.filter { $0.kind != .delete || isOver && $0.target == side }
        )
        switch row.fate {
        case .live:
            self.keptFromDelete(row, on: side, link: link, entries: entries, into: &result)
            if link.state == .ended(on: side.other) {
                // Taken out of the recycle bin: again two records stand for one over there.
                var merged = link
                merged.state = .merged(on: side.other)
                result.commit.link = merged
                result.commit.raise = [
                    self.finding(.counterpartsMerged, link, [side.other.rawValue])
                ]
                result.summary.findingsRaised += 1
            }
            guard link.state.mayReturn, link.state.goneFrom != side.other else {
                if wasRead, counterpart == nil, link.state.goneFrom == side.other {
                    result.commit.raise = [
                        self.finding(.counterpartNotVisible, link, [side.other.rawValue])
                    ]
                }
                return result
            }
            // Both were read, and the other one is not shown: only that one is missing now.
            guard !wasRead else { return self.seenAlone(link, on: side, result) }
            result.commit.park = self.readBothSides(link).commit.park
            // They cannot be read before a write that is on its way has an end: nothing is gained by another cycle.
            result.isNews = !entries.contains(where: \.state.isOnItsWay)
        case .deleted, .merged, .converted:
            let other = side.other
            if link.state.mayReturn, link.state.goneFrom != side, counterpart?.row.fate == .live {
                return self.freeze(link, entries: entries, row: row, on: side)
            }
            guard link.state.goneFrom == other || link.state.mergedOn == other else {
                return result
            }
            var ended = link
            ended.state = link.state.mergedOn == other ? .ended(on: other) : .ended
            result.commit.link = ended
            result.commit.resolve = Self.ofGone.map { self.finding($0, link) }
            result.isNews = true
            guard link.state.mergedOn == other else { return result }
            // The record that it was merged into may have one counterpart only now.
            let object = other == .hubspot ? self.mapping.hubspot.name : link.salesforceObject
            result.commit.park = [
                self.park(link.recordID(on: other), object: object, on: other, cause: .missing)
            ]
        }
        return result
    }

    /// A record is there again whose counterpart no look shows.
    private func seenAlone(_ link: Link, on side: Side, _ before: StepResult) -> StepResult {
        var result = before
        var alone = link
        alone.state = .gone(from: side.other)
        result.commit.link = alone
        result.commit.resolve = Self.ofGone.map { self.finding($0, link) }
        result.commit.raise = [self.finding(.counterpartNotVisible, link, [side.other.rawValue])]
        result.summary.findingsRaised += 1
        return result
    }

    /// What is stored where no look shows a record of a link that is not kept in step.
    func unseen(_ link: Link, entries: [OutboxEntry], on side: Side) -> StepResult {
        var result = self.leftAlone(entries)
        // Whose delete ends with this was told to nobody.
        guard entries.contains(where: { $0.kind == .delete && $0.target == side }) else {
            return result
        }
        result.commit.raise = [self.finding(.counterpartNotVisible, link, [side.rawValue])]
        result.summary.findingsRaised += 1
        return result
    }

    /// What is planned for a link that is not kept in step ends: nothing would ever send it.
    func leftAlone(_ entries: [OutboxEntry]) -> StepResult {
        let planned = entries.filter { $0.state == .planned || $0.state == .unmatched }
        guard !planned.isEmpty else { return .unchanged }
        let ended = self.superseded(planned, ids: planned.map(\.id))
        return StepResult(commit: RecordCommit(entries: ended))
    }
}
