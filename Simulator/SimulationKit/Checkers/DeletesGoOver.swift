import MockHubSpot
import MockSalesforce
import SyncCore
import SyncStore

/// Where the policy says so, the counterpart of what people deleted is deleted in the end, or an open issue says why it
/// is not.
struct DeletesGoOver: Checker {
    static let name = "deletesGoOver"

    func violations(in evidence: Evidence) -> [String] {
        // HubSpot's feed tells of no deletes.
        let sides = Side.allCases.filter { side in
            evidence.object.deletes.action(from: side) == .delete
                && (side == .salesforce || evidence.profile.sweepSettings != nil)
        }
        guard !sides.isEmpty else { return [] }
        let living = [
            Side.hubspot: Set(evidence.contacts.map(\.id)),
            .salesforce: Set(evidence.people.map(\.id)),
        ]
        let told = Set(
            evidence.findings.flatMap {
                [$0.finding.hubspotID, $0.finding.salesforceID].compactMap(\.self)
            }
        )
        return sides.flatMap { side -> [String] in
            let isHeld = evidence.findings.contains {
                $0.finding.code
                    == (side == .hubspot ? .deletesHeldInSalesforce : .deletesHeldInHubSpot)
            }
            guard !isHeld else { return [] }
            let gone = Self.deletedByPeople(on: side, in: evidence)
            return evidence.links.compactMap { link in
                let (id, other) = (link.recordID(on: side), link.recordID(on: side.other))
                guard gone.contains(id), living[side.other]?.contains(other) == true,
                    told.isDisjoint(with: [id, other])
                else { return nil }
                return "\(side.other) \(other) is still there, \(side) \(id) was deleted"
            }
        }
    }

    /// What people deleted and nobody has restored.
    private static func deletedByPeople(on side: Side, in evidence: Evidence) -> Set<String> {
        var gone: Set<String> = []
        switch side {
        case .hubspot:
            for version in evidence.hubspot {
                switch version.kind {
                case .archive where version.author.sourceType != "INTEGRATION":
                    gone.insert(version.recordID)
                case .restore: gone.remove(version.recordID)
                default: continue
                }
            }
        case .salesforce:
            for change in evidence.salesforce where change.object == evidence.object.salesforce {
                switch change.kind {
                case .delete where !change.isRest: gone.insert(change.recordID)
                case .undelete: gone.remove(change.recordID)
                default: continue
                }
            }
        }
        return gone
    }
}
