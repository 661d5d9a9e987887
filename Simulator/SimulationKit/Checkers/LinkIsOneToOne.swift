import MockHubSpot
import MockSalesforce
import SyncCore
import SyncStore

/// The keys on both sides tie each record to exactly one of the other side.
struct LinkIsOneToOne: Checker {
    static let name = "linkIsOneToOne"

    func violations(in evidence: Evidence) -> [String] {
        var owners: [String: String] = [:]
        var problems: [String] = []
        for contact in evidence.contacts {
            guard let key = contact["sf_contact_key"] else { continue }
            if let other = owners.updateValue(contact.id, forKey: key) {
                problems.append("\(other) and \(contact.id) both name \(key)")
            }
        }
        // A key whose write was refused is missing until its record changes again, and one whose
        // record could not be seen for good; an issue says so.
        let refused = Set(
            evidence.findings
                .filter { [.recordRejected, .counterpartNotVisible].contains($0.finding.code) }
                .flatMap { [$0.finding.hubspotID, $0.finding.salesforceID] }.compactMap { $0 }
        )
        for person in evidence.people {
            let key = person["HubSpot_Record_ID__c"].text
            let owner = owners[person.id]
            if key == nil, refused.contains(person.id) || owner.map(refused.contains) == true {
                continue
            }
            if owner != key {
                problems.append(
                    "\(person.id) names \(key ?? "nobody"), \(owner ?? "nobody") names it"
                )
            }
        }
        return problems
    }
}
