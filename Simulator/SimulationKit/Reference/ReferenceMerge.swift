import SyncCore

/// Decides one record's fields by the reference grids and holds the engine's decision against it.
struct ReferenceMerge {
    private let input: RecordMergeInput
    private let hubspot: RecordValues
    private let salesforce: RecordValues
    private let hubspotBase: RecordValues
    private let salesforceBase: RecordValues

    init(_ input: RecordMergeInput) {
        self.input = input
        self.hubspot = input.hubspot.values
        self.salesforce = input.salesforce.values
        // Without a base a side has not changed: it is what it is.
        self.hubspotBase = input.hubspotBase?.values ?? self.hubspot
        self.salesforceBase = input.salesforceBase?.values ?? self.salesforce
    }

    /// What one field's cell is: both sides' states in the grids' order.
    func states(of field: Int) -> (hubspot: Int, salesforce: Int) {
        (
            Self.state(self.hubspotBase[field], self.hubspot[field]),
            Self.state(self.salesforceBase[field], self.salesforce[field])
        )
    }

    /// What a decision has wrong, a sentence each; values are the simulation's own tokens.
    func faults(in decision: MergeDecision) -> [String] {
        let bases = (decision.hubspotBase.values, decision.salesforceBase.values)
        return self.input.mapping.fields.compactMap { field in
            if let orphan = self.orphan(field, in: decision) { return orphan }
            guard let expected = self.expected(field) else { return nil }
            let actual = Self.actual(field.index, decision)
            let (left, right) = self.states(of: field.index)
            let cell = "\(field.rule.rawValue) \("0vDX".at(left))\("0vDX".at(right))"
            let values =
                "\(self.hubspotBase[field.index].text)→\(self.hubspot[field.index].text) | "
                + "\(self.salesforceBase[field.index].text)→\(self.salesforce[field.index].text)"
            if expected != actual {
                return "\(field.hubspot) (\(cell), \(values)): \(actual), should be \(expected)"
            }
            // A base moves to what was seen, or stays until the write settles.
            let isWritten = actual.target != nil
            let wanted =
                isWritten
                ? (self.hubspotBase[field.index], self.salesforceBase[field.index])
                : (self.hubspot[field.index], self.salesforce[field.index])
            guard bases.0[field.index] != wanted.0 || bases.1[field.index] != wanted.1 else {
                return nil
            }
            return "\(field.hubspot) (\(cell), \(values)): bases \(bases.0[field.index].text) | "
                + "\(bases.1[field.index].text), should be \(wanted.0.text) | \(wanted.1.text)"
        }
    }

    // MARK: - One field

    /// What follows for a field, in words that both sides of the comparison share.
    private struct Verdict: Equatable, CustomStringConvertible {
        var target: Side?
        var value = ""
        var isListed = false
        var isConflict = false

        var description: String {
            let what = self.target.map { "\(self.value.isEmpty ? "blank" : self.value) to \($0)" }
            return (what ?? (self.isListed ? "listed" : "nothing"))
                + (self.isConflict ? " as a conflict" : "")
        }
    }

    /// `nil` where the reference does not judge: a field that one object lacks, a cleared identity,
    /// a value without a form on the other side.
    private func expected(_ field: FieldMapping) -> Verdict? {
        let index = field.index
        let object = self.input.mapping.object(self.input.salesforceObject, on: .salesforce)
        guard let left = self.input.mapping.hubspot.fields[index]?.shape,
            let right = object?.fields[index]?.shape
        else { return nil }
        let (mine, theirs) = (self.hubspot[index].text, self.salesforce[index].text)
        let (row, column) = self.states(of: index)
        // Who is who is told by addresses, which are no part of a decision: see `ownersAreOnePerson`.
        if field.kind == .owner { return nil }
        if case .reference = field.kind { return self.expected(field, mine, theirs, row, column) }
        if field.kind == .identity, row == 3 || column == 3 { return nil }
        let there = ReferenceValues.converted(
            mine,
            to: .salesforce,
            field,
            from: left,
            into: right
        )
        let back = ReferenceValues.converted(theirs, to: .hubspot, field, from: right, into: left)
        if there == theirs || back == mine { return Verdict() }
        let cell = self.cell(field, mine, theirs, row, column)
        switch cell {
        // A stage without a word over there is told as that, not as a difference.
        case "=" where field.rejectsUnlisted && (there == nil || back == nil): return Verdict()
        case "=": return Verdict(isListed: true)
        case "-": return Verdict()
        default: break
        }
        let target: Side = cell == "H" ? .hubspot : .salesforce
        guard let value = target == .hubspot ? back : there else { return nil }
        let isConflict = self.input.phase == .linked && row >= 2 && column >= 2
        return Verdict(target: target, value: value, isConflict: isConflict)
    }

    /// What the rule's grid says of both values.
    private func cell(
        _ field: FieldMapping,
        _ mine: String,
        _ theirs: String,
        _ row: Int,
        _ column: Int
    ) -> Character {
        guard self.input.phase != .firstMatch else {
            return ReferenceGrid.firstMatch(
                field.rule,
                hubspotIsBlank: mine.isEmpty,
                salesforceIsBlank: theirs.isEmpty
            )
        }
        return self.resolved(
            ReferenceGrid.cell(field.rule, hubspot: row, salesforce: column),
            field.index
        )
    }

    /// The same for a field that names another record, which goes over as that one's counterpart.
    ///
    /// `nil` where that one has none: then nothing is to be written, see `orphan`.
    private func expected(
        _ field: FieldMapping,
        _ mine: String,
        _ theirs: String,
        _ row: Int,
        _ column: Int
    ) -> Verdict? {
        let there = self.counterpart(mine, field, on: .hubspot)
        let back = self.counterpart(theirs, field, on: .salesforce)
        if there == theirs || back == mine { return Verdict() }
        let cell = self.cell(field, mine, theirs, row, column)
        switch cell {
        // Of a record without a counterpart nobody can say whether they differ.
        case "=" where there == nil || back == nil: return Verdict()
        case "=": return Verdict(isListed: true)
        case "-": return Verdict()
        default: break
        }
        let target: Side = cell == "H" ? .hubspot : .salesforce
        guard let value = target == .hubspot ? back : there else { return nil }
        // Who was deleted leaves a blank behind, which is nobody's word: another one is said when that comes back.
        let isLeft = value.isEmpty && self.input.left[target]?[field.index] != nil
        guard !isLeft else { return nil }
        let isConflict = self.input.phase == .linked && row >= 2 && column >= 2
        return Verdict(target: target, value: value, isConflict: isConflict)
    }

    /// The id of the record that a value of a side names, on the other side; `nil` where there is none.
    private func counterpart(_ id: String, _ field: FieldMapping, on side: Side) -> String? {
        guard !id.isEmpty, case .reference(let targets) = field.kind else { return "" }
        guard let record = targets.record(id, on: side) else { return nil }
        return self.input.references.counterpart(of: record).map {
            targets.value(naming: $0, of: record.mapping, on: side.other)
        }
    }

    /// A write of a record's name that nobody over there has, or of a blank that a deleted one left behind.
    private func orphan(_ field: FieldMapping, in decision: MergeDecision) -> String? {
        guard case .reference = field.kind, let target = Self.actual(field.index, decision).target
        else { return nil }
        let value = (target == .hubspot ? self.salesforce : self.hubspot)[field.index].text
        let written = Self.actual(field.index, decision).value
        let named = self.counterpart(value, field, on: target.other)
        guard named != written else {
            guard self.expected(field) == nil else { return nil }
            return "\(field.hubspot): \(written) to \(target), its record has no counterpart"
        }
        return "\(field.hubspot): \(written) to \(target), should be \(named ?? "nobody")"
    }

    /// A cell that asks which edit is newer, answered.
    private func resolved(_ cell: Character, _ index: Int) -> Character {
        guard "Nhs".contains(cell) else { return cell }
        let (left, right) = (self.span(index, .hubspot), self.span(index, .salesforce))
        if let begin = left.begin, let end = right.end, begin > end + self.input.tolerance {
            return "S"
        }
        if let begin = right.begin, let end = left.end, begin > end + self.input.tolerance {
            return "H"
        }
        let kept: Side = cell == "N" ? self.input.tieBreak : cell == "h" ? .hubspot : .salesforce
        return kept == .hubspot ? "S" : "H"
    }

    /// Between which moments a side got its present value.
    private func span(_ index: Int, _ side: Side) -> (begin: Int64?, end: Int64?) {
        if side == .hubspot, let exact = self.input.hubspotFieldTimes[index] {
            return (exact.milliseconds, exact.milliseconds)
        }
        if let seen = self.input.seenBefore[side]?[index] { return (nil, seen.milliseconds) }
        switch side == .hubspot ? self.input.hubspotTime : self.input.salesforceTime {
        case .exact(let time): return (time.milliseconds, time.milliseconds)
        case .interval(let after, let notAfter):
            return (after?.milliseconds, notAfter?.milliseconds)
        }
    }

    private static func actual(_ index: Int, _ decision: MergeDecision) -> Verdict {
        var verdict = Verdict()
        for (side, fields) in [
            (Side.hubspot, decision.toHubSpot), (.salesforce, decision.toSalesforce),
        ] {
            guard let field = fields.first(where: { $0.index == index }) else { continue }
            verdict.target = side
            verdict.value = FieldValue(bytes: field.value).text
        }
        verdict.isListed = decision.diverged.contains(index)
        verdict.isConflict = decision.conflicts.contains { $0.index == index }
        return verdict
    }

    private static func state(_ base: FieldValue, _ now: FieldValue) -> Int {
        if base == now { return now.isBlank ? 0 : 1 }
        return now.isBlank ? 3 : 2
    }
}

extension String {
    fileprivate func at(_ place: Int) -> Character { Array(self)[place] }
}
