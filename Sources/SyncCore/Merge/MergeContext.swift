/// A record's values taken apart once.
struct MergeContext {
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

    /// The fields, each with what this record says by which its values are told apart.
    func fields(_ input: RecordMergeInput) -> [FieldMapping] {
        input.mapping.fields(
            hubspot: self.hubspot,
            salesforce: self.salesforce,
            object: self.object
        )
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
            tieBreak: record.tieBreak,
            steps: field.order?.steps(
                hubspot: self.hubspot[index],
                salesforce: self.salesforce[index],
                field
            )
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

    /// Whether a reference names a record of an object that is not synced.
    func namesElsewhere(_ field: FieldMapping) -> Bool {
        guard field.isTied else { return false }
        return [(Side.hubspot, self.hubspot), (.salesforce, self.salesforce)].contains {
            !$1[field.index].isBlank && field.referred($1[field.index], on: $0) == nil
        }
    }

    /// Whether nothing is to be decided about a field: both sides have the same, or one was never read.
    func needsNothing(_ field: FieldMapping, _ mine: FieldShape, _ theirs: FieldShape) -> Bool {
        self.isPlainlyEqual(field, mine, theirs) || self.holdsUnread(field.index)
    }

    private func holdsUnread(_ index: Int) -> Bool {
        self.hubspot[index] == .unread || self.salesforce[index] == .unread
            || self.hubspotBase?[index] == .unread || self.salesforceBase?[index] == .unread
    }

    /// The record that a side's reference named when it was in step.
    func former(_ field: FieldMapping, on side: Side) -> References.Record? {
        let base = side == .hubspot ? self.hubspotBase : self.salesforceBase
        return base.flatMap { field.referred($0[field.index], on: side) }
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
        if field.namesPeople,
            record.references.owners.areSame(hubspot: left.text, salesforce: right.text)
        {
            return true
        }
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
