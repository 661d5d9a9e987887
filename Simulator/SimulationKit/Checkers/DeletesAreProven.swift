import MockHubSpot
import MockSalesforce
import SyncCore
import SyncStore

/// Nobody is told that a record was deleted which was not: what cannot be seen is not gone.
struct DeletesAreProven: Checker {
    static let name = "deletesAreProven"

    func violations(in evidence: Evidence) -> [String] {
        let contacts = Set(evidence.contacts.map(\.id))
        let people = Set(evidence.people.map(\.id))
        let left = Set(evidence.leavings(of: .hubspot).keys)
            .union(evidence.leavings(of: .salesforce).keys)
        return evidence.findings.filter { $0.finding.code == .counterpartDeleted }.compactMap {
            let (mine, theirs) = ($0.finding.hubspotID ?? "", $0.finding.salesforceID ?? "")
            // Whoever was restored since stays reported until somebody looks.
            guard contacts.contains(mine), people.contains(theirs), !left.contains(mine),
                !left.contains(theirs)
            else { return nil }
            return "\(mine) and \(theirs) are both there, one is reported as deleted"
        }
    }
}
