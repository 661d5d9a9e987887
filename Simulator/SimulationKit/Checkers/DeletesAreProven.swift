import MockHubSpot
import MockSalesforce
import SyncCore
import SyncStore

/// Nobody is told that a record was deleted which was not: what cannot be seen is not gone.
struct DeletesAreProven: Checker {
    static let name = "deletesAreProven"

    func violations(in evidence: Evidence) -> [String] {
        let left = [
            Side.hubspot: evidence.leavings(of: .hubspot),
            .salesforce: evidence.leavings(of: .salesforce),
        ]
        return evidence.findings.compactMap { stored in
            let finding = stored.finding
            guard finding.code == .counterpartDeleted else { return nil }
            let side = finding.details.first.flatMap(Side.init(rawValue:))
            let id = side == .hubspot ? finding.hubspotID : finding.salesforceID
            guard let side, let id else { return "a deleted record has no name" }
            let isTrue =
                left[side]?[id]?.contains { $0.kind == .deleted && $0.at <= stored.lastSeen }
                ?? false
            return isTrue ? nil : "\(side) \(id) is said to be deleted, it was not"
        }
    }
}
