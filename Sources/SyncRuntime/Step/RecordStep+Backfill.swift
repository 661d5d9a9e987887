package import SyncCore
package import SyncStore

extension RecordStep {
    /// What a backfill decided about one staged record.
    package struct BackfillDecision: Sendable {
        package var result: StepResult
        /// The other side's record that it was linked with.
        package var partner: String?
        /// Whether the record leaves the stage; a doubt stays, so that its twins see it.
        package var isFinal: Bool
    }

    /// A create as it would be planned for this record, not stored yet.
    package func pendingCreate(_ row: RecordRow, on side: Side) -> OutboxEntry {
        let observation = Observation(values: row.values, stamp: row.stamp)
        let salesforceObject =
            side == .salesforce
            ? row.object : self.mapping.newObject(of: row.values, self.references)
        let made = RecordMerge.create(
            from: side,
            values: row.values,
            mapping: self.mapping,
            salesforceObject: salesforceObject,
            references: self.references
        )
        return OutboxEntry(
            mapping: self.mapping.name,
            link: nil,
            target: side.other,
            object: side == .salesforce ? self.mapping.hubspot.name : salesforceObject,
            kind: .create,
            priority: .backfill,
            targetID: row.counterpartID,
            sourceID: row.id,
            fields: self.dated(made.fields, row, on: side.other),
            writesKey: true,
            observedHubSpot: side == .hubspot ? observation : nil,
            observedSalesforce: side == .salesforce ? observation : nil
        )
    }

    /// Decides about one staged record, from what is staged of both sides.
    package func backfilled(
        _ record: StagedRecord,
        entry: OutboxEntry,
        candidates: [RecordRow],
        counterparts: [String: LoadedRecord],
        taken: Set<String>,
        hasTwins: Bool
    ) -> BackfillDecision {
        let side = record.side
        let seeker = self.seeker(entry)
        // What took the place of its counterpart is not free because another has it.
        let heirs =
            candidates.contains { $0.successorID != nil }
            ? LinkLookup.successors(of: seeker, in: candidates) : []
        let free = candidates.filter { row in
            !taken.contains(row.id) || heirs.contains(row.id)
                || row.formerIDs.contains { $0 == record.row.counterpartID }
        }
        let found = LinkLookup.find(
            seeker,
            among: free.map { row in
                LinkLookup.Candidate(
                    row: row,
                    matchKeys: self.matchKeys(of: row.values, on: side.other, object: row.object),
                    isLinked: counterparts[row.id]?.link != nil || taken.contains(row.id)
                )
            },
            objects: self.matchOrder(on: side.other),
            sharesMatches: self.mapping.kind?.sharesMatches ?? false
        )
        switch found {
        case .link(let id) where !hasTwins || self.isTiedByKey(record.row, free, id):
            guard let row = free.first(where: { $0.id == id }) else { break }
            let observation = Observation(values: record.row.values, stamp: record.row.stamp)
            let open = counterparts[id]?.entries ?? []
            let result = self.link(entry, observation, to: row, openEntries: open)
            return BackfillDecision(result: result, partner: id, isFinal: true)
        case .link(let id):
            // Several records of this side look like one of the other: never a guess. The other
            // one's own finding names them all.
            return self.doubt(record, [id], isReported: side == .salesforce)
        case .ambiguous(let ids):
            return self.doubt(record, ids, isReported: false)
        case .deleted(let id):
            guard let row = free.first(where: { $0.id == id }) else { break }
            let open = counterparts[id]?.entries ?? []
            let result = self.matchedDeleted(entry, row, open)
            return BackfillDecision(result: result, partner: id, isFinal: true)
        case .alreadyLinked(let id):
            guard self.includes(record.row.values, on: side) else {
                return BackfillDecision(result: .unchanged, partner: nil, isFinal: true)
            }
            let finding = self.finding(.alreadyLinked, record.row.id, on: side, [id])
            return self.reported(finding)
        case .none:
            break
        }
        if hasTwins { return self.doubt(record, [], isReported: false) }
        return self.createOrReport(record, entry)
    }

    private func createOrReport(_ record: StagedRecord, _ entry: OutboxEntry) -> BackfillDecision {
        guard self.mayCreate(record.row.values, as: entry.fields, on: entry.target) else {
            var result = StepResult.unchanged
            result.summary.notIncluded = self.mapping.inclusion.isEverything ? 0 : 1
            return BackfillDecision(result: result, partner: nil, isFinal: true)
        }
        if let finding = self.missingRequired(entry.fields, record.row, record.side, entry.object) {
            return self.reported(finding)
        }
        var create = entry
        create.targetID = nil
        // It goes without what has no counterpart yet, and gets it later: a backfill brings everything.
        let waiting = self.waiting(record.row, on: record.side)
        return BackfillDecision(
            result: StepResult(
                commit: RecordCommit(
                    entries: [create],
                    wait: waiting,
                    raise: self.missedOwners(waiting.map(\.parent))
                ),
                isNews: true
            ),
            partner: nil,
            isFinal: true
        )
    }

    private func isTiedByKey(_ row: RecordRow, _ candidates: [RecordRow], _ id: String) -> Bool {
        row.counterpartID == id || candidates.contains { $0.id == id && $0.counterpartID == row.id }
    }

    private func doubt(
        _ record: StagedRecord,
        _ ids: [String],
        isReported: Bool
    ) -> BackfillDecision {
        // Nobody is asked about what would not be synced anyway.
        let isAsked = self.includes(record.row.values, on: record.side)
        guard isAsked, !isReported else {
            var result = StepResult()
            result.summary.notIncluded = isAsked ? 0 : 1
            return BackfillDecision(result: result, partner: nil, isFinal: false)
        }
        let finding = self.finding(.ambiguousMatch, record.row.id, on: record.side, ids)
        var decision = self.reported(finding)
        decision.isFinal = false
        return decision
    }

    private func reported(_ finding: Finding) -> BackfillDecision {
        var result = StepResult(commit: RecordCommit(raise: [finding]), isNews: true)
        result.summary.findingsRaised = 1
        return BackfillDecision(result: result, partner: nil, isFinal: true)
    }
}
