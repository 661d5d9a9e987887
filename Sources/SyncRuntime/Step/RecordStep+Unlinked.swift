package import SyncCore
import SyncStore

extension RecordStep {
    /// Decides about a row that counts, of a record that has no link.
    ///
    /// `entries`: open creates from this record.
    /// `reverse`: open creates of the record that this row's key names: the row may be ours.
    /// `mayBeMatched`: whether a look-up can find a counterpart that nothing staged shows.
    /// `cause`: why it was read, where that was something else than the record itself.
    package func unlinked(
        _ row: RecordRow,
        on side: Side,
        entries: [OutboxEntry],
        reverse: [OutboxEntry] = [],
        mayBeMatched: Bool = true,
        cause: ParkedRecord.Cause? = nil
    ) -> StepResult {
        switch row.fate {
        case .live: break
        case .deleted, .merged, .converted:
            guard !entries.isEmpty else { return .unchanged }
            let planned = entries.filter { $0.state == .planned || $0.state == .unmatched }
            let ended = self.superseded(planned, ids: planned.map(\.id))
            return StepResult(commit: RecordCommit(entries: ended), isNews: !ended.isEmpty)
        }
        if (entries + reverse).contains(where: { $0.state.isOnItsWay }) {
            let parked = self.park(row.id, object: row.object, on: side, cause: .openEntry)
            return StepResult(commit: RecordCommit(park: [parked]))
        }
        // A record that it refers to was linked: what is planned without is planned anew.
        let isWoken = cause?.isOfParent ?? false
        if !isWoken, entries.contains(where: { $0.observed(on: side)?.values == row.values }) {
            return .unchanged
        }
        // What an earlier create stored has other values than this one: found by its key later, it would
        // be taken for this one's.
        let wasSent = entries.contains { !$0.attempts.isEmpty || $0.state == .unmatched }
        guard wasSent || self.includes(row.values, on: side) else {
            let ended = self.superseded(entries, ids: entries.map(\.id))
            var result = StepResult(commit: RecordCommit(entries: ended), isAnswered: true)
            // Nobody is asked about what is not synced anyway.
            result.commit.resolve = Self.ofUnlinked.map { self.finding($0, row.id, on: side) }
            result.summary.notIncluded = 1
            return result
        }
        var result = self.create(
            from: row,
            on: side,
            mayBeMatched: mayBeMatched,
            mayBeThere: wasSent,
            waits: cause != .parentless && entries.isEmpty
        )
        result.commit.entries =
            self.superseded(entries, ids: entries.map(\.id))
            + result.commit.entries
        return result
    }

    /// Plans the counterpart of a record that has none.
    ///
    /// `mayBeThere`: whether an earlier create of it was sent, whatever its reply said.
    /// `waits`: whether it waits for the counterparts of the records that it refers to.
    func create(
        from row: RecordRow,
        on side: Side,
        mayBeMatched: Bool,
        mayBeThere: Bool = false,
        waits: Bool = false
    ) -> StepResult {
        let target = side.other
        // Where only keys tell, the record that has this one's id tells it of itself.
        let isKeyed = self.mapping.matchFields.isEmpty && row.counterpartID == nil
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
        let mayCreate = self.mayCreate(row.values, as: made.fields, on: target)
        guard mayCreate || mayBeThere || mayBeMatched && !isKeyed else { return .unchanged }
        let parents = waits ? self.parents(of: made, row, on: side) : []
        if !parents.isEmpty { return self.held(row, on: side, for: parents) }
        let observation = Observation(values: row.values, stamp: row.stamp)
        // Where HubSpot keeps the match unique its CONFLICT reply is the match, and only a key that names
        // a record is looked up first.
        let isRefused = target == .hubspot && self.mapping.isMatchRefused
        let looksUp =
            mayBeThere || mayBeMatched && (!isRefused || !mayCreate || row.counterpartID != nil)
        var result = StepResult(isNews: true)
        // It goes without what has no counterpart, and gets it later.
        result.commit.wait = self.kept(
            made.waiting.map {
                self.waiting(row.id, row.object, on: side, for: $0, isHeld: false)
            }
        )
        result.commit.raise = self.missedOwners(made.waiting)
        if self.mapping.fields.contains(where: \.refers) {
            result.commit.endsWait = [.init(mapping: self.mapping.name, side: side, id: row.id)]
        }
        if !looksUp, let finding = self.missingRequired(made.fields, row, side, salesforceObject) {
            result.commit.raise.append(finding)
            result.summary.findingsRaised = 1
            return result
        }
        result.commit.entries = [
            OutboxEntry(
                mapping: self.mapping.name,
                link: nil,
                target: target,
                object: target == .hubspot ? self.mapping.hubspot.name : salesforceObject,
                kind: .create,
                state: looksUp ? .unmatched : .planned,
                priority: .newRecord,
                targetID: row.counterpartID,
                sourceID: row.id,
                fields: self.dated(made.fields, row, on: target)
                    + self.madeUp(made.fields, on: target),
                writesKey: true,
                needsGuard: mayBeThere,
                observedHubSpot: side == .hubspot ? observation : nil,
                observedSalesforce: side == .salesforce ? observation : nil
            )
        ]
        return result
    }

    /// The records that a new one waits for.
    ///
    /// Nobody waits for an owner: the record goes without.
    private func parents(
        of made: NewRecord,
        _ row: RecordRow,
        on side: Side
    ) -> [References.Record] {
        guard self.settings.sabotage != .makesChildrenFirst else { return [] }
        let parents = made.waiting.filter { $0.mapping != Owners.mapping }
        guard side == .hubspot else { return parents }
        return parents
            + self.mapping.decisive(of: row.values, self.references).filter {
                !parents.contains($0)
            }
    }

    /// A new activity's fields with the time that HubSpot demands, where Salesforce's record has none: a task without
    /// a due date is due when it was changed last.
    func dated(
        _ fields: [OutboxEntry.Field],
        _ row: RecordRow,
        on target: Side
    ) -> [OutboxEntry.Field] {
        guard target == .hubspot, let name = self.mapping.kind?.dated,
            let field = self.mapping.fields.first(where: { $0.hubspot == name }),
            self.mapping.hubspot.fields[field.index]?.shape.type == .datetime,
            !fields.contains(where: { $0.index == field.index })
        else { return fields }
        let time = FieldValue(normal: String(row.stamp.milliseconds))
        return fields + [.init(index: field.index, value: time.bytes, reason: "Default")]
    }

    /// The finding for fields without which the target refuses a new record, or `nil`.
    func missingRequired(
        _ fields: [OutboxEntry.Field],
        _ row: RecordRow,
        _ side: Side,
        _ salesforceObject: String
    ) -> Finding? {
        let set = Set(fields.filter { !$0.value.isEmpty }.map(\.index))
        switch side.other {
        case .salesforce:
            let object = self.mapping.object(salesforceObject, on: .salesforce)
            let missing = (self.required[salesforceObject] ?? []).filter { name in
                !(object?.fields.enumerated().contains { index, field in
                    field?.name == name && set.contains(index)
                } ?? false)
            }
            guard !missing.isEmpty else { return nil }
            return self.unfit(row, side, salesforceObject, missing)
                ?? self.finding(
                    .missingRequiredField,
                    row.id,
                    on: side,
                    [salesforceObject] + missing
                )
        case .hubspot:
            let present = Set(self.mapping.fields.filter { set.contains($0.index) }.map(\.hubspot))
            var missing = (self.mapping.kind?.needs ?? []).filter { !present.contains($0) }
            let names = self.mapping.kind?.namedBy ?? []
            if present.isDisjoint(with: names) { missing += names }
            guard !missing.isEmpty else { return nil }
            let object = self.mapping.shown
            return self.unfit(row, side, row.object, missing)
                ?? self.finding(.missingRequiredField, row.id, on: side, [object] + missing)
        }
    }

    /// The finding that a missing field has a value, of which the other CRM knows no form; `nil` if it has none.
    private func unfit(
        _ row: RecordRow,
        _ side: Side,
        _ salesforceObject: String,
        _ missing: [String]
    ) -> Finding? {
        let source = side == .salesforce ? row.object : salesforceObject
        let made = RecordMerge.create(
            from: side,
            values: row.values,
            mapping: self.mapping,
            salesforceObject: self.mapping.object(source, on: .salesforce)?.name
                ?? self.mapping.salesforceObject(ofID: row.id),
            references: self.references
        )
        let object = self.mapping.object(salesforceObject, on: .salesforce)
        let unfit = made.problems.map { self.mapping.fields[$0.index] }.filter {
            missing.contains($0.hubspot)
                || missing.contains(object?.fields[$0.index]?.name ?? $0.salesforce)
        }
        guard !unfit.isEmpty else { return nil }
        return self.finding(.valueNotConvertible, row.id, on: side, unfit.map(\.hubspot))
    }
}
