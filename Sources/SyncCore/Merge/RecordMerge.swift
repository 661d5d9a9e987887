/// Merges one record, field by field.
package enum RecordMerge {
    /// Decides about every field that both objects have.
    ///
    /// At a first match without bases, a field with a pending write gets what was observed as its
    /// base all the same: the entry holds the decision durably, and if it is refused the finding
    /// names the field. Keeping no base would let the next read take it for an edit.
    package static func decide(_ input: RecordMergeInput) -> MergeDecision {
        let context = Context(input)
        var decision = MergeDecision(
            hubspotBase: input.hubspot,
            salesforceBase: input.salesforce
        )
        var written: Set<Int> = []
        for field in input.mapping.fields {
            let index = field.index
            guard let hubspotShape = input.mapping.hubspot.fields[index]?.shape,
                let salesforceShape = context.object?.fields[index]?.shape
            else { continue }
            // Most fields of most records: nothing is made of them at all.
            if context.isPlainlyEqual(field, hubspotShape, salesforceShape) { continue }
            let outcome = FieldMerge.decide(
                context.input(for: field, hubspotShape, salesforceShape, input)
            )
            if outcome.isListed,
                context.explains(field, hubspotShape, salesforceShape, input, in: &decision)
            {
                continue
            }
            decision.note(outcome, of: index)
            guard let target = outcome.target else { continue }
            let shapes =
                target == .hubspot
                ? (from: salesforceShape, into: hubspotShape)
                : (from: hubspotShape, into: salesforceShape)
            guard shapes.into.isWritable else { continue }
            let (value, old) = context.sourceAndTarget(index, writing: target)
            if value.isBlank, let gone = context.gone(field, on: target.other, input.references) {
                decision.wait(for: gone, with: index)
                continue
            }
            switch FieldConversion.convert(
                value,
                to: target,
                field: field,
                from: shapes.from,
                into: shapes.into,
                references: input.references
            )
            {
            case .problem(.notLinked):
                if let record = field.referred(value, on: target.other) {
                    decision.wait(for: record, with: index)
                }
            case .problem(let problem):
                decision.problems.append(.init(index: index, problem: problem))
            case .value(let converted) where converted == old:
                continue
            case .value(let converted):
                let write = OutboxEntry.Field(
                    index: index,
                    value: converted.bytes,
                    reason: outcome.reason
                )
                let isGuarded = FieldMerge.needsGuard(
                    field.rule,
                    writing: target,
                    isClear: converted.isBlank
                )
                decision.add(write, to: target, isGuarded: isGuarded)
                written.insert(index)
            }
        }
        self.keepBases(of: written, in: &decision, input)
        return decision
    }

    /// What is to be written, and what waits, keeps its bases.
    private static func keepBases(
        of written: Set<Int>,
        in decision: inout MergeDecision,
        _ input: RecordMergeInput
    ) {
        let kept = written.union(decision.waiting.map(\.index))
        guard !kept.isEmpty else { return }
        // At a first match there are none: what waits is as if its side had come by it since.
        func base(_ side: Side, _ now: RecordBlob, _ base: RecordBlob?) -> RecordBlob {
            if let base { return now.replacing(kept, from: base) }
            let own = decision.waiting.filter { $0.record.side == side }
            return now.setting(own.map { .init(index: $0.index, value: [], reason: "") })
        }
        decision.hubspotBase = base(.hubspot, input.hubspot, input.hubspotBase)
        decision.salesforceBase = base(.salesforce, input.salesforce, input.salesforceBase)
    }

    /// Both bases after an entry was confirmed: the target's fields at the value sent, the source's
    /// at the value decided from.
    package static func settled(
        _ entry: OutboxEntry,
        link: Link
    ) -> (hubspot: RecordBlob?, salesforce: RecordBlob?) {
        guard !entry.fields.isEmpty else { return (link.hubspotBase, link.salesforceBase) }
        let source = entry.target.other
        let target = link.base(on: entry.target)?.setting(entry.fields)
        var base = link.base(on: source)
        if let observed = entry.observed(on: source)?.values {
            base = base?.replacing(Set(entry.fields.map(\.index)), from: observed)
        }
        return entry.target == .hubspot ? (target, base) : (base, target)
    }

    /// The fields of a new counterpart (grid 2.8), with defaults for what would be blank.
    package static func create(
        from source: Side,
        values: RecordBlob,
        mapping: ObjectMapping,
        salesforceObject: String,
        references: References = .none
    ) -> NewRecord {
        let values = values.values
        let object = mapping.object(salesforceObject, on: .salesforce)
        var made = NewRecord()
        for field in mapping.fields {
            // A rule that carries no value over still lets a default fill a new Salesforce record.
            let carries = Self.fills(field.rule, from: source)
            guard carries || (source == .hubspot && !field.defaults.isEmpty) else { continue }
            guard let hubspot = mapping.hubspot.fields[field.index]?.shape,
                let salesforce = object?.fields[field.index]?.shape
            else { continue }
            let target = source.other
            let (from, into) = target == .salesforce ? (hubspot, salesforce) : (salesforce, hubspot)
            guard into.isWritable else { continue }
            let value = carries ? values[field.index] : .blank
            switch FieldConversion.convert(
                value,
                to: target,
                field: field,
                from: from,
                into: into,
                references: references
            )
            {
            case .problem(.notLinked):
                made.waiting += field.referred(value, on: source).map { [$0] } ?? []
            case .problem(let problem):
                made.problems.append(.init(index: field.index, problem: problem))
            case .value(let converted):
                var filled = converted
                if filled.isBlank, target == .salesforce {
                    filled = Self.fallback(field, values, mapping, salesforce)
                }
                guard !filled.isBlank else { continue }
                let reason = converted.isBlank ? "Default" : "New record"
                made.fields.append(.init(index: field.index, value: filled.bytes, reason: reason))
            }
        }
        return made
    }

    /// Whether a rule fills a new counterpart's field from this side.
    private static func fills(_ rule: SyncRule, from source: Side) -> Bool {
        switch rule {
        case .preferSalesforce, .twoWay, .preferHubSpot, .fillEmpty: true
        case .alwaysSalesforce: source == .salesforce
        case .alwaysHubSpot: source == .hubspot
        case .dontSync: false
        }
    }

    /// What a default gives for a blank HubSpot value, in Salesforce's normal form.
    static func fallback(
        _ field: FieldMapping,
        _ hubspot: RecordValues,
        _ mapping: ObjectMapping,
        _ shape: FieldShape
    ) -> FieldValue {
        for choice in field.defaults {
            let text: [UInt8]
            switch choice {
            case .text(let fixed): text = Array(fixed.utf8)
            case .emailLocalPart:
                let email = mapping.fields.first { $0.kind == .identity }.map { hubspot[$0.index] }
                text = Array((email ?? .blank).bytes.prefix { $0 != UInt8(ascii: "@") })
            }
            let wire = Normalization.value(fromWire: text, shape: shape) ?? .blank
            if !wire.isBlank { return wire }
        }
        return .blank
    }
}

/// A record's values taken apart once.
private struct Context {
    let hubspot: RecordValues
    let salesforce: RecordValues
    let hubspotBase: RecordValues?
    let salesforceBase: RecordValues?
    let object: ObjectMapping.Object?

    init(_ input: RecordMergeInput) {
        self.hubspot = input.hubspot.values
        self.salesforce = input.salesforce.values
        self.hubspotBase = input.hubspotBase?.values
        self.salesforceBase = input.salesforceBase?.values
        self.object = input.mapping.object(input.salesforceObject, on: .salesforce)
    }

    func input(
        for field: FieldMapping,
        _ hubspotShape: FieldShape,
        _ salesforceShape: FieldShape,
        _ record: RecordMergeInput
    ) -> FieldMerge.Input {
        let index = field.index
        let phase: FieldMerge.Phase =
            record.phase == .linked ? .linked : .firstMatch(record.mapping.firstSync)
        return FieldMerge.Input(
            rule: field.rule,
            kind: field.kind,
            phase: phase,
            hubspotBase: self.hubspotBase?[index] ?? self.hubspot[index],
            salesforceBase: self.salesforceBase?[index] ?? self.salesforce[index],
            hubspot: self.hubspot[index],
            salesforce: self.salesforce[index],
            isEqual: self.isEqual(field, hubspotShape, salesforceShape, record),
            hubspotTime: record.hubspotFieldTimes[index].map { .exact($0) }
                ?? record.seenTime(index, on: .hubspot) ?? record.hubspotTime,
            salesforceTime: record.seenTime(index, on: .salesforce) ?? record.salesforceTime,
            tolerance: record.tolerance,
            tieBreak: record.tieBreak
        )
    }

    /// What would be written to a side, and what stands there.
    func sourceAndTarget(_ index: Int, writing target: Side) -> (FieldValue, FieldValue) {
        switch target {
        case .hubspot: (self.salesforce[index], self.hubspot[index])
        case .salesforce: (self.hubspot[index], self.salesforce[index])
        }
    }

    /// A record that a reference names and that has no counterpart.
    private func unknown(_ field: FieldMapping, _ references: References) -> References.Record? {
        let named = [(Side.hubspot, self.hubspot), (.salesforce, self.salesforce)].compactMap {
            field.referred($1[field.index], on: $0)
        }
        return named.first { references.counterpart(of: $0) == nil }
    }

    /// Notes why nobody can say whether a field differs that both sides keep: a record that one of them names has no
    /// counterpart, or a value map has no line for what one of them says.
    func explains(
        _ field: FieldMapping,
        _ hubspotShape: FieldShape,
        _ salesforceShape: FieldShape,
        _ input: RecordMergeInput,
        in decision: inout MergeDecision
    ) -> Bool {
        if let unknown = self.unknown(field, input.references) {
            decision.unsettled.append(.init(index: field.index, record: unknown))
            return true
        }
        guard self.isUnlisted(field, hubspotShape, salesforceShape) else { return false }
        decision.problems.append(.init(index: field.index, problem: .notAChoice))
        return true
    }

    /// Whether a value map has no line for one of both sides' values, as a person must be told while it lasts.
    private func isUnlisted(
        _ field: FieldMapping,
        _ hubspotShape: FieldShape,
        _ salesforceShape: FieldShape
    ) -> Bool {
        guard field.rejectsUnlisted else { return false }
        let there = FieldConversion.convert(
            self.hubspot[field.index],
            to: .salesforce,
            field: field,
            from: hubspotShape,
            into: salesforceShape
        )
        let back = FieldConversion.convert(
            self.salesforce[field.index],
            to: .hubspot,
            field: field,
            from: salesforceShape,
            into: hubspotShape
        )
        return there == .problem(.notAChoice) || back == .problem(.notAChoice)
    }

    /// The record that a side's blank reference named before, where it has no counterpart any more.
    ///
    /// Who is deleted leaves a blank behind: nobody has said that its children belong to nothing.
    func gone(
        _ field: FieldMapping,
        on side: Side,
        _ references: References
    ) -> References.Record? {
        let base = side == .hubspot ? self.hubspotBase : self.salesforceBase
        guard let former = base.flatMap({ field.referred($0[field.index], on: side) }),
            references.counterpart(of: former) == nil
        else { return nil }
        return former
    }

    /// Whether both sides have the same text and one of them takes the other's as it is.
    ///
    /// `isEqual` says the same of such a field, only later.
    func isPlainlyEqual(
        _ field: FieldMapping,
        _ hubspotShape: FieldShape,
        _ salesforceShape: FieldShape
    ) -> Bool {
        guard self.hubspot.isSame(field.index, as: self.salesforce) else { return false }
        let count = self.hubspot.count(of: field.index)
        return count == 0
            || field.values.isEmpty && !field.rejectsUnlisted
                && (FieldConversion.keeps(count, from: hubspotShape, into: salesforceShape)
                    || FieldConversion.keeps(count, from: salesforceShape, into: hubspotShape))
    }

    /// Whether converting either side's value gives the other's; a default stands for a blank.
    private func isEqual(
        _ field: FieldMapping,
        _ hubspotShape: FieldShape,
        _ salesforceShape: FieldShape,
        _ record: RecordMergeInput
    ) -> Bool {
        let left = self.hubspot[field.index]
        let right = self.salesforce[field.index]
        if left.isBlank {
            if right.isBlank { return true }
            if salesforceShape.type == .boolean, right == FieldValue(normal: "false") {
                return true
            }
            return RecordMerge.fallback(field, self.hubspot, record.mapping, salesforceShape)
                == right
        }
        guard !right.isBlank else { return false }
        let there = FieldConversion.convert(
            left,
            to: .salesforce,
            field: field,
            from: hubspotShape,
            into: salesforceShape,
            references: record.references
        )
        if there == .value(right) { return true }
        let back = FieldConversion.convert(
            right,
            to: .hubspot,
            field: field,
            from: salesforceShape,
            into: hubspotShape,
            references: record.references
        )
        return back == .value(left)
    }
}
