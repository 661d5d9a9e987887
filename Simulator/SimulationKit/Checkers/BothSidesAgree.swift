import MockHubSpot
import MockSalesforce
import SyncCore
import SyncStore

/// After its time to settle every record has a counterpart, and both hold the same values or an open
/// issue names the field.
struct BothSidesAgree: Checker {
    static let name = "bothSidesAgree"

    func violations(in evidence: Evidence) -> [String] {
        var problems: [String] = []
        let people = Dictionary(evidence.people.map { ($0.id, $0) }) { first, _ in first }
        // A record whose counterpart is gone or cannot be seen is left alone, and an open issue
        // says so, as soon as anybody could know.
        let alone = evidence.frozen.union(evidence.unnoticed).union(evidence.refusedCreates)
            .union(evidence.untouched).union(evidence.keptByPolicy)
            .union(evidence.leftOut)
        let counts = (
            evidence.contacts.count { !alone.contains($0.id) },
            evidence.people.count { !alone.contains($0.id) }
        )
        let mayDiffer = evidence.hasLeavings || evidence.profile.hasAdministrators
        if !mayDiffer, counts.0 != counts.1 {
            problems.append("\(counts.0) in HubSpot, \(counts.1) in Salesforce")
        }
        let changes = Dictionary(grouping: evidence.changes().joined()) {
            "\($0.record) \($0.field)"
        }
        var tied: Set<String> = []
        for contact in evidence.contacts {
            let key = contact[evidence.object.keyProperty]
            if let key { tied.insert(key) }
            guard !alone.contains(contact.id) else { continue }
            guard let person = key.flatMap({ people[$0] }) else {
                problems.append("\(contact.id) has no counterpart")
                continue
            }
            // Whether both belong to the same company is `tiesAgree`'s.
            for field in evidence.compared where field.type != .reference {
                let (left, right) = (contact[field.hubspot], person[field.salesforce])
                let mine = field.common(hubspot: left)
                let theirs = field.common(salesforce: right)
                guard mine != theirs,
                    !Self.mayDiffer(field.rule, (left ?? "").isEmpty, right == .null)
                else { continue }
                let all = changes["\(contact.id) \(field.hubspot)"] ?? []
                let edits = all.filter { !$0.isEngine }
                guard !Self.isReported(contact.id, field, edits, in: evidence),
                    !Self.isUnseen(contact.id, person.id, all, in: evidence)
                else { continue }
                problems.append(
                    "\(contact.id) \(field.hubspot) (\(field.rule.rawValue)): "
                        + "\(mine) and \(theirs)"
                )
            }
        }
        for person in evidence.people where !tied.contains(person.id) && !alone.contains(person.id)
        {
            problems.append("\(person.id) has no counterpart")
        }
        return problems
    }

    /// Whether a rule leaves two different values alone for good.
    private static func mayDiffer(
        _ rule: SyncRule,
        _ hubspotIsBlank: Bool,
        _ salesforceIsBlank: Bool
    ) -> Bool {
        switch rule {
        case .dontSync: true
        case .alwaysSalesforce: salesforceIsBlank
        case .alwaysHubSpot: hubspotIsBlank
        case .fillEmpty: !hubspotIsBlank && !salesforceIsBlank
        case .twoWay, .preferSalesforce, .preferHubSpot: false
        }
    }

    /// Whether an open issue says that the two values differ.
    ///
    /// `edits`: what people did to the field on both sides.
    private static func isReported(
        _ contact: String,
        _ field: SimulatedField,
        _ edits: [Evidence.Change],
        in evidence: Evidence
    ) -> Bool {
        evidence.findings.contains { stored in
            let finding = stored.finding
            guard finding.hubspotID == contact,
                finding.details.contains(field.hubspot)
                    || finding.details.contains(field.salesforce)
            else { return false }
            switch finding.code {
            case .recordRejected, .valueNotConvertible, .fieldFlapping: return true
            // The next edit of either side goes over (decision 0003), if it can be told from none.
            case .firstSyncDiverged:
                return Side.allCases.allSatisfy { side in
                    let own = edits.filter { $0.side == side }
                    let before = own.last { $0.at <= stored.firstSeen }?.value
                    return own.last?.value == before
                }
            // A tie has a winner, and that is written.
            case .conflict, .outcomeUnknown, .keyRejected: return false
            case .ambiguousMatch, .alreadyLinked, .counterpartDeleted, .counterpartsMerged,
                .counterpartConverted, .counterpartNotVisible, .missingRequiredField,
                .deletedButEdited, .deletesHeldInHubSpot, .deletesHeldInSalesforce,
                .schemaChanged, .ownerNotFound, .segmentGone, .erased, .relationRefused,
                .tooManyTies:
                return false
            }
        }
    }

    /// Whether a field's last change fell into a time in which nobody could show it to the engine.
    ///
    /// Neither CRM moves a stamp when a record is shown again, so no poll finds such a change; the
    /// next change of the record brings it along.
    private static func isUnseen(
        _ contact: String,
        _ person: String,
        _ changes: [Evidence.Change],
        in evidence: Evidence
    ) -> Bool {
        let profile = evidence.profile
        // No poll comes while a CRM cannot be reached or the process is dead.
        let silence =
            Int64(profile.outages?.cutMax ?? 0) + (profile.kills > 0 ? Int64(profile.deadMax) : 0)
        let reach =
            profile.indexDelay + profile.commitDelay + profile.pollInterval * 2
            + Int64(profile.weather.latencyMax) * 8 + silence
        return evidence.hidden.contains { span in
            guard [contact, person].contains(span.record) else { return false }
            // What was committed behind the read mark is shown by a confirm poll only, and the record may be
            // hidden by then (`swarm` 70230).
            let isLate = span.side == .salesforce && profile.commitDelay > 0
            let reach = reach + (isLate ? FeedSettings(side: span.side).confirmInterval : 0)
            let times =
                span.side == .hubspot
                ? evidence.hubspot.filter { $0.recordID == span.record }.map {
                    evidence.trueTime($0.at, of: .hubspot)
                }
                : evidence.salesforce.filter { $0.recordID == span.record }.map {
                    evidence.trueTime($0.at, of: .salesforce)
                }
            guard let last = times.max(), let end = span.to else { return true }
            let isEdited = changes.contains {
                !$0.isEngine && $0.side == span.side && (span.from - reach...end).contains($0.at)
            }
            return isEdited && last <= end && !Self.isTold(changes, after: end, reach)
        }
    }

    /// Whether an edit after a moment could be told from none.
    ///
    /// What was set back before any poll could show it left nothing behind (`swarm` 70230).
    private static func isTold(
        _ changes: [Evidence.Change],
        after end: Int64,
        _ reach: Int64
    ) -> Bool {
        Side.allCases.contains { side in
            let own = changes.filter { $0.side == side }
            let before = own.last { $0.at <= end }?.value
            return own.indices.contains { place in
                guard own[place].at > end, !own[place].isEngine, own[place].value != before else {
                    return false
                }
                let next = own.index(after: place)
                return next == own.endIndex || own[next].at - own[place].at > reach
            }
        }
    }
}
