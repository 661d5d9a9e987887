package import CRMInterface
package import SyncCore
import SyncStore

extension RecordStep {
    /// What a write's outcome stores: new bases, history and the entry's end in one piece.
    ///
    /// `link`: the link as it is stored now, for an update.
    /// `others`: the record's other open entries.
    /// `byReply`: whether the write's own reply tells it, not a later look at the record.
    package func settle(
        _ entry: OutboxEntry,
        outcome: WriteReply.Outcome,
        link: Link?,
        others: [OutboxEntry] = [],
        byReply: Bool = true
    ) -> StepResult {
        let machine = self.machine(of: entry.target)
        switch outcome {
        case .confirmed(let id, let created, let stamp):
            let ended = machine.stored(entry, byReply: byReply)
            var result = self.stored(ended, id: id, created: created, stamp: stamp, link: link)
            result.commit.observed = self.afterWrite(entry, stamp: stamp, others: others)
            return result
        case .rejected(let rejection):
            let stored = others.first { $0.id == entry.id } ?? entry
            return self.rejected(entry, stored, rejection, link: link, machine)
        case .unknown where self.settings.sabotage == .takesLostForStored && entry.kind == .update:
            let ended = machine.stored(entry, byReply: true)
            let id = entry.targetID ?? ""
            return self.stored(ended, id: id, created: false, stamp: nil, link: link)
        case .unknown:
            return self.lost(entry, machine)
        case .notStored where self.settings.sabotage == .takesLocksForRefusals:
            let rejection = WriteReply.Rejection(kind: .other, code: "LOCKED")
            let stored = others.first { $0.id == entry.id } ?? entry
            return self.rejected(entry, stored, rejection, link: link, machine)
        case .notStored(let disposition):
            let isExhausted = machine.isExhausted(entry, disposition)
            return self.deferred(machine.deferred(entry, disposition), isExhausted, link)
        }
    }

    /// What the record's other entries hold of the side that was just written.
    ///
    /// Nothing is decided about a record while a write of it is on its way, so what they saw is
    /// older than the write: taken as it is, our own value would look like somebody's edit.
    private func afterWrite(
        _ entry: OutboxEntry,
        stamp: ServerTime?,
        others: [OutboxEntry]
    ) -> [EntryObservation] {
        guard self.settings.sabotage != .keepsOldLooks else { return [] }
        return others.compactMap { other in
            guard other.id != entry.id, other.target != entry.target, !entry.fields.isEmpty,
                let seen = other.observed(on: entry.target)
            else { return nil }
            let newer = stamp.map { max($0, seen.stamp) } ?? seen.stamp
            return EntryObservation(
                entry: other.id,
                side: entry.target,
                observation: Observation(values: seen.values.setting(entry.fields), stamp: newer)
            )
        }
    }

    /// What decides how the entries of a side go on, at this moment.
    package func machine(of side: Side) -> OutboxMachine {
        OutboxMachine(
            requestTimeMax: self.settings.requestTimeMax[side] ?? 0,
            attemptsMax: self.settings.attemptsMax,
            now: self.now,
            sabotage: self.settings.sabotage
        )
    }

    /// `entry`: the write as confirmed, or landed with an earlier attempt still on its way.
    private func stored(
        _ entry: OutboxEntry,
        id: String,
        created: Bool,
        stamp: ServerTime?,
        link: Link?
    ) -> StepResult {
        var ended = entry
        ended.targetID = id
        switch entry.kind {
        case .update: return self.updated(ended, stamp: stamp, link: link)
        case .create: return self.made(ended, id: id, isNew: created, stamp: stamp)
        case .delete: return self.deleted(ended, link: link)
        }
    }

    private func updated(_ entry: OutboxEntry, stamp: ServerTime?, link: Link?) -> StepResult {
        var result = StepResult(commit: RecordCommit(entries: [entry]), isNews: true)
        guard var link else { return result }
        if self.settings.sabotage != .skipsHistory {
            result.commit.journal = self.history(entry, link: link)
        }
        if !self.comesFirst(entry) {
            let bases = RecordMerge.settled(entry, link: link)
            link.hubspotBase = bases.hubspot
            link.salesforceBase = bases.salesforce
        }
        result.commit.entries += self.undoing(entry, link)
        // Rows that show the record before this write, from a search index that lags, are
        // older than this stamp and do not count.
        if let stamp {
            switch entry.target {
            case .hubspot: link.hubspotStamp = max(stamp, link.hubspotStamp ?? stamp)
            case .salesforce: link.salesforceStamp = max(stamp, link.salesforceStamp ?? stamp)
            }
        }
        if !entry.fields.isEmpty {
            link.writtenAt = self.now
            result.summary.countWrite(.update, on: entry.target)
        }
        result.commit.link = link
        result.commit.resolve = [
            self.finding(.outcomeUnknown, entry.sourceID, on: entry.target.other)
        ]
        if entry.writesKey { result.commit.resolve.append(self.keyRejected(entry, link)) }
        self.tell(entry, link, into: &result)
        self.endWaits(of: entry, link, into: &result)
        let isInStep =
            self.apart(link).isEmpty && self.settings.sabotage != .keepsRefusals
        if isInStep || self.settings.sabotage == .forgetsRefusals {
            result.commit.resolve.append(self.finding(.recordRejected, link))
        }
        return result
    }

    /// `isNew`: whether the write made the record, or found one with its key.
    private func made(
        _ entry: OutboxEntry,
        id: String,
        isNew: Bool,
        stamp: ServerTime?
    ) -> StepResult {
        var result = StepResult(commit: RecordCommit(entries: [entry]), isNews: true)
        var link = self.newLink(entry, id: id, created: isNew, stamp: stamp)
        link.state = self.standing(of: link)
        result.commit.link = link
        result.commit.entries += self.keyWriteBack(entry, newID: id)
        result.commit.entries += self.lateKey(entry, newID: id)
        if !isNew {
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
                reason: isNew ? "created" : "matched by key",
                at: self.now
            )
        ]
        for code in Self.ofUnlinked {
            result.commit.resolve.append(
                self.finding(code, entry.sourceID, on: entry.target.other)
            )
        }
        result.summary.linked = 1
        guard isNew else { return result }
        result.summary.countWrite(.create, on: entry.target)
        if let told = self.unfit(entry, link) {
            result.commit.raise.append(told)
            result.summary.findingsRaised += 1
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
                ? entry.object : self.mapping.salesforceObject(ofID: entry.sourceID),
            schemaRevision: self.mapping.revision
        )
        let source = entry.target.other
        guard created, let observed = entry.observed(on: source) else { return link }
        var values = [FieldValue](repeating: .blank, count: self.mapping.fields.count)
        for field in entry.fields { values[field.index] = FieldValue(bytes: field.value) }
        var seen = observed.values
        for field in self.mapping.peopleFields
        where !entry.fields.contains(where: { $0.index == field.index }) {
            let person = field.referred(seen.values[field.index], on: source)
            let isMissed = person.map { self.references.counterpart(of: $0) == nil } ?? false
            guard field.kind == .owner || isMissed else { continue }
            // Somebody who did not go over is still to go, whoever has the new record meanwhile.
            seen = seen.setting([.init(index: field.index, value: [], reason: "")])
            if field.kind == .owner, isToSalesforce { values[field.index] = Owners.given }
        }
        if seen.holdsUnread { link.schemaRevision = Link.unreadRevision }
        link.setBase(seen, stamp: observed.stamp, on: source)
        link.setBase(RecordBlob(values: values), stamp: stamp, on: entry.target)
        return link
    }

    /// The update that writes the new record's id into the record it was made from.
    private func keyWriteBack(_ entry: OutboxEntry, newID: String) -> [OutboxEntry] {
        let source = entry.target.other
        let link = self.newLink(entry, id: newID, created: false, stamp: nil)
        guard self.keyField(on: source, link: link) != nil else { return [] }
        var write = self.keyWrite(to: source, link)
        write.priority = entry.priority
        return [write]
    }

    /// An update of a pair's record with nothing but its counterpart's key.
    func keyWrite(to side: Side, _ link: Link) -> OutboxEntry {
        OutboxEntry(
            mapping: self.mapping.name,
            link: link.id == 0 ? nil : link.id,
            target: side,
            object: side == .hubspot ? self.mapping.hubspot.name : link.salesforceObject,
            kind: .update,
            targetID: link.recordID(on: side),
            sourceID: link.recordID(on: side.other),
            fields: [],
            writesKey: true
        )
    }

    /// `stored`: the entry with what our own writes have changed of its looks since it was sent.
    private func rejected(
        _ entry: OutboxEntry,
        _ stored: OutboxEntry,
        _ rejection: WriteReply.Rejection,
        link: Link?,
        _ machine: OutboxMachine
    ) -> StepResult {
        let ended = machine.refused(entry)
        // An earlier attempt may still land: the refusal is told when that is over.
        guard ended.state == .rejected else {
            return StepResult(commit: RecordCommit(entries: [ended]), isNews: true)
        }
        switch rejection.kind {
        case .missing where entry.kind == .delete:
            var done = ended
            done.state = .confirmed
            return self.deleted(done, link: link, isOurs: false)
        case _ where entry.kind == .delete:
            return self.keptByRefusal(ended, rejection, link: link)
        case .taken where entry.kind == .create:
            return self.taken(entry, rejection, machine)
        case .resembles where entry.kind == .create:
            return self.resembling(entry, rejection, machine)
        case .missing where entry.kind == .update:
            return self.missing(entry, link: link, machine)
        case .missing, .taken, .resembles, .requiredField, .badValue, .noPermission, .other:
            return self.refusedFields(entry, stored, ended, rejection, link: link)
        }
    }

    /// A record that is not there, as a write's reply says, is a question, never a create: both sides
    /// are read again, and tell.
    ///
    /// Where they show nothing new the write goes again after a while, and a person is told in the end:
    /// a CRM that shows a record and refuses it is not asked in circles.
    private func missing(
        _ entry: OutboxEntry,
        link: Link?,
        _ machine: OutboxMachine
    ) -> StepResult {
        let target = self.park(
            entry.targetID ?? entry.sourceID,
            object: entry.object,
            on: entry.target,
            cause: .missing
        )
        guard let link, link.state == .active else {
            let ended = machine.refused(entry)
            return StepResult(commit: RecordCommit(entries: [ended], park: [target]), isNews: true)
        }
        let retry = FailureDisposition.retry(afterMilliseconds: Self.missingPause)
        let isExhausted = machine.isExhausted(entry, retry)
        var result = self.deferred(machine.deferred(entry, retry), isExhausted, link)
        result.isNews = true
        let source = entry.target.other
        result.commit.park = [
            target,
            self.park(
                link.recordID(on: source),
                object: source == .hubspot ? self.mapping.hubspot.name : link.salesforceObject,
                on: source,
                cause: .missing
            ),
        ]
        return result
    }

    /// The first pause before a record that is not there, although it was read, is written again,
    /// in milliseconds.
    private static let missingPause: Int64 = 5_000

    /// A create whose key or e-mail is taken comes back as a match.
    private func taken(
        _ entry: OutboxEntry,
        _ rejection: WriteReply.Rejection,
        _ machine: OutboxMachine
    ) -> StepResult {
        // A record that holds the key and shows itself to no look is a person's to find.
        let isExhausted = entry.attempts.count >= self.settings.attemptsMax
        if let existing = rejection.existingID, entry.targetID != existing, !isExhausted {
            let again = machine.taken(entry, by: existing)
            return StepResult(commit: RecordCommit(entries: [again]), isNews: true)
        }
        return self.refused(
            machine.refused(entry),
            [entry.target.rawValue, rejection.code] + rejection.fields
        )
    }

    /// A create that a duplicate rule takes for another record, by whatever an administrator compares.
    ///
    /// That ties nobody: two people may share a telephone. Its own counterpart may have come since the
    /// last look, so that it is looked for once more; after that a person decides.
    private func resembling(
        _ entry: OutboxEntry,
        _ rejection: WriteReply.Rejection,
        _ machine: OutboxMachine
    ) -> StepResult {
        if self.settings.sabotage == .tiesWhatResembles {
            return self.taken(entry, rejection, machine)
        }
        guard entry.attempts.contains(where: { $0.fate == .refused }) else {
            let again = machine.taken(entry, by: nil)
            return StepResult(commit: RecordCommit(entries: [again]), isNews: true)
        }
        let details = [entry.target.rawValue, rejection.code] + rejection.fields
        return self.refused(
            machine.refused(entry),
            details + [rejection.existingID].compactMap { $0 }
        )
    }

    /// Says that a record without a link was refused, unless an earlier attempt may still land.
    private func refused(_ entry: OutboxEntry, _ details: [String]) -> StepResult {
        var result = StepResult(commit: RecordCommit(entries: [entry]), isNews: true)
        guard entry.state == .rejected else { return result }
        result.commit.raise = [
            self.finding(.recordRejected, entry.sourceID, on: entry.target.other, details)
        ]
        result.summary.findingsRaised = 1
        return result
    }

    private func lost(_ entry: OutboxEntry, _ machine: OutboxMachine) -> StepResult {
        let looksUp = self.looksUp(entry)
        let next = machine.lost(entry, looksUp: looksUp)
        var result = StepResult(
            commit: RecordCommit(entries: [next]),
            isNews: next.notBefore == nil
        )
        if next.attempts.count >= self.settings.attemptsMax {
            result.commit.raise = [
                self.finding(
                    .outcomeUnknown,
                    entry.sourceID,
                    on: entry.target.other,
                    [entry.target.rawValue]
                )
            ]
            result.summary.findingsRaised = 1
        }
        return result
    }

    private func deferred(
        _ entry: OutboxEntry,
        _ isExhausted: Bool,
        _ link: Link?
    ) -> StepResult {
        if entry.state == .rejected { return self.refused(entry, [entry.target.rawValue]) }
        var result = StepResult(commit: RecordCommit(entries: [entry]))
        // What did not arrive before the pair began to rest is not sent any more.
        if let link, link.state.isOutside, entry.state == .planned {
            result.commit.entries = self.superseded([entry], ids: [entry.id])
            return result
        }
        guard isExhausted else { return result }
        let details = [entry.target.rawValue] + entry.fields.map { self.fieldName($0.index) }
        result.commit.raise = [
            link.map { self.finding(.recordRejected, $0, details) }
                ?? self.finding(.recordRejected, entry.sourceID, on: entry.target.other, details)
        ]
        result.summary.findingsRaised = 1
        return result
    }

    /// Whether a read tells at once if a write without a reply was stored: by its id or its key.
    package func looksUp(_ entry: OutboxEntry) -> Bool {
        entry.kind != .create || self.createsByKey(entry)
    }

    /// Whether a create of this entry carries the pair's unique key, so that it is stored once at most.
    package func createsByKey(_ entry: OutboxEntry) -> Bool {
        switch entry.target {
        case .salesforce:
            return self.mapping.object(entry.object, on: .salesforce)?.keyField != nil
        case .hubspot:
            let object = self.mapping.salesforceObject(ofID: entry.sourceID)
            return self.mapping.hubspotKeyFields[object] != nil
        }
    }

    /// The lines of values that a write is known to have stored.
    func history(_ entry: OutboxEntry, link: Link) -> [JournalEntry] {
        let hubspot = (entry.observedHubSpot?.values ?? link.hubspotBase)?.values
        let salesforce = (entry.observedSalesforce?.values ?? link.salesforceBase)?.values
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
