package import CRMInterface
package import SyncCore
import SyncStore

extension RecordStep {
    /// What a write's outcome stores: new bases, history and the entry's end in one piece.
    ///
    /// `link`: the link as it is stored now, for an update.
    /// `requestTimeMax`: the vendor's longest request time in milliseconds.
    package func settle(
        _ entry: OutboxEntry,
        outcome: WriteReply.Outcome,
        link: Link?,
        requestTimeMax: Int64
    ) -> StepResult {
        switch outcome {
        case .confirmed(let id, let created, let stamp):
            return self.confirmed(entry, id: id, created: created, stamp: stamp, link: link)
        case .rejected(let rejection):
            return self.rejected(entry, rejection, link: link)
        case .unknown:
            return self.unknown(entry, requestTimeMax: requestTimeMax)
        case .notStored(let disposition):
            return self.notStored(entry, disposition)
        }
    }

    private func confirmed(
        _ entry: OutboxEntry,
        id: String,
        created: Bool,
        stamp: ServerTime?,
        link: Link?
    ) -> StepResult {
        var ended = entry
        ended.state = .confirmed
        var result = StepResult(commit: RecordCommit(entries: [ended]), isNews: true)
        switch entry.kind {
        case .update:
            guard var link else { return result }
            result.commit.journal = self.history(entry, link: link)
            let bases = RecordMerge.settled(entry, link: link)
            link.hubspotBase = bases.hubspot
            link.salesforceBase = bases.salesforce
            // Rows that show the record before this write, from a search index that lags, are
            // older than this stamp and do not count.
            if let stamp {
                switch entry.target {
                case .hubspot: link.hubspotStamp = max(stamp, link.hubspotStamp ?? stamp)
                case .salesforce: link.salesforceStamp = max(stamp, link.salesforceStamp ?? stamp)
                }
            }
            result.commit.link = link
            if entry.fields.isEmpty == false {
                result.summary.countWrite(.update, on: entry.target)
            }
        case .create:
            result.commit.link = self.newLink(entry, id: id, created: created, stamp: stamp)
            result.commit.entries += self.keyWriteBack(entry, newID: id)
            if !created {
                // A record with this key was there: what it holds is read before it is merged.
                let object = entry.object
                result.commit.park = [
                    self.park(id, object: object, on: entry.target, cause: .readBack)
                ]
            }
            result.commit.journal = [
                JournalEntry(
                    kind: .linked,
                    mapping: self.mapping.name,
                    hubspotID: entry.target == .hubspot ? id : entry.sourceID,
                    salesforceID: entry.target == .salesforce ? id : entry.sourceID,
                    target: entry.target,
                    reason: created ? "created" : "matched by key",
                    at: self.now
                )
            ]
            result.summary.linked = 1
            if created { result.summary.countWrite(.create, on: entry.target) }
        }
        return result
    }

    private func newLink(
        _ entry: OutboxEntry,
        id: String,
        created: Bool,
        stamp: ServerTime?
    ) -> Link {
        let isToSalesforce = entry.target == .salesforce
        var link = Link(
            mapping: self.mapping.name,
            hubspotID: isToSalesforce ? entry.sourceID : id,
            salesforceID: isToSalesforce ? id : entry.sourceID,
            salesforceObject: isToSalesforce
                ? entry.object : (entry.sourceID.hasPrefix("00Q") ? "Lead" : "Contact"),
            schemaRevision: self.mapping.revision
        )
        let source = entry.target.other
        guard created, let observed = entry.observed(on: source) else { return link }
        var values = [FieldValue](repeating: .blank, count: self.mapping.fields.count)
        for field in entry.fields { values[field.index] = FieldValue(bytes: field.value) }
        link.setBase(observed.values, stamp: observed.stamp, on: source)
        link.setBase(RecordBlob(values: values), stamp: stamp, on: entry.target)
        return link
    }

    /// The update that writes the new record's id into the record it was made from.
    private func keyWriteBack(_ entry: OutboxEntry, newID: String) -> [OutboxEntry] {
        let source = entry.target.other
        let isToSalesforce = entry.target == .salesforce
        let link = self.newLink(entry, id: newID, created: false, stamp: nil)
        guard self.keyField(on: source, link: link) != nil else { return [] }
        return [
            OutboxEntry(
                mapping: self.mapping.name,
                link: nil,
                target: source,
                object: isToSalesforce ? self.mapping.hubspot.name : link.salesforceObject,
                kind: .update,
                priority: entry.priority,
                targetID: entry.sourceID,
                sourceID: newID,
                fields: [],
                writesKey: true
            )
        ]
    }

    private func rejected(
        _ entry: OutboxEntry,
        _ rejection: WriteReply.Rejection,
        link: Link?
    ) -> StepResult {
        var ended = entry
        ended.state = .rejected
        var result = StepResult(commit: RecordCommit(entries: [ended]), isNews: true)
        switch rejection.kind {
        case .taken where entry.kind == .create:
            return self.taken(entry, rejection)
        case .missing:
            // A question, never a create: both sides are read again, and tell.
            result.commit.park = [
                self.park(
                    entry.targetID ?? entry.sourceID,
                    object: entry.object,
                    on: entry.target,
                    cause: .missing
                )
            ]
            if let link {
                let source = entry.target.other
                result.commit.park.append(
                    self.park(
                        link.recordID(on: source),
                        object: source == .hubspot
                            ? self.mapping.hubspot.name : link.salesforceObject,
                        on: source,
                        cause: .missing
                    )
                )
            }
            return result
        case .taken, .requiredField, .badValue, .noPermission, .other:
            let details = [entry.target.rawValue, rejection.code] + rejection.fields
            result.summary.findingsRaised = 1
            guard var link else {
                let source = entry.target.other
                result.commit.raise = [
                    self.finding(.recordRejected, entry.sourceID, on: source, details)
                ]
                return result
            }
            result.commit.raise = [self.finding(.recordRejected, link, details)]
            // The edit was seen and answered by a finding: it is not decided again on each read.
            let source = entry.target.other
            if let observed = entry.observed(on: source), var base = link.base(on: source)?.values {
                let seen = observed.values.values
                for field in entry.fields { base[field.index] = seen[field.index] }
                link.setBase(RecordBlob(values: base), stamp: nil, on: source)
                result.commit.link = link
            }
            return result
        }
    }

    /// A create whose key or e-mail is taken comes back as a match.
    private func taken(_ entry: OutboxEntry, _ rejection: WriteReply.Rejection) -> StepResult {
        var again = entry
        again.attempts = entry.attempts.map {
            OutboxEntry.Attempt(sentAt: $0.sentAt, isAnswered: true)
        }
        let source = entry.target.other
        guard let existing = rejection.existingID, entry.targetID != existing else {
            again.state = .rejected
            var result = StepResult(commit: RecordCommit(entries: [again]), isNews: true)
            result.commit.raise = [
                self.finding(
                    .recordRejected,
                    entry.sourceID,
                    on: source,
                    [entry.target.rawValue, rejection.code] + rejection.fields
                )
            ]
            result.summary.findingsRaised = 1
            return result
        }
        again.state = .unmatched
        again.targetID = existing
        return StepResult(commit: RecordCommit(entries: [again]), isNews: true)
    }

    private func unknown(_ entry: OutboxEntry, requestTimeMax: Int64) -> StepResult {
        var next = entry
        next.state = .unknown
        if entry.attempts.count >= self.settings.attemptsMax {
            next.notBefore = self.now + requestTimeMax
            var result = StepResult(commit: RecordCommit(entries: [next]))
            let source = entry.target.other
            result.commit.raise = [
                self.finding(.outcomeUnknown, entry.sourceID, on: source, [entry.target.rawValue])
            ]
            result.summary.findingsRaised = 1
            return result
        }
        // Without a key nothing shows at once whether it was stored (architecture 5.8).
        let isBlind = entry.kind == .create && !self.createsByKey(entry)
        next.notBefore = isBlind ? self.now + requestTimeMax : nil
        return StepResult(commit: RecordCommit(entries: [next]), isNews: !isBlind)
    }

    private func notStored(_ entry: OutboxEntry, _ disposition: FailureDisposition) -> StepResult {
        var next = entry
        next.attempts = entry.attempts.map {
            OutboxEntry.Attempt(sentAt: $0.sentAt, isAnswered: true)
        }
        next.state = .planned
        switch disposition {
        case .retry(let delay): next.notBefore = self.now + delay
        case .pausePair(let delay): next.notBefore = self.now + delay
        case .refreshCredentials, .stop: break
        case .holdRecord:
            next.state = .rejected
            let source = entry.target.other
            var result = StepResult(commit: RecordCommit(entries: [next]), isNews: true)
            result.commit.raise = [
                self.finding(.recordRejected, entry.sourceID, on: source, [entry.target.rawValue])
            ]
            result.summary.findingsRaised = 1
            return result
        }
        if next.attempts.count >= self.settings.attemptsMax {
            next.state = .rejected
            let source = entry.target.other
            var result = StepResult(commit: RecordCommit(entries: [next]), isNews: true)
            result.commit.raise = [
                self.finding(.recordRejected, entry.sourceID, on: source, [entry.target.rawValue])
            ]
            result.summary.findingsRaised = 1
            return result
        }
        return StepResult(commit: RecordCommit(entries: [next]))
    }

    /// Whether a create of this entry is an upsert on the pair's unique key.
    package func createsByKey(_ entry: OutboxEntry) -> Bool {
        switch entry.target {
        case .salesforce:
            return self.mapping.object(entry.object, on: .salesforce)?.keyField != nil
        case .hubspot:
            let object = entry.sourceID.hasPrefix("00Q") ? "Lead" : "Contact"
            return self.mapping.hubspotKeyFields[object] != nil
        }
    }

    private func history(_ entry: OutboxEntry, link: Link) -> [JournalEntry] {
        let hubspot = entry.observedHubSpot?.values.values
        let salesforce = entry.observedSalesforce?.values.values
        let hubspotBase = link.hubspotBase?.values
        let salesforceBase = link.salesforceBase?.values
        return entry.fields.map { field in
            let index = field.index
            return JournalEntry(
                kind: .confirmed,
                mapping: self.mapping.name,
                hubspotID: link.hubspotID,
                salesforceID: link.salesforceID,
                target: entry.target,
                field: self.fieldName(index),
                hubspotValue: entry.target == .hubspot ? field.value : hubspot?[index].bytes,
                salesforceValue: entry.target == .salesforce
                    ? field.value : salesforce?[index].bytes,
                hubspotBase: hubspotBase?[index].bytes,
                salesforceBase: salesforceBase?[index].bytes,
                reason: field.reason,
                at: self.now
            )
        }
    }
}
