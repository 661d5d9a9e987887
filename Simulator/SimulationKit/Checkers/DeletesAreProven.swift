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
        return evidence.findings.filter { $0.finding.code == .counterpartDeleted }.compactMap {
            let (left, right) = ($0.finding.hubspotID ?? "", $0.finding.salesforceID ?? "")
            guard contacts.contains(left), people.contains(right) else { return nil }
            return "\(left) and \(right) are both there, one is reported as deleted"
        }
    }
}
