import SyncCore
import SyncStore

/// Agreement with a look that waited in an entry, and what is done about it (decision 0014).
extension RecordStep {
    /// Whether a decision takes a value for agreed on the word of an old look at the other side.
    ///
    /// The value changed on both sides, so both bases move and nothing is written; but the other side
    /// may show something newer since it was looked at, and would then seem to be the only one that
    /// changed.
    func agreesUnseen(_ decided: Link?, _ link: Link) -> Bool {
        guard self.settings.sabotage != .agreesByOldLooks, let decided else { return false }
        let moved = Side.allCases.map { side -> Set<Int> in
            guard let new = decided.base(on: side)?.values, let old = link.base(on: side)?.values
            else { return [] }
            return Set(zip(new, old).enumerated().filter { $1.0 != $1.1 }.map(\.offset))
        }
        return !moved[0].isDisjoint(with: moved[1])
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
