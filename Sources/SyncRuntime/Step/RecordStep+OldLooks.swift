import SyncCore
import SyncStore

/// Agreement with a look that waited in an entry, and what is done about it (decision 0014).
extension RecordStep {
    /// The fields that a decision takes for agreed on: they changed on both sides, so both bases move
    /// and nothing is written.
    func agreedOn(_ decided: Link?, _ link: Link) -> Set<Int> {
        guard self.settings.sabotage != .agreesByOldLooks, let decided else { return [] }
        let moved = Side.allCases.map { side -> Set<Int> in
            guard let new = decided.base(on: side)?.values, let old = link.base(on: side)?.values
            else { return [] }
            return Set(new.changes(from: old))
        }
        return moved[0].intersection(moved[1])
    }

    /// Whether fields are agreed on with a look at the other side that is older than the edit.
    ///
    /// The other side may show something newer since, and would then seem to be the only one that
    /// changed. An entry's look is old; one that was made for this decision is where HubSpot's edit came
    /// after it, between the two reads.
    func isUnseen(
        _ agreed: Set<Int>,
        _ counterpart: HeldRow?,
        _ exactTimes: [Int: ServerTime]
    ) -> Bool {
        guard let counterpart else { return !agreed.isEmpty && exactTimes.isEmpty }
        return agreed.contains { field in
            exactTimes[field].map { $0 > counterpart.readAt } ?? false
        }
    }

    /// Moves nothing, ends what is planned and has both sides read for one decision.
    ///
    /// What was planned would write what stands there already, and its reply would move the bases.
    func lookAgain(
        _ link: Link,
        entries: [OutboxEntry],
        superseding: [Int64],
        _ seen: Observation,
        on side: Side
    ) -> StepResult {
        var result = self.readBothSides(link)
        // Unchanged, but a decision that was made meanwhile takes precedence.
        result.commit.link = link
        for entry in entries where superseding.contains(entry.id) {
            var ended = entry
            if entry.writesKey, !entry.fields.isEmpty {
                // The pair's key is still missing, whatever the values turn out to be.
                ended.fields = []
                ended.needsGuard = false
            } else if !entry.writesKey {
                ended.state = .superseded
            }
            result.commit.entries.append(ended)
            let shown = entry.target == side ? seen : nil
            result.commit.journal += self.standing(entry, seen: shown, link: link)
        }
        return result
    }
}
