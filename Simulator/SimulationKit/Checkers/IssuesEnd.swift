import MockHubSpot
import MockSalesforce
import SyncCore
import SyncStore

/// An issue about a refused write ends with its cause: none is open of a pair whose values agree.
struct IssuesEnd: Checker {
    static let name = "issuesEnd"

    func violations(in evidence: Evidence) -> [String] {
        let contacts = Dictionary(evidence.contacts.map { ($0.id, $0) }) { first, _ in first }
        let people = Dictionary(evidence.people.map { ($0.id, $0) }) { first, _ in first }
        return evidence.findings.compactMap { stored in
            let finding = stored.finding
            if finding.code == .keyRejected {
                return Self.problem(finding, contacts, people, evidence.object)
            }
            guard finding.code == .recordRejected,
                let contact = finding.hubspotID.flatMap({ contacts[$0] }),
                let person = finding.salesforceID.flatMap({ people[$0] }),
                // Or it is the key that was refused.
                contact[evidence.object.keyProperty] == person.id,
                person[SimulatedObject.keyField].text == contact.id
            else { return nil }
            let mapped = [evidence.object.identity] + evidence.compared
            let isApart = mapped.contains {
                $0.common(hubspot: contact[$0.hubspot])
                    != $0.common(salesforce: person[$0.salesforce])
            }
            guard !isApart else { return nil }
            return
                "\(contact.id): an issue says that \(finding.details) was refused, both sides agree"
        }
    }

    /// An issue says that a record did not take its counterpart's id, and there it is.
    private static func problem(
        _ finding: Finding,
        _ contacts: [String: MockHubSpotRecord],
        _ people: [String: MockSalesforceRecord],
        _ object: SimulatedObject
    ) -> String? {
        let contact = finding.hubspotID.flatMap { contacts[$0] }
        let person = finding.salesforceID.flatMap { people[$0] }
        let key = contact?[object.keyProperty] ?? person?[SimulatedObject.keyField].text
        guard let key, finding.details.contains(key) else { return nil }
        return
            "\(contact?.id ?? person?.id ?? ""): an issue says that \(key) was refused, it is there"
    }
}
