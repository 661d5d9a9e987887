/// Merges one record, field by field.
package enum RecordMerge {
    /// Decides about every field that both objects have.
    ///
    /// At a first match without bases, a field with a pending write gets what was observed as its
    /// base all the same: the entry holds the decision durably, and if it is refused the finding
    /// names the field. Keeping no base would let the next read take it for an edit.
    package static func decide(_ input: RecordMergeInput) -> MergeDecision {
        let context = MergeContext(input)
        var decision = MergeDecision(
            hubspotBase: input.hubspot,
            salesforceBase: input.salesforce
        )
        var written: Set<Int> = []
        for field in context.fields(input) {
            let index = field.index
            guard let hubspotShape = input.mapping.hubspot.fields[index]?.shape,
                let salesforceShape = context.object?.fields[index]?.shape
            else { continue }
            // Most fields of most records: nothing is made of them, nor of what was never read.
            if context.needsNothing(field, hubspotShape, salesforceShape) { continue }
            let outcome = FieldMerge.decide(
                context.input(for: field, hubspotShape, salesforceShape, input)
            )
            if outcome.isListed,
                context.explains(field, hubspotShape, salesforceShape, input, in: &decision)
            {
                continue
            }
            if outcome.isListed, context.namesElsewhere(field) { continue }
            decision.note(outcome, of: index)
            guard let target = outcome.target else { continue }
            let shapes =
                target == .hubspot
                ? (from: salesforceShape, into: hubspotShape)
                : (from: hubspotShape, into: salesforceShape)
            guard shapes.into.isWritable else { continue }
            let (value, old) = context.sourceAndTarget(index, writing: target)
            if value.isBlank, let gone = input.left[target]?[index] {
                // There it is blank already, until the record that was deleted comes back: this is said then.
                decision.wait(for: gone, with: index)
                context.former(field, on: target.other).map { decision.wait(for: $0, with: index) }
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
            case .problem(let problem):
                decision.leave(index, for: problem, field.referred(value, on: target.other))
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
        self.keepTogether(&decision, &written, context, input)
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
        let fields = mapping.fields(
            hubspot: source == .hubspot ? values : nil,
            salesforce: source == .salesforce ? values : nil,
            object: object
        )
        for field in fields {
            // A rule that carries no value over still lets a default fill a new Salesforce record.
            let carries = Self.fills(field.rule, from: source)
            guard carries || (source == .hubspot && !field.defaults.isEmpty) else { continue }
            guard let hubspot = mapping.hubspot.fields[field.index]?.shape,
                let salesforce = object?.fields[field.index]?.shape
            else { continue }
            let target = source.other
            let (from, into) = target == .salesforce ? (hubspot, salesforce) : (salesforce, hubspot)
            guard into.isWritable || into.isSetOnCreate else { continue }
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
            case .problem(.elsewhere): continue
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
        if source == .hubspot { made.fields = Self.allowed(made.fields, mapping) }
        return made
    }

    /// Whether a rule fills a new counterpart's field from this side.
    static func fills(_ rule: SyncRule, from source: Side) -> Bool {
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
