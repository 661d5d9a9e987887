package import SyncCore
import SyncStore

extension RecordStep {
    /// Turns a merge decision into the new link, its entries, findings and history.
    ///
    /// `seen`: the sides that were looked at; another one was decided from its base.
    func plan(
        _ decision: MergeDecision,
        link: Link,
        entries: [OutboxEntry],
        superseding: [Int64],
        hubspot: Observation?,
        salesforce: Observation?,
        seen: Set<Side> = [.hubspot, .salesforce],
        writesKeyTo keySides: [Side] = []
    ) -> StepResult {
        var result = StepResult(isNews: true)
        var next = link
        next.setBase(decision.hubspotBase, stamp: hubspot?.stamp, on: .hubspot)
        next.setBase(decision.salesforceBase, stamp: salesforce?.stamp, on: .salesforce)
        if next.schemaRevision != self.mapping.revision,
            next.hubspotBase?.holdsUnread != true, next.salesforceBase?.holdsUnread != true
        {
            next.schemaRevision = self.mapping.revision
        }
        result.commit.link = next
        result.commit.entries = self.superseded(entries, ids: superseding)
        // A key that a superseded entry would have written is still missing; how the pair stands may change with this.
        let pendingKeys = entries.filter {
            superseding.contains($0.id) && $0.writesKey && $0.status == nil
        }
        let keys = Set(keySides).union(pendingKeys.map(\.target))
        for side in Side.allCases {
            let fields = self.askable(
                side == .hubspot ? decision.toHubSpot : decision.toSalesforce,
                link
            )
            let writesKey = keys.contains(side) && self.keyField(on: side, link: link) != nil
            guard !fields.isEmpty || writesKey else { continue }
            result.commit.entries.append(
                OutboxEntry(
                    mapping: self.mapping.name,
                    link: link.id == 0 ? nil : link.id,
                    target: side,
                    object: side == .hubspot ? self.mapping.hubspot.name : link.salesforceObject,
                    kind: .update,
                    targetID: link.recordID(on: side),
                    sourceID: link.recordID(on: side.other),
                    fields: fields,
                    writesKey: writesKey,
                    needsGuard: side == .hubspot
                        ? decision.guardHubSpot : decision.guardSalesforce,
                    observedHubSpot: hubspot,
                    observedSalesforce: salesforce,
                    notBefore: self.settings.sabotage == .dawdles ? self.now + 900_000 : nil
                )
            )
        }
        for entry in entries where superseding.contains(entry.id) {
            let seen = entry.target == .hubspot ? hubspot : salesforce
            result.commit.journal += self.standing(entry, seen: seen, link: link)
        }
        self.report(decision, link: next, into: &result)
        self.wait(for: decision, link: next, seen: seen, into: &result)
        self.recordConflicts(decision, link: link, hubspot, salesforce, into: &result)
        return result
    }

    /// The name of the field on a side that holds the counterpart's id, where one is allowed.
    package func keyField(on side: Side, link: Link) -> String? {
        switch side {
        case .hubspot: self.mapping.hubspotKeyFields[link.salesforceObject]
        case .salesforce:
            self.mapping.object(link.salesforceObject, on: .salesforce)?.keyField
        }
    }

    private func report(_ decision: MergeDecision, link: Link, into result: inout StepResult) {
        if self.apart(link).isEmpty, self.settings.sabotage != .keepsRefusals {
            result.commit.resolve.append(self.finding(.recordRejected, link))
        }
        if decision.diverged.isEmpty {
            result.commit.resolve.append(self.finding(.firstSyncDiverged, link))
        } else {
            let names = decision.diverged.map(self.fieldName)
            result.commit.raise.append(self.finding(.firstSyncDiverged, link, names))
            result.summary.findingsRaised += 1
        }
        if decision.problems.isEmpty {
            result.commit.resolve.append(self.finding(.valueNotConvertible, link))
        } else {
            let names = decision.problems.map { self.fieldName($0.index) }
            result.commit.raise.append(self.finding(.valueNotConvertible, link, names))
            result.summary.findingsRaised += 1
        }
        let tied = decision.conflicts.filter(\.isTie)
        if tied.isEmpty {
            result.commit.resolve.append(self.finding(.conflict, link))
        } else {
            let names = tied.map { self.fieldName($0.index) }
            result.commit.raise.append(self.finding(.conflict, link, names))
            result.summary.findingsRaised += 1
        }
    }

    private func recordConflicts(
        _ decision: MergeDecision,
        link: Link,
        _ hubspot: Observation?,
        _ salesforce: Observation?,
        into result: inout StepResult
    ) {
        let lines =
            decision.conflicts.map { ($0, JournalEntry.Kind.conflict) }
            + decision.overruled.map { ($0, .overruled) }
        guard !lines.isEmpty else { return }
        // A side that was not looked at was decided from its base.
        let hubspotValues = (hubspot?.values ?? link.hubspotBase)?.values
        let salesforceValues = (salesforce?.values ?? link.salesforceBase)?.values
        let hubspotBase = link.hubspotBase?.values
        let salesforceBase = link.salesforceBase?.values
        result.summary.conflicts += decision.conflicts.count
        for (conflict, kind) in lines {
            result.commit.journal.append(
                JournalEntry(
                    kind: kind,
                    mapping: self.mapping.name,
                    hubspotID: link.hubspotID,
                    salesforceID: link.salesforceID,
                    target: conflict.winner.other,
                    field: self.fieldName(conflict.index),
                    hubspotValue: hubspotValues?[conflict.index].bytes,
                    salesforceValue: salesforceValues?[conflict.index].bytes,
                    hubspotBase: hubspotBase?[conflict.index].bytes,
                    salesforceBase: salesforceBase?[conflict.index].bytes,
                    reason: conflict.reason,
                    at: self.now
                )
            )
        }
    }
}
