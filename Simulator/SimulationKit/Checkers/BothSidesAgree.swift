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
        if evidence.contacts.count != evidence.people.count {
            problems.append(
                "\(evidence.contacts.count) contacts, \(evidence.people.count) people"
            )
        }
        let people = Dictionary(evidence.people.map { ($0.id, $0) }) { first, _ in first }
        // A record that cannot be seen is left alone, and an open issue says so.
        let frozen = Set(
            evidence.findings.filter { $0.finding.code == .counterpartNotVisible }
                .flatMap { [$0.finding.hubspotID, $0.finding.salesforceID] }.compactMap { $0 }
        )
        for contact in evidence.contacts where !frozen.contains(contact.id) {
            guard let person = contact["sf_contact_key"].flatMap({ people[$0] }) else {
                problems.append("\(contact.id) has no counterpart")
                continue
            }
            for (hubspot, salesforce) in SimulatedPair.fields {
                let (mine, theirs) = (contact[hubspot] ?? "", person[salesforce].text ?? "")
                guard mine != theirs else { continue }
                let isReported = evidence.findings.contains { stored in
                    stored.finding.hubspotID == contact.id
                        && stored.finding.details.contains(hubspot)
                }
                guard !isReported else { continue }
                problems.append("\(contact.id) \(hubspot): \(mine) and \(theirs)")
            }
        }
        return problems
    }
}
