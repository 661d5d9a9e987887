import MockHubSpot
import MockSalesforce
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
        for person in evidence.people {
            let key = person["HubSpot_Record_ID__c"].text
            if owners[person.id] != key {
                problems.append(
                    "\(person.id) names \(key ?? "nobody"), \(owners[person.id] ?? "nobody") names it"
                )
            }
        }
        return problems
    }
}
