import MockHubSpot
import MockSalesforce
import SyncCore
import SyncStore

/// A pair is left alone only where a record of it is gone or was hidden; an open issue says which,
/// and nothing is written to it any more.
struct FreezesAreHonest: Checker {
    static let name = "freezesAreHonest"

    func violations(in evidence: Evidence) -> [String] {
        self.silent(evidence) + self.untrue(evidence) + self.written(evidence)
    }

    /// Frozen pairs that no open issue names.
    private func silent(_ evidence: Evidence) -> [String] {
        let named = Set(
            evidence.findings.filter {
                Evidence.goneCodes.contains($0.finding.code)
                    || $0.finding.code == .deletedButEdited
            }.flatMap {
                // A link that followed to its survivor is named there.
                [$0.finding.hubspotID].compactMap { $0 } + $0.finding.details
            }
        )
        return evidence.links.filter {
            // Who is left out says so itself; that nothing is written to it then is asked of it all the same.
            !$0.state.isWhole && !$0.state.isOver && !named.contains($0.hubspotID)
                && !evidence.isIgnored($0)
        }
        .map { "\($0.hubspotID) and \($0.salesforceID) are left alone, nobody is told" }
    }

    /// Issues about something that did not happen.
    private func untrue(_ evidence: Evidence) -> [String] {
        let left = [
            Side.hubspot: evidence.leavings(of: .hubspot),
            .salesforce: evidence.leavings(of: .salesforce),
        ]
        return evidence.findings.compactMap { stored in
            let finding = stored.finding
            guard Evidence.goneCodes.contains(finding.code) else { return nil }
            let side = finding.details.first.flatMap(Side.init(rawValue:))
            let id = side == .hubspot ? finding.hubspotID : finding.salesforceID
            guard let side, let id else { return "\(finding.code) names no record" }
            // One issue tells what happened last to a pair.
            let before = (left[side]?[id] ?? []).filter { $0.at <= stored.lastSeen }
            let kinds = Set(before.map(\.kind))
            let isTrue =
                switch finding.code {
                // `deletesAreProven`'s.
                case .counterpartDeleted: true
                case .counterpartsMerged: kinds.contains(.merged)
                case .counterpartNotVisible:
                    evidence.isHidden(id, between: stored.firstSeen, and: stored.lastSeen)
                        || !kinds.isEmpty
                default: false
                }
            return isTrue ? nil : "\(side) \(id) is said to be \(finding.code), it was not"
        }
    }

    /// Writes that left after the freeze: what was on its way before may still arrive.
    private func written(_ evidence: Evidence) -> [String] {
        let onItsWay = 3 * Int64(evidence.profile.weather.latencyMax) + 1_000
        var spans: [String: [Evidence.Freeze]] = [:]
        for freeze in evidence.freezes {
            for id in [freeze.hubspotID, freeze.salesforceID] {
                spans[id, default: []].append(freeze)
            }
        }
        // Since when a record was left alone that was written then.
        func frozen(_ side: Side, _ id: String, _ at: Int64) -> Int64? {
            let broken = spans[id]?.first { span in
                at > span.at + onItsWay && at < span.until ?? .max
                    && !evidence.wire.landings.contains {
                        $0.side == side && $0.at == at && $0.sentAt <= span.at
                    }
            }
            return broken?.at
        }
        var problems: [String] = []
        // What deletes do is `deletesAreMeant`'s; that a pair is left alone its records may tell.
        for version in evidence.hubspot
        where version.author.sourceType == "INTEGRATION" && version.kind != .archive
            && !evidence.object.isTold(version.fields.map(\.name))
        {
            let at = evidence.trueTime(version.at, of: .hubspot)
            guard let since = frozen(.hubspot, version.recordID, at) else { continue }
            problems.append("hubspot \(version.recordID) written at \(at), frozen at \(since)")
        }
        for change in evidence.salesforce
        where change.isRest && change.kind != .delete
            && !evidence.object.isTold(change.fields.map(\.name)) && !Self.isKey(change, evidence)
        {
            let at = evidence.trueTime(change.at, of: .salesforce)
            guard let since = frozen(.salesforce, change.recordID, at) else { continue }
            problems.append("salesforce \(change.recordID) written at \(at), frozen at \(since)")
        }
        return problems
    }

    /// Whether a record takes nothing but its counterpart's id: what Salesforce made is made in HubSpot, where no segment
    /// has it yet, so that the pair rests before both know each other; who is out for longer is `leftOutStaysAlone`'s.
    private static func isKey(_ change: MockSalesforceChange, _ evidence: Evidence) -> Bool {
        evidence.profile.members != nil
            && change.fields.allSatisfy { $0.name == SimulatedObject.keyField }
    }
}
