import CRMInterface
import SyncCore
import SyncStore

/// Values that a CRM refuses: the rest of the record goes on, an issue names what is out of step.
extension RecordStep {
    /// Ends a refused write.
    ///
    /// Fields that the reply names stay behind, the others go again.
    /// `stored`: the entry with its present looks at both sides. `ended`: as it ends.
    func refusedFields(
        _ entry: OutboxEntry,
        _ stored: OutboxEntry,
        _ ended: OutboxEntry,
        _ rejection: WriteReply.Rejection,
        link: Link?
    ) -> StepResult {
        if let again = self.withoutOwner(entry, stored, ended, rejection) { return again }
        if let told = self.refusedStatus(ended, rejection, link) { return told }
        var result = StepResult(commit: RecordCommit(entries: [ended]), isNews: true)
        result.commit.park = self.looksAtParents(of: entry, rejection)
        let source = entry.target.other
        let details = [entry.target.rawValue, rejection.code] + rejection.fields
        result.summary.findingsRaised = 1
        let isHidden = self.settings.sabotage == .hidesRefusals
        guard var link else {
            if !isHidden {
                result.commit.raise = [
                    self.finding(.recordRejected, entry.sourceID, on: source, details)
                ]
            }
            return result
        }
        if entry.fields.isEmpty, entry.writesKey, rejection.kind == .noPermission {
            // Nobody would ask again for the key of a record that may not be written just now.
            var later = ended
            later.state = .planned
            later.attempts = []
            later.notBefore = self.now + Self.keyPause
            result.commit.entries = [later]
            result.commit.raise = [self.keyRejected(entry, link, details)]
            return result
        }
        let object = self.mapping.object(entry.object, on: entry.target)
        let named = Set(rejection.fields.map { $0.lowercased() })
        var refused = self.guilty(entry, rejection, named)
        let rest = entry.fields.filter { field in
            !refused.contains { $0.index == field.index }
        }
        if refused.isEmpty || self.settings.sabotage == .refusesWholeRecords {
            refused = entry.fields
        } else if !rest.isEmpty || entry.writesKey {
            result.commit.entries.append(self.without(stored, rest))
        }
        if self.asksForAWhile(entry) {
            var again = self.without(stored, refused)
            again.notBefore = self.now + 15_000
            result.commit.entries.append(again)
        }
        // The edit was seen and answered by a finding: it is not decided again on each read.
        let asksAgain = self.settings.sabotage == .asksAgainAfterRefusals
        if !asksAgain, entry.observed(on: source) != nil, link.base(on: source) != nil {
            self.leave(Set(refused.map(\.index)), of: entry, stored, in: &link)
            result.commit.link = link
        }
        // One open issue for all that is out of step, whatever was refused last.
        let others = self.apart(link).filter { index in
            let names = [self.fieldName(index), object?.fields[index]?.name ?? ""]
            return names.allSatisfy { !named.contains($0.lowercased()) }
        }
        if !isHidden {
            let names = others.map(self.fieldName)
            let isWhole = refused.count == entry.fields.count
            result.commit.raise = self.told(entry, link, details, names, isWhole: isWhole)
        }
        return result
    }

    /// The fields that a refusal is about, where it tells.
    private func guilty(
        _ entry: OutboxEntry,
        _ rejection: WriteReply.Rejection,
        _ named: Set<String>
    ) -> [OutboxEntry.Field] {
        let object = self.mapping.object(entry.object, on: entry.target)
        let refused = entry.fields.filter { field in
            object?.fields[field.index].map { named.contains($0.name.lowercased()) } == true
        }
        // HubSpot's conflict does not say which property: of those it lets stand once only, people write the
        // e-mail address.
        guard named.isEmpty, rejection.kind == .taken, entry.target == .hubspot else {
            return refused
        }
        return entry.fields.filter { self.mapping.fields[$0.index].kind == .identity }
    }

    /// Lets each side's base be what that side shows in these fields.
    ///
    /// The edit does not look like one any more; and what the write was to take back stands there still: the
    /// bases tell that both differ.
    private func leave(
        _ fields: Set<Int>,
        of entry: OutboxEntry,
        _ stored: OutboxEntry,
        in link: inout Link
    ) {
        let source = entry.target.other
        for (side, seen) in [
            (source, entry.observed(on: source)), (entry.target, stored.observed(on: entry.target)),
        ] {
            guard let seen, let base = link.base(on: side) else { continue }
            link.setBase(base.replacing(fields, from: seen.values), stamp: nil, on: side)
        }
    }

    /// What is said of a refused update: of its fields, with `names` out of step besides, and of its key.
    private func told(
        _ entry: OutboxEntry,
        _ link: Link,
        _ details: [String],
        _ names: [String],
        isWhole: Bool
    ) -> [Finding] {
        var findings: [Finding] = []
        if !entry.fields.isEmpty {
            findings.append(self.finding(.recordRejected, link, details + names))
        }
        // No write of a field ends this one: it stays until the key is there.
        if entry.writesKey, isWhole { findings.append(self.keyRejected(entry, link, details)) }
        return findings
    }

    /// The issue about a record that did not take its counterpart's id; each side has its own.
    func keyRejected(_ entry: OutboxEntry, _ link: Link, _ details: [String] = []) -> Finding {
        let target = link.recordID(on: entry.target)
        let name = self.keyField(on: entry.target, link: link)
        let other = link.recordID(on: entry.target.other)
        let more = [name, other].compactMap { $0 }
        return self.finding(.keyRejected, target, on: entry.target, details + more)
    }

    /// Whether a mutant asks again: where what it saw of the source is no older than three minutes.
    private func asksForAWhile(_ entry: OutboxEntry) -> Bool {
        guard self.settings.sabotage == .asksForAWhile, (entry.link ?? 0).isMultiple(of: 3),
            let seen = entry.observed(on: entry.target.other)
        else { return false }
        return self.now - seen.stamp.milliseconds < 180_000
    }

    /// The pause before the key of a record that may not be written is tried again, milliseconds.
    private static let keyPause: Int64 = 3_600_000

    /// The same write with a part of its fields.
    func without(_ entry: OutboxEntry, _ rest: [OutboxEntry.Field]) -> OutboxEntry {
        OutboxEntry(
            mapping: entry.mapping,
            link: entry.link,
            target: entry.target,
            object: entry.object,
            kind: entry.kind,
            priority: entry.priority,
            targetID: entry.targetID,
            sourceID: entry.sourceID,
            fields: rest,
            writesKey: entry.writesKey,
            needsGuard: entry.needsGuard,
            observedHubSpot: entry.observedHubSpot,
            observedSalesforce: entry.observedSalesforce
        )
    }

    /// The fields whose two bases do not stand for the same value: a refused edit, or two values
    /// between which nobody has decided.
    func apart(_ link: Link) -> [Int] {
        guard let hubspot = link.hubspotBase?.values, let salesforce = link.salesforceBase?.values
        else { return [] }
        let object = self.mapping.object(link.salesforceObject, on: .salesforce)
        return self.mapping.fields.compactMap { field in
            let index = field.index
            // What nobody syncs, or the other object does not have, is in step whatever it says.
            guard field.rule != .dontSync, !hubspot.isSame(index, as: salesforce),
                object?.fields[index] != nil
            else { return nil }
            let (mine, theirs) = (hubspot[index], salesforce[index])
            // A conversion may lose something: one way is enough.
            let there = self.value(mine, to: .salesforce, index, link)
            let back = self.value(theirs, to: .hubspot, index, link)
            if field.refers {
                // Of a record without a counterpart nothing can be said yet.
                guard there != nil, back != nil else { return nil }
            }
            if field.kind == .owner, mine.isBlank { return nil }
            if field.namesPeople,
                self.references.owners.areSame(hubspot: mine.text, salesforce: theirs.text)
            {
                return nil
            }
            return there != theirs && back != mine ? index : nil
        }
    }

    /// Whether a record says something of which the other CRM knows no form.
    func holdsUnfit(_ link: Link, on side: Side) -> Bool {
        guard let values = link.base(on: side)?.values else { return false }
        let object = self.mapping.object(link.salesforceObject, on: .salesforce)
        return self.mapping.fields.contains { field in
            let value = values[field.index]
            guard field.rule != .dontSync, !field.refers, !value.isBlank,
                object?.fields[field.index] != nil
            else { return false }
            return self.value(value, to: side.other, field.index, link) == nil
        }
    }

    private func value(
        _ value: FieldValue,
        to side: Side,
        _ index: Int,
        _ link: Link
    ) -> FieldValue? {
        FieldConversion.value(
            value,
            to: side,
            mapping: self.mapping.told(by: link),
            field: index,
            object: link.salesforceObject,
            references: self.references
        )
    }
}
