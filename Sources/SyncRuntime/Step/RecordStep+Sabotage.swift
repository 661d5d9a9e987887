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
        isAgain: Bool
    ) -> MergeDecision {
        var decision = self.spoiled(RecordMerge.decide(input), input)
        self.settings.observer?.decided(seen, decision, isAgain: isAgain)
        if self.settings.sabotage == .fillsFullFields { self.fillFull(&decision, input) }
        return decision
    }

    private func spoiled(_ decision: MergeDecision, _ input: RecordMergeInput) -> MergeDecision {
        guard let sabotage = self.settings.sabotage else { return decision }
        var spoiled = decision
        switch sabotage {
        case .hidesConflicts: spoiled.conflicts = []
        case .ignoresClears:
            spoiled.toHubSpot.removeAll { $0.value.isEmpty }
            spoiled.toSalesforce.removeAll { $0.value.isEmpty }
        case .movesBasesEarly:
            spoiled.hubspotBase = input.hubspot
            spoiled.salesforceBase = input.salesforce
        default: break
        }
        return spoiled
    }

    /// Overwrites on HubSpot what "fill if empty" leaves alone, where Salesforce is the newer one.
    private func fillFull(_ decision: inout MergeDecision, _ input: RecordMergeInput) {
        guard input.phase == .linked else { return }
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
    }

    /// Whether a row shows only values that were written to it within the hour.
    func isUndo(
        _ row: RecordRow,
        _ side: Side,
        _ link: Link,
        _ recent: [JournalEntry]
    ) -> Bool {
        guard let base = link.base(on: side)?.values else { return false }
        let values = row.values.values
        let changed = values.indices.filter { values[$0] != base[$0] }
        return !changed.isEmpty
            && changed.allSatisfy { index in
                recent.contains { line in
                    line.kind == .confirmed && line.field == self.fieldName(index)
                        && (side == .hubspot ? line.hubspotValue : line.salesforceValue)
                            == values[index].bytes
                }
            }
    }
}

extension RecordBlob {
    fileprivate func replacing(_ fields: Set<Int>, from other: RecordBlob) -> RecordBlob {
        var values = self.values
        for index in fields { values[index] = other.values[index] }
        return RecordBlob(values: values)
    }
}
