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

    func spoiled(_ decision: MergeDecision, _ input: RecordMergeInput) -> MergeDecision {
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
