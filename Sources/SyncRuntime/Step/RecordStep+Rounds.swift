import SyncCore
import SyncStore

/// Fields that something rewrites after us, and what is done about it (architecture 5.3).
extension RecordStep {
    struct Rounds {
        /// Fields whose rewriting is answered once more, with the side it was seen on.
        var answered: [(field: Int, side: Side)] = []
        /// Fields that are left alone: a person must look.
        var flapping: Set<Int> = []
        /// Those of them that are left alone from now on.
        var held: Set<Int> = []
        /// Fields that are filled although neither side has changed.
        var untouched: Set<Int> = []
        /// When the first of them may be decided again, in wall milliseconds.
        var heldUntil: Int64?
        /// Whether an hour has passed without any write: an old finding no longer holds.
        var isCalm = false
    }

    /// Judges every write of a decision by what was written within the last hour.
    func rounds(
        _ decision: MergeDecision,
        _ input: RecordMergeInput,
        _ recent: [JournalEntry]
    ) -> Rounds {
        var rounds = Rounds()
        let guardian = FlapGuard(self.events(recent), now: self.now)
        guard !guardian.isEmpty else {
            rounds.isCalm = !(decision.toHubSpot + decision.toSalesforce).isEmpty
            return rounds
        }
        let hubspot = (now: input.hubspot.values, base: input.hubspotBase?.values)
        let salesforce = (now: input.salesforce.values, base: input.salesforceBase?.values)
        for field in Set((decision.toHubSpot + decision.toSalesforce).map(\.index)).sorted() {
            var changed: [Side] = []
            if hubspot.now[field] != hubspot.base?[field] { changed.append(.hubspot) }
            if salesforce.now[field] != salesforce.base?[field] { changed.append(.salesforce) }
            if changed.isEmpty { rounds.untouched.insert(field) }
            switch guardian.judge(field, changedOn: changed) {
            case .calm: continue
            case .round: rounds.answered += changed.prefix(1).map { (field, $0) }
            case .flapping:
                rounds.flapping.insert(field)
                if !guardian.isHeld(field) { rounds.held.insert(field) }
                let until = guardian.heldUntil(field) ?? self.now + FlapGuard.window + 1
                rounds.heldUntil = min(rounds.heldUntil ?? until, until)
            }
        }
        return rounds
    }

    /// The fields of a decision that are not written.
    ///
    /// A record of which a field is held is decided again on each look: a blank that was not filled
    /// the first time (the CRM refused it) is filled no more until the hold ends.
    func leftAlone(_ rounds: Rounds) -> Set<Int> {
        rounds.flapping.isEmpty ? [] : rounds.flapping.union(rounds.untouched)
    }

    /// `isLate`: whether held edits were decided now.
    func report(_ rounds: Rounds, link: Link, isLate: Bool, into result: inout StepResult) {
        for round in rounds.answered {
            result.commit.journal.append(self.note(.round, round.field, round.side, link))
        }
        for field in rounds.held.sorted() {
            // The side does not matter: neither is written.
            result.commit.journal.append(self.note(.held, field, .hubspot, link))
            result.commit.link?.writtenAt = self.now
        }
        if rounds.isCalm || isLate {
            result.commit.resolve.append(self.finding(.fieldFlapping, link))
        }
        guard !rounds.flapping.isEmpty else { return }
        let names = rounds.flapping.sorted().map(self.fieldName)
        result.commit.raise.append(self.finding(.fieldFlapping, link, names))
        // Both sides keep what they show; an hour later the quarrel may be over.
        var parked = self.park(
            link.hubspotID,
            object: self.mapping.hubspot.name,
            on: .hubspot,
            cause: .flapping
        )
        parked.notBefore = rounds.heldUntil ?? self.now + FlapGuard.window + 1
        if !self.losesHold { result.commit.park.append(parked) }
        // The same rows come again with each confirm poll: only what is planned is news.
        result.isNews = !result.commit.entries.isEmpty
        result.summary.findingsRaised += 1
    }

    private func note(
        _ kind: JournalEntry.Kind,
        _ field: Int,
        _ side: Side,
        _ link: Link
    ) -> JournalEntry {
        JournalEntry(
            kind: kind,
            mapping: self.mapping.name,
            hubspotID: link.hubspotID,
            salesforceID: link.salesforceID,
            target: side,
            field: self.fieldName(field),
            reason: kind == .held
                ? "left alone for an hour: it was changed after each write"
                : "changed again after it was written",
            at: self.now
        )
    }

    private func events(_ recent: [JournalEntry]) -> [FlapGuard.Event] {
        guard !recent.isEmpty else { return [] }
        let places = Dictionary(self.mapping.fields.map { ($0.hubspot, $0.index) }) { one, _ in one
        }
        return recent.compactMap { line in
            guard let side = line.target, let field = line.field.flatMap({ places[$0] }) else {
                return nil
            }
            return FlapGuard.Event(
                field: field,
                side: side,
                isRound: line.kind == .round,
                isHold: line.kind == .held,
                at: line.at
            )
        }
    }
}
