import SyncCore
import SyncStore

/// A field whose row comes and goes follows the configuration: without a row, and on a side that its rule leaves alone,
/// the engine does not write it; a row that is new overwrites nothing but for an edit that was made since; what people
/// write while it is there goes over as its rule says.
struct FieldListsHold: Checker {
    static let name = "fieldListsHold"

    func violations(in evidence: Evidence) -> [String] {
        guard !evidence.fieldLists.isEmpty else { return [] }
        var part = evidence
        part.object.fields = SimulatedFieldLists.coming
        let groups = part.changes()
        let named = groups.compactMap { group in group.first.map { (Self.key($0), group) } }
        let byPlace = Dictionary(named) { first, _ in first }
        return groups.flatMap { group in
            let other = group.first.map { Self.key($0, on: $0.side.other) }
            let others = other.flatMap { byPlace[$0] } ?? []
            return Self.unwanted(group, others, evidence)
                + [Self.left(group, others, evidence)].compactMap(\.self)
        }
    }

    private static func key(_ change: Evidence.Change, on side: Side? = nil) -> String {
        "\(side ?? change.side) \(change.record) \(change.field)"
    }

    /// A time in which a field has one rule without a break; `nil` for no row.
    private struct Span {
        var rule: SyncRule?
        var from: Int64
        var to: Int64
        /// Since when it is synced without a break, and whether always by this rule.
        var since: Int64
        var isSteady = true
    }

    private static func spans(of field: String, _ evidence: Evidence) -> [Span] {
        var spans: [Span] = []
        for list in evidence.fieldLists {
            let rule = list.rule(of: field).flatMap { $0 == .dontSync ? nil : $0 }
            if let last = spans.last, last.rule == rule { continue }
            var span = Span(rule: rule, from: list.from, to: .max, since: list.from)
            if let last = spans.indices.last {
                spans[last].to = list.from
                if rule != nil, spans[last].rule != nil {
                    (span.since, span.isSteady) = (spans[last].since, false)
                }
            }
            spans.append(span)
        }
        return spans
    }

    /// Whether a rule ever writes a field of a side of records that are linked.
    private static func writes(_ rule: SyncRule, _ side: Side) -> Bool {
        switch rule {
        case .twoWay, .fillEmpty, .preferSalesforce, .preferHubSpot: true
        case .alwaysSalesforce: side == .hubspot
        case .alwaysHubSpot: side == .salesforce
        case .dontSync: false
        }
    }

    // MARK: - What must not be written

    private static func unwanted(
        _ group: [Evidence.Change],
        _ others: [Evidence.Change],
        _ evidence: Evidence
    ) -> [String] {
        guard let first = group.first else { return [] }
        let spans = Self.spans(of: first.field, evidence)
        // What a process had sent when it died may arrive a little later.
        let late = 4 * Int64(evidence.profile.weather.latencyMax) + 1_000
        return group.indices.compactMap { place -> String? in
            let change = group[place]
            guard change.isEngine else { return nil }
            let near = spans.filter { $0.from <= change.at && change.at - late < $0.to }
            let rules = near.compactMap(\.rule)
            let told =
                "\(change.side) \(change.record) \(change.field) = \(change.value) "
                + "at \(change.at)"
            guard change.isCreate || rules.contains(where: { Self.writes($0, change.side) }) else {
                return "\(told): no rule writes it"
            }
            guard !rules.isEmpty else { return "\(told): it has no row" }
            // A row that is new, and whose rule takes no side.
            guard !change.isCreate, near.count == 1, let span = near.first, span.isSteady,
                span.rule == .twoWay, place > 0, group[place - 1].isSet,
                group[place - 1].value != change.value,
                Self.isLinked(change.record, before: span.since, evidence)
            else { return nil }
            let isEdited = others.contains {
                !$0.isEngine && $0.value == change.value && $0.at >= span.since - late
            }
            // The first list is nobody's change.
            guard !isEdited, span.since > evidence.fieldLists[0].from else { return nil }
            return "\(told) over \(group[place - 1].value): nobody had written that since "
                + "the row came at \(span.since)"
        }
    }

    /// Where two records first meet, other rules decide.
    private static func isLinked(
        _ record: String,
        before time: Int64,
        _ evidence: Evidence
    ) -> Bool {
        evidence.journal.contains {
            $0.kind == .linked && $0.hubspotID == record && $0.at < time
        }
    }

    // MARK: - What must go over

    /// The last edit of a side, where the row was there and seen by then, and the other side said nothing near it.
    private static func left(
        _ group: [Evidence.Change],
        _ others: [Evidence.Change],
        _ evidence: Evidence
    ) -> String? {
        guard let edit = group.last, !edit.isEngine, edit.isSet,
            let span = Self.spans(of: edit.field, evidence).last, let rule = span.rule,
            Self.carries(rule, from: edit.side), edit.at > span.from + evidence.unseen,
            evidence.links.contains(where: { $0.hubspotID == edit.record && $0.state == .active }),
            !others.contains(where: { !$0.isEngine && $0.at > edit.at - evidence.unseen })
        else { return nil }
        let isTold = evidence.findings.contains { stored in
            stored.finding.hubspotID == edit.record && stored.finding.details.contains(edit.field)
        }
        guard !isTold, others.last?.value != edit.value else { return nil }
        return "\(edit.side) \(edit.record) \(edit.field) = \(edit.value) of \(edit.at) "
            + "(\(rule.rawValue) since \(span.from)): the other side has "
            + "\(others.last?.value ?? "nothing")"
    }

    /// Whether what a side says last always goes over.
    private static func carries(_ rule: SyncRule, from side: Side) -> Bool {
        switch rule {
        case .twoWay: true
        case .alwaysSalesforce, .preferSalesforce: side == .salesforce
        case .alwaysHubSpot, .preferHubSpot: side == .hubspot
        case .fillEmpty, .dontSync: false
        }
    }
}
