import MockHubSpot
import MockSalesforce
import SyncCore
import SyncStore

/// Once nothing is forbidden any more, what people write goes over, whatever issue is open: neither an
/// earlier refusal nor a hold that is over keeps the next edit of its field or its record.
struct LiftedRefusalsGoOver: Checker {
    static let name = "liftedRefusalsGoOver"

    func violations(in evidence: Evidence) -> [String] {
        let profile = evidence.profile
        // Records that are gone or hidden are left alone, and other refusals stay.
        guard profile.hasAdministrators, profile.lives == nil, profile.crowd == nil,
            !profile.hidesRecords, profile.disk == nil, !evidence.breaks.isEmpty
        else { return [] }
        let ends = evidence.breaks.map { $0.to ?? .max }
        guard let lifted = ends.max(), lifted < .max else { return [] }
        return self.unlinked(evidence, since: lifted) + self.apart(evidence, since: lifted)
    }

    /// Fields that somebody edited since and that differ.
    private func apart(_ evidence: Evidence, since lifted: Int64) -> [String] {
        let people = Dictionary(evidence.people.map { ($0.id, $0) }) { first, _ in first }
        let contacts = Dictionary(evidence.contacts.map { ($0.id, $0) }) { first, _ in first }
        return evidence.fieldChanges().compactMap { key, changes in
            guard let last = changes.last(where: { !$0.isEngine }), last.at >= lifted,
                let field = evidence.fields.first(where: { $0.hubspot == last.field }),
                field.rule == .twoWay, let contact = contacts[last.record],
                let person = contact[evidence.object.keyProperty].flatMap({ people[$0] })
            else { return nil }
            let mine = field.common(hubspot: contact[field.hubspot])
            let theirs = field.common(salesforce: person[field.salesforce])
            guard mine != theirs, !Self.isNeeded(last, field),
                !Self.isAskedAbout(last, contact.id, field, in: evidence)
            else { return nil }
            return
                "\(key): \(last.value) was written at \(last.at), there are \(mine) and \(theirs)"
        }
    }

    /// Whether a person took the last name away in HubSpot: every Salesforce org needs one.
    private static func isNeeded(_ last: Evidence.Change, _ field: SimulatedField) -> Bool {
        field.hubspot == "lastname" && last.side == .hubspot && last.value.isEmpty
    }

    /// Whether the two values met when the records were first linked, and a person was asked: only what
    /// is edited after that goes over (decision 0003).
    private static func isAskedAbout(
        _ last: Evidence.Change,
        _ contact: String,
        _ field: SimulatedField,
        in evidence: Evidence
    ) -> Bool {
        evidence.findings.contains { stored in
            stored.finding.code == .firstSyncDiverged && stored.finding.hubspotID == contact
                && stored.finding.details.contains {
                    [field.hubspot, field.salesforce].contains($0)
                }
                && last.at <= stored.firstSeen
        }
    }

    /// Records that somebody edited since and that have no counterpart.
    private func unlinked(_ evidence: Evidence, since lifted: Int64) -> [String] {
        var last: [String: Int64] = [:]
        for version in evidence.hubspot where version.author.sourceType != "INTEGRATION" {
            last[version.recordID] = evidence.trueTime(version.at, of: .hubspot)
        }
        for change in evidence.salesforce where !change.isRest {
            last[change.recordID] = evidence.trueTime(change.at, of: .salesforce)
        }
        let keys = Set(evidence.contacts.compactMap { $0[evidence.object.keyProperty] })
        let alone =
            evidence.contacts.filter { $0[evidence.object.keyProperty] == nil }.map(\.id)
            + evidence.people.map(\.id).filter { !keys.contains($0) }
        let twins = Self.twins(evidence)
        return alone.compactMap { id in
            guard let at = last[id], at >= lifted, !twins.contains(id) else { return nil }
            return "\(id) was edited at \(at) and has no counterpart"
        }
    }

    /// Records of one side with one e-mail address: which of them a counterpart is tied to is a
    /// person's to say, and that there are two is `noDuplicates`'s.
    private static func twins(_ evidence: Evidence) -> Set<String> {
        let holders =
            evidence.contacts.map {
                ("H" + ($0[evidence.object.identity.hubspot] ?? "").lowercased(), $0.id)
            }
            + evidence.people.map {
                ("S" + ($0[evidence.object.identity.salesforce].text ?? "").lowercased(), $0.id)
            }
        let groups = Dictionary(grouping: holders.filter { $0.0.count > 1 }) { $0.0 }
        return Set(groups.values.filter { $0.count > 1 }.joined().map(\.1))
    }
}
