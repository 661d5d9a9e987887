package import SyncCore
package import SyncStore

extension RecordStep {
    /// Decides about a row that counts, of a record that has a link.
    ///
    /// `successor`: what is known of the record that this one was converted or merged into.
    /// `exactTimes`: when HubSpot's values changed, where its history was read.
    /// `counterpart`: the other side, where it was read for this very decision.
    /// `wasRead`: whether both sides were read for it, whatever the other one showed.
    /// `isLate`: whether edits that were held as flapping are decided now: they are older than the
    /// stamps that the link holds, nobody knows by how much.
    /// `isWoken`: whether a record that it refers to was linked: neither side need have changed.
    /// `recent`: what was written to the two records within the last hour.
    package func linked(
        _ row: RecordRow,
        on side: Side,
        link stored: Link,
        entries: [OutboxEntry],
        successor: LoadedRecord? = nil,
        exactTimes: [Int: ServerTime] = [:],
        counterpart: HeldRow? = nil,
        wasRead: Bool = false,
        isLate: Bool = false,
        isWoken: Bool = false,
        recent: [JournalEntry] = []
    ) -> StepResult {
        if let counterpart, counterpart.row.fate != .live, row.fate == .live {
            return self.lostMeanwhile(stored, entries, counterpart.row, on: side.other)
        }
        if self.overlooksRestore(row, entries) { return .unchanged }
        var again = self.seenAgain(stored, row, counterpart)
        var link = again ?? stored
        guard link.state.isWhole || self.settings.sabotage == .writesToFrozen else {
            return self.held(link, row, on: side, entries, counterpart, wasRead: wasRead)
        }
        guard row.fate == .live else {
            return self.gone(row, on: side, link: link, entries: entries, successor: successor)
        }
        let apart = self.leftOutside(link, stored, row, side, entries, counterpart, wasRead)
        if let apart { return apart }
        if link.state.isOutside {
            link.state = .active
            again = link
        }
        let fresh = Observation(values: row.values, stamp: row.stamp)
        if self.settings.sabotage == .takesUndoForEcho, self.isUndo(row, side, link, recent) {
            return .unchanged
        }
        let isOpen = self.settings.sabotage == .opensTheGate
        let standing = isOpen ? entries.filter { !$0.state.isOnItsWay } : entries
        switch RecordGate.admit(entries: standing, fresh: fresh, on: side) {
        case .park:
            return self.parkedBehindWrite(row, fresh, on: side, link: link, entries: entries)
        case .merge(let superseding, let hubspot, let salesforce):
            let own = self.lacksKey(row, on: side, link: link, entries: entries) ? [side] : []
            // One that was gone before its keys were written gets them now.
            let keys = again == nil ? own : self.keyless(link, row, side, counterpart)
            let isDue = again != nil || !exactTimes.isEmpty || isWoken || !keys.isEmpty
            if !isDue, self.isKnown(row, on: side, link, entries) {
                return self.touched(link, entries) ?? .unchanged
            }
            let read = counterpart.map { Observation(values: $0.row.values, stamp: $0.row.stamp) }
            let result = self.merge(
                link,
                entries: entries,
                superseding: superseding,
                hubspot: side == .salesforce ? read ?? hubspot : hubspot,
                salesforce: side == .hubspot ? read ?? salesforce : salesforce,
                exactTimes: exactTimes,
                wasRead: counterpart != nil,
                isLate: isLate,
                recent: recent,
                writesKeyTo: keys
            )
            guard again == nil else { return self.noLongerGone(result, stored) }
            // With nobody else's look at the other side there is nothing to agree with.
            guard counterpart != nil || !entries.isEmpty else { return result }
            let agreed = self.agreedOn(result.commit.link, link)
            guard self.isUnseen(agreed, counterpart, exactTimes) else { return result }
            return self.lookAgain(link, entries: entries, superseding: superseding, fresh, on: side)
        }
    }

    /// The decision about a pair whose record that was gone is there again: what was told of it is over.
    private func noLongerGone(_ decided: StepResult, _ link: Link) -> StepResult {
        var result = decided
        result.commit.resolve += Self.ofGone.map { self.finding($0, link) }
        if self.settings.sabotage == .losesEditsOutside, link.state.isOutside {
            result.commit.entries.removeAll { $0.target == .hubspot }
        }
        if link.state.isOutside, result.commit.link?.state == .active {
            result.commit.journal.append(self.inclusionLine(result.commit.link ?? link))
        }
        return result
    }

    /// Whether a row shows what the base says, or what the record's open entries were decided from.
    func isKnown(
        _ row: RecordRow,
        on side: Side,
        _ link: Link,
        _ entries: [OutboxEntry]
    ) -> Bool {
        let base = link.base(on: side)
        guard base != nil, link.base(on: side.other) != nil else { return false }
        guard !entries.isEmpty else { return self.isAsSeen(row, on: side, link) }
        return entries.allSatisfy { ($0.observed(on: side)?.values ?? base) == row.values }
    }

    /// What is decided about a linked record that was deleted, merged or converted.
    private func gone(
        _ row: RecordRow,
        on side: Side,
        link: Link,
        entries: [OutboxEntry],
        successor: LoadedRecord?
    ) -> StepResult {
        // The successor is nobody's new record; what is planned for a pair of its own goes on.
        let open = entries + (successor?.entries.filter { $0.kind == .create } ?? [])
        guard let heir = self.heir(of: row, on: side, link: link, known: successor) else {
            return self.freeze(link, entries: open, row: row, on: side)
        }
        // What a write on its way was decided from is the record that is no more (`swarm` 782).
        guard !entries.contains(where: \.state.isOnItsWay) else {
            let parked = self.park(row.id, object: row.object, on: side, cause: .openEntry)
            return StepResult(commit: RecordCommit(park: [parked]))
        }
        return self.follow(
            link,
            to: heir.id,
            object: heir.object,
            on: side,
            ending: open,
            reason: heir.object == row.object ? Self.wasMerged : Self.wasConverted
        )
    }

    /// What a row leaves whose record has a write on its way.
    private func parkedBehindWrite(
        _ row: RecordRow,
        _ fresh: Observation,
        on side: Side,
        link: Link,
        entries: [OutboxEntry]
    ) -> StepResult {
        let isEcho = EchoFilter.isEcho(
            fresh,
            base: link.base(on: side),
            entries: entries,
            on: side,
            requestTimeMax: self.settings.requestTimeMax[side] ?? 0,
            now: self.now,
            sabotage: self.settings.sabotage
        )
        // What an attempt may have stored is looked at when its outcome is looked up.
        guard !isEcho else { return .unchanged }
        let parked = self.park(row.id, object: row.object, on: side, cause: .openEntry)
        guard self.settings.sabotage != .forgetsParked else { return .unchanged }
        return StepResult(commit: RecordCommit(park: [parked]))
    }

    /// Whether a new version of a linked record shows that nobody has written its key yet.
    ///
    /// The write may have been refused, or somebody cleared the field. Once a version: a field that
    /// may not be written costs no more than that.
    private func lacksKey(
        _ row: RecordRow,
        on side: Side,
        link: Link,
        entries: [OutboxEntry]
    ) -> Bool {
        guard row.counterpartID == nil, self.keyField(on: side, link: link) != nil,
            link.base(on: side) != nil, link.base(on: side.other) != nil,
            let known = link.stamp(on: side), row.stamp > known
        else { return false }
        return !entries.contains { $0.target == side && $0.writesKey }
    }

    /// Freezes a link on positive proof that a counterpart is gone, and says so.
    package func freeze(
        _ link: Link,
        entries: [OutboxEntry],
        row: RecordRow,
        on side: Side
    ) -> StepResult {
        var frozen = link
        let code: Finding.Code
        var details: [String] = []
        switch row.fate {
        case .live: return .unchanged
        case .deleted:
            frozen.state = .gone(from: side)
            let isTakenForMerged = self.settings.sabotage == .takesDeletedForMerged
            code = isTakenForMerged ? .counterpartsMerged : .counterpartDeleted
        case .merged(let winner):
            frozen.state = .merged(on: side)
            let isTakenForDeleted = self.settings.sabotage == .takesMergedForDeleted
            code = isTakenForDeleted ? .counterpartDeleted : .counterpartsMerged
            details = winner.map { [$0] } ?? []
        case .converted(let contact):
            // Of a contact that has a counterpart of its own two records stand for one in HubSpot.
            let isSynced = contact.map { self.isSynced($0) } ?? false
            frozen.state = isSynced ? .merged(on: side) : .frozen
            code = .counterpartConverted
            details = contact.map { [$0] } ?? []
        }
        let planned = entries.filter { $0.state == .planned || $0.state == .unmatched }
        var result = StepResult(isNews: true)
        result.commit.link = frozen
        result.commit.endsWait = self.waiters(link)
        result.commit.entries = self.superseded(planned, ids: planned.map(\.id))
        if self.settings.sabotage != .freezesSilently {
            result.commit.raise = [self.finding(code, link, [side.rawValue] + details)]
        }
        result.summary.findingsRaised = 1
        // Whose counterpart was gone before is nobody to be deleted: it came back, or was merged.
        if row.fate == .deleted, link.state == .active {
            self.carryDelete(frozen, row, from: side, into: &result)
        }
        self.recreate(link, on: side, row.fate, into: &result)
        return result
    }

    /// Freezes a link whose record can no longer be seen: no proof of a delete, so none is applied.
    ///
    /// `wasRead`: whether it was looked for because the other one is seen again.
    package func notVisible(
        _ link: Link,
        entries: [OutboxEntry],
        on side: Side,
        wasRead: Bool = false
    ) -> StepResult {
        let isSeenAlone = wasRead && link.state.mayReturn && link.state.goneFrom != side
        guard link.state.isWhole || isSeenAlone else {
            return self.unseen(link, entries: entries, on: side)
        }
        var frozen = link
        frozen.state = .gone(from: side)
        let planned = entries.filter { $0.state == .planned || $0.state == .unmatched }
        var result = StepResult(isNews: true)
        result.commit.link = frozen
        result.commit.entries = self.superseded(planned, ids: planned.map(\.id))
        let isTakenForDeleted = self.settings.sabotage == .takesMissingForDeleted
        let code = isTakenForDeleted ? .counterpartDeleted : Finding.Code.counterpartNotVisible
        if link.state != .active {
            result.commit.resolve = Self.ofGone.map { self.finding($0, link) }
        }
        result.commit.raise = [self.finding(code, link, [side.rawValue])]
        result.summary.findingsRaised = 1
        return result
    }

    /// Merges field by field from the newest observations, and plans what follows.
    ///
    /// `wasRead`: whether both sides and HubSpot's history were read for this. A record that came out of a
    /// merge has no history of its values (`merge` 34): what is left undecided then is a tie.
    func merge(
        _ stored: Link,
        entries: [OutboxEntry],
        superseding: [Int64],
        hubspot: Observation?,
        salesforce: Observation?,
        exactTimes: [Int: ServerTime] = [:],
        wasRead: Bool = false,
        isLate: Bool = false,
        recent: [JournalEntry] = [],
        writesKeyTo keys: [Side] = []
    ) -> StepResult {
        let link = self.armed(stored, hubspot?.values, salesforce?.values)
        // Without a fresh look a side is what was last seen of it: its base, and what waits.
        guard let hubspotValues = hubspot?.values ?? self.lastSeen(of: link, on: .hubspot),
            let salesforceValues = salesforce?.values ?? self.lastSeen(of: link, on: .salesforce)
        else {
            return self.readBothSides(link)
        }
        if !wasRead, self.changesUnread(link, hubspotValues, salesforceValues) {
            return self.readBothSides(link)
        }
        var input = self.input(
            link,
            (hubspotValues, hubspot),
            (salesforceValues, salesforce),
            entries,
            exactTimes: exactTimes,
            isLate: isLate
        )
        self.leavesUnread(stored, &input)
        let looked = Set(Side.allCases.filter { ($0 == .hubspot ? hubspot : salesforce) != nil })
        self.recall(&input, link, seen: looked)
        let seen = input
        self.spoil(&input, hubspot, salesforce)
        var decision = self.decided(input, seen: seen, recent, isAgain: !entries.isEmpty)
        self.keepWaits(&decision, input, link)
        let rounds = self.rounds(decision, input, recent)
        let needed = decision.needsChangeTimes.filter { !rounds.flapping.contains($0) }
        if self.hasHistory(needed), exactTimes.isEmpty, !wasRead {
            // Nothing moves: both sides are read again, HubSpot's with its property history.
            return self.readBothSides(link)
        }
        var result = self.plan(
            self.held(decision, self.leftAlone(rounds), input),
            link: link,
            entries: entries,
            superseding: superseding,
            hubspot: hubspot
                ?? link.hubspotStamp.map { Observation(values: hubspotValues, stamp: $0) },
            salesforce: salesforce
                ?? link.salesforceStamp.map { Observation(values: salesforceValues, stamp: $0) },
            seen: looked,
            writesKeyTo: keys
        )
        self.report(rounds, link: link, isLate: isLate, into: &result)
        // What was left behind is in no base: it is decided again with each look, and no news.
        if !input.left.isEmpty { result.isNews = !result.commit.entries.isEmpty }
        return result
    }

    /// What a merge decides from; a side that was not looked at has no observation.
    private func input(
        _ link: Link,
        _ mine: (values: RecordBlob, seen: Observation?),
        _ theirs: (values: RecordBlob, seen: Observation?),
        _ entries: [OutboxEntry],
        exactTimes: [Int: ServerTime],
        isLate: Bool
    ) -> RecordMergeInput {
        let isFirst = link.hubspotBase == nil || link.salesforceBase == nil
        var input = RecordMergeInput(
            mapping: self.mapping,
            salesforceObject: link.salesforceObject,
            phase: isFirst ? .firstMatch : .linked,
            hubspot: mine.values,
            salesforce: theirs.values,
            hubspotBase: link.hubspotBase,
            salesforceBase: link.salesforceBase,
            hubspotTime: self.time(
                of: mine.seen,
                since: isLate ? nil : link.hubspotStamp,
                wholeSeconds: false
            ),
            salesforceTime: self.time(
                of: theirs.seen,
                since: isLate ? nil : link.salesforceStamp,
                wholeSeconds: true
            ),
            hubspotFieldTimes: exactTimes,
            tolerance: self.settings.clockTolerance
        )
        input.references = self.references
        for side in Side.allCases {
            let values = input.values(of: side)
            input.seenBefore[side] = self.seenBefore(values, entries, on: side, link: link)
        }
        return input
    }

    /// Whether HubSpot knows when one of these fields changed: of ties it keeps no history.
    private func hasHistory(_ fields: [Int]) -> Bool {
        fields.contains { !self.mapping.fields[$0].isTied }
    }

    /// The changed fields whose present value an open entry of the record saw already, with the stamp
    /// that it had then.
    private func seenBefore(
        _ values: RecordBlob,
        _ entries: [OutboxEntry],
        on side: Side,
        link: Link
    ) -> [Int: ServerTime] {
        guard !entries.isEmpty, let base = link.base(on: side)?.values else { return [:] }
        let values = values.values
        let changed = values.changes(from: base)
        guard !changed.isEmpty else { return [:] }
        var seen: [Int: ServerTime] = [:]
        for observed in entries.compactMap({ $0.observed(on: side) }) {
            let then = observed.values.values
            let end = observed.stamp.milliseconds + (side == .salesforce ? 999 : 0)
            for index in changed where then[index] == values[index] {
                let stamp = ServerTime(milliseconds: end)
                seen[index] = min(seen[index] ?? stamp, stamp)
            }
        }
        return seen
    }

    /// Nothing is known of one side yet: both are read for one decision.
    ///
    /// Read one after the other, each would find the other missing, for ever.
    func readBothSides(_ link: Link) -> StepResult {
        let object = self.mapping.hubspot.name
        let parked = self.park(link.hubspotID, object: object, on: .hubspot, cause: .history)
        return StepResult(commit: RecordCommit(park: [parked]), isNews: true)
    }

    /// When a side's present value came about: after what was known, not later than its stamp.
    private func time(
        of observation: Observation?,
        since known: ServerTime?,
        wholeSeconds: Bool
    ) -> ChangeTime {
        guard let observation else { return .interval(after: known, notAfter: nil) }
        let end = observation.stamp.milliseconds + (wholeSeconds ? 999 : 0)
        return .interval(after: known, notAfter: ServerTime(milliseconds: end))
    }
}
