import SyncCore
import SyncStore

/// What the simulator's mutants do to decisions; without one, nothing.
extension RecordStep {
    /// The decision without fields that are held as flapping.
    func held(
        _ decision: MergeDecision,
        _ fields: Set<Int>,
        _ input: RecordMergeInput
    ) -> MergeDecision {
        switch self.settings.sabotage {
        case .answersForEver: return decision
        case .movesFlappingBases:
            var left = decision.leaving(fields)
            left.hubspotBase = left.hubspotBase.replacing(fields, from: input.hubspot)
            left.salesforceBase = left.salesforceBase.replacing(fields, from: input.salesforce)
            return left
        default: return decision.leaving(fields)
        }
    }

    func spoil(
        _ input: inout RecordMergeInput,
        _ hubspot: Observation?,
        _ salesforce: Observation?
    ) {
        guard self.settings.sabotage == .lastRecordWins, input.phase == .linked else { return }
        let (left, right) = (hubspot?.stamp.milliseconds ?? 0, salesforce?.stamp.milliseconds ?? 0)
        if left > right {
            input.salesforceBase = input.salesforce
        } else {
            input.hubspotBase = input.hubspot
        }
    }

    /// The decision, which an observer sees before anything is done to what follows from it.
    func decided(
        _ input: RecordMergeInput,
        seen: RecordMergeInput,
        _ recent: [JournalEntry],
        isAgain: Bool
    ) -> MergeDecision {
        var decision = self.spoiled(RecordMerge.decide(input), input)
        self.settings.observer?.decided(seen, decision, isAgain: isAgain)
        if self.settings.sabotage == .fillsFullFields { self.fillFull(&decision, input) }
        if self.settings.sabotage == .undoesFirst { self.markOverruled(&decision, input, recent) }
        return self.olderFirst(decision, recent)
    }

    /// Whether a new record is made without a look for one of the same person.
    func skipsMatching(_ entry: OutboxEntry, _ candidates: [RecordRow]) -> Bool {
        // What an earlier attempt made is found all the same.
        self.settings.sabotage == .skipsMatching
            && !candidates.contains { $0.counterpartID == entry.sourceID }
    }

    /// Without what was refused once: it goes never again.
    func askable(_ fields: [OutboxEntry.Field], _ link: Link) -> [OutboxEntry.Field] {
        guard self.settings.sabotage == .asksNeverAgain else { return fields }
        // Other rules leave values apart that nobody refused.
        let refused = self.apart(link).filter { self.mapping.fields[$0].rule == .twoWay }
        return fields.filter { !refused.contains($0.index) }
    }

    /// What is noted of who waits: nothing, where a child is made without its parent for good.
    func kept(_ waiting: [WaitingRecord]) -> [WaitingRecord] {
        self.settings.sabotage == .makesChildrenFirst ? [] : waiting
    }

    /// Whether a record that is there again is not looked at, because its counterpart's delete is planned.
    func overlooksRestore(_ row: RecordRow, _ entries: [OutboxEntry]) -> Bool {
        self.settings.sabotage == .deletesRestored && row.fate == .live
            && entries.contains { $0.kind == .delete }
    }

    /// Whether nothing is done about a delete that shall go over.
    func overlooksDelete(_ link: Link) -> Bool {
        self.settings.sabotage == .overlooksDeletes && link.id.isMultiple(of: 2)
    }

    /// Takes the next line of a stage map for each value that goes to Salesforce.
    private func shiftStages(_ decision: inout MergeDecision) {
        decision.toSalesforce = decision.toSalesforce.map { write in
            let field = self.mapping.fields[write.index]
            let value = FieldValue(bytes: write.value).text
            guard field.rejectsUnlisted,
                let place = field.values.firstIndex(where: { $0.salesforce == value })
            else { return write }
            let next = field.values[(place + 1) % field.values.count].salesforce
            return OutboxEntry.Field(
                index: write.index,
                value: Array(next.utf8),
                reason: write.reason
            )
        }
    }

    /// Whether a hold that is over is forgotten; where each write asks for its state, others see it too.
    var losesHold: Bool {
        self.settings.sabotage == .losesHolds && !self.settings.isGuardStrict
    }

    /// Writes something else before the value that a field shall get; the rule brings that later.
    func olderFirst(_ decision: MergeDecision, _ recent: [JournalEntry]) -> MergeDecision {
        guard let sabotage = self.settings.sabotage,
            [.writesOlderFirst, .blanksFirst].contains(sabotage)
        else { return decision }
        var spoiled = decision
        spoiled.toHubSpot = decision.toHubSpot.map { self.olderFirst($0, recent, on: .hubspot) }
        spoiled.toSalesforce = decision.toSalesforce.map {
            self.olderFirst($0, recent, on: .salesforce)
        }
        return spoiled
    }

    private func olderFirst(
        _ field: OutboxEntry.Field,
        _ recent: [JournalEntry],
        on side: Side
    ) -> OutboxEntry.Field {
        let mapped = self.mapping.fields[field.index]
        let lines = recent.filter { $0.field == mapped.hubspot && $0.target == side }
        guard mapped.rule == (side == .hubspot ? .alwaysSalesforce : .alwaysHubSpot),
            !field.value.isEmpty, !lines.contains(where: { $0.reason == Self.comesFirst })
        else { return field }
        guard self.settings.sabotage != .blanksFirst else {
            // Not all of them: what nobody's next look brings back others notice too.
            let isDrawn = side == .hubspot && !field.value.count.isMultiple(of: 2)
            guard isDrawn, mapped.hubspot != "lastname" else { return field }
            return OutboxEntry.Field(index: field.index, value: [], reason: Self.comesFirst)
        }
        let values = lines.compactMap { side == .hubspot ? $0.hubspotValue : $0.salesforceValue }
            .filter { !$0.isEmpty && $0 != field.value }
        guard let older = values.first(where: { $0 != values.last }) else { return field }
        return OutboxEntry.Field(index: field.index, value: older, reason: Self.comesFirst)
    }

    private func spoiled(_ decision: MergeDecision, _ input: RecordMergeInput) -> MergeDecision {
        guard let sabotage = self.settings.sabotage else { return decision }
        var spoiled = decision
        switch sabotage {
        case .hidesConflicts: spoiled.conflicts = []
        case .turnsTiesAround: self.turnTies(&spoiled, input)
        case .ignoresClears:
            spoiled.toHubSpot.removeAll { $0.value.isEmpty }
            spoiled.toSalesforce.removeAll { $0.value.isEmpty }
        case .shiftsStages: self.shiftStages(&spoiled)
        case .keepsOneBase: spoiled.salesforceBase = spoiled.hubspotBase
        case .movesBasesEarly:
            spoiled.hubspotBase = input.hubspot
            spoiled.salesforceBase = input.salesforce
        default: break
        }
        return spoiled
    }

    /// Gives HubSpot what Salesforce wins where nothing tells which edit is the newer one.
    private func turnTies(_ decision: inout MergeDecision, _ input: RecordMergeInput) {
        for place in decision.conflicts.indices {
            let conflict = decision.conflicts[place]
            guard conflict.isTie, conflict.winner == .salesforce,
                let value = FieldConversion.toSalesforce(
                    input.hubspot.values[conflict.index],
                    mapping: self.mapping,
                    field: conflict.index,
                    object: input.salesforceObject
                )
            else { continue }
            decision.toHubSpot.removeAll { $0.index == conflict.index }
            decision.toSalesforce.append(
                OutboxEntry.Field(
                    index: conflict.index,
                    value: value.bytes,
                    reason: conflict.reason
                )
            )
            decision.conflicts[place].winner = .hubspot
            decision.guardSalesforce = true
        }
    }

    /// Overwrites on HubSpot what "fill if empty" leaves alone, where Salesforce is the newer one.
    private func fillFull(_ decision: inout MergeDecision, _ input: RecordMergeInput) {
        guard input.phase == .linked, case .interval(_, let end?) = input.hubspotTime,
            case .interval(let start?, _) = input.salesforceTime, start > end
        else { return }
        let (mine, theirs) = (input.hubspot.values, input.salesforce.values)
        guard let mineBefore = input.hubspotBase?.values,
            let theirsBefore = input.salesforceBase?.values
        else { return }
        for field in self.mapping.fields where field.rule == .fillEmpty {
            let index = field.index
            guard mine[index] == mineBefore[index], theirs[index] != theirsBefore[index],
                !mine[index].isBlank, !theirs[index].isBlank,
                let value = FieldConversion.toHubSpot(
                    theirs[index],
                    mapping: self.mapping,
                    field: index,
                    object: input.salesforceObject
                )
            else { continue }
            let written = OutboxEntry.Field(index: index, value: value.bytes, reason: "Fill")
            decision.toHubSpot.append(written)
            decision.guardHubSpot = true
        }
    }

    /// A read that nobody will ever make.
    func neverRead(_ answered: [ParkedRecord]) -> RecordCommit {
        RecordCommit(
            park: answered.prefix(1).map { parked in
                var left = parked
                left.remoteID = "0" + parked.remoteID
                left.notBefore = .max
                return left
            }
        )
    }

    /// Makes again what somebody deleted.
    func recreate(
        _ link: Link,
        on side: Side,
        _ fate: RecordRow.Fate,
        into result: inout StepResult
    ) {
        guard self.settings.sabotage == .createsForDeleted, fate == .deleted,
            side == .salesforce, link.id.isMultiple(of: 2),
            let values = link.base(on: side.other), let stamp = link.stamp(on: side.other)
        else { return }
        let object = side == .hubspot ? link.salesforceObject : self.mapping.hubspot.name
        let row = RecordRow(
            id: link.recordID(on: side.other),
            object: object,
            stamp: stamp,
            fate: .live,
            values: values
        )
        result.commit.entries.append(self.pendingCreate(row, on: side.other))
        // The pair of the one that is gone gives way to the new one.
        switch side {
        case .hubspot: result.commit.link?.salesforceID = "0" + link.salesforceID
        case .salesforce: result.commit.link?.hubspotID = "0" + link.hubspotID
        }
    }

    /// Writes a key again that stands there already, every ten minutes.
    func touched(_ link: Link, _ entries: [OutboxEntry]) -> StepResult? {
        guard self.settings.sabotage == .touchesRecords, entries.isEmpty, link.id == 1,
            self.now - (link.writtenAt ?? 0) > 500_000
        else { return nil }
        var next = link
        next.writtenAt = self.now
        var result = StepResult(isNews: true)
        result.commit.link = next
        result.commit.entries = [self.keyWrite(to: .hubspot, link)]
        return result
    }

    /// The key of a record that was made with another one.
    func lateKey(_ entry: OutboxEntry, newID: String) -> [OutboxEntry] {
        guard self.settings.sabotage == .keysLater, entry.target == .salesforce else { return [] }
        let link = Link(
            mapping: self.mapping.name,
            hubspotID: entry.sourceID,
            salesforceID: newID,
            salesforceObject: entry.object,
            schemaRevision: self.mapping.revision
        )
        return [self.keyWrite(to: .salesforce, link)]
    }

    /// Values that nobody gave, for fields of a new record that nothing is carried over to.
    func madeUp(_ fields: [OutboxEntry.Field], on target: Side) -> [OutboxEntry.Field] {
        guard self.settings.sabotage == .fillsBlanks else { return [] }
        let rules: Set<SyncRule> =
            target == .salesforce ? [.dontSync, .alwaysHubSpot] : [.dontSync, .alwaysSalesforce]
        return self.mapping.fields.filter { field in
            rules.contains(field.rule) && !fields.contains { $0.index == field.index }
        }.compactMap { field in
            let shape = self.mapping.hubspot.fields[field.index]?.shape
            let value: String
            switch shape?.type {
            case .text: value = "n/a"
            case .number: value = "4711"
            case .date: value = "2001-01-01"
            default: return nil
            }
            let bytes = FieldValue(normal: value).bytes
            return OutboxEntry.Field(index: field.index, value: bytes, reason: "Filled")
        }
    }

    /// Whether another write shall follow one, which decides the bases.
    func comesFirst(_ entry: OutboxEntry) -> Bool {
        [.undoesFirst, .blanksFirst, .writesOlderFirst].contains(self.settings.sabotage)
            && entry.fields.contains { $0.reason == Self.comesFirst }
    }

    /// Notes which writes take back what a person wrote in HubSpot only.
    private func markOverruled(
        _ decision: inout MergeDecision,
        _ input: RecordMergeInput,
        _ recent: [JournalEntry]
    ) {
        guard input.phase == .linked, let before = input.hubspotBase?.values else { return }
        let now = input.hubspot.values
        decision.toHubSpot = decision.toHubSpot.map { field in
            let place = field.index
            let mapped = self.mapping.fields[place]
            let isAgain = recent.contains {
                $0.field == mapped.hubspot && $0.reason == Self.comesFirst
            }
            guard mapped.rule == .alwaysSalesforce, !field.value.isEmpty, !isAgain,
                !now[place].isBlank, now[place] != before[place]
            else { return field }
            return OutboxEntry.Field(index: place, value: field.value, reason: Self.overrules)
        }
    }

    /// Writes again what was overruled just now: the rule takes it back once more.
    func undoing(_ entry: OutboxEntry, _ link: Link) -> [OutboxEntry] {
        guard self.settings.sabotage == .undoesFirst, entry.target == .hubspot,
            let before = entry.observedHubSpot?.values.values
        else { return [] }
        let fields = entry.fields.filter { $0.reason == Self.overrules }.map { field in
            let value = before[field.index].bytes
            return OutboxEntry.Field(index: field.index, value: value, reason: Self.comesFirst)
        }
        guard !fields.isEmpty else { return [] }
        var next = self.keyWrite(to: .hubspot, link)
        next.fields = fields
        next.writesKey = false
        next.observedHubSpot = entry.observedHubSpot
        next.observedSalesforce = entry.observedSalesforce
        return [next]
    }

    private static let comesFirst = "First"
    private static let overrules = "Overrules"

    /// Whether a row shows only values that were written to it within the hour.
    func isUndo(
        _ row: RecordRow,
        _ side: Side,
        _ link: Link,
        _ recent: [JournalEntry]
    ) -> Bool {
        guard let base = link.base(on: side)?.values else { return false }
        let values = row.values.values
        let changed = values.changes(from: base)
        return !changed.isEmpty
            && changed.allSatisfy { index in
                recent.contains { line in
                    line.kind == .confirmed && line.field == self.fieldName(index)
                        && (side == .hubspot ? line.hubspotValue : line.salesforceValue)
                            == values[index].bytes
                }
            }
    }

    /// A link with a blank for each value that was never read.
    static func blanked(_ link: Link) -> Link {
        func blanked(_ base: RecordBlob?) -> RecordBlob? {
            base.map { base in
                RecordBlob(values: base.values.map { $0 == .unread ? .blank : $0 })
            }
        }
        var blank = link
        blank.hubspotBase = blanked(link.hubspotBase)
        blank.salesforceBase = blanked(link.salesforceBase)
        return blank
    }
}
