import MockHubSpot
import MockSalesforce
import SyncCore
import SyncStore

/// Records tell how their pairs stand, after quiet: not included where one of them says so itself, error where an issue
/// names them, waiting where they wait, and otherwise in sync; and both tell the same.
struct StatusesAreTrue: Checker {
    static let name = "statusesAreTrue"

    func violations(in evidence: Evidence) -> [String] {
        guard evidence.object.tells else { return [] }
        let contacts = Dictionary(evidence.contacts.map { ($0.id, $0) }) { first, _ in first }
        let people = Dictionary(evidence.people.map { ($0.id, $0) }) { first, _ in first }
        let troubled = Self.troubled(evidence.findings)
        return evidence.links.flatMap { link -> [String] in
            guard link.mapping == evidence.object.name, let contact = contacts[link.hubspotID],
                let person = people[link.salesforceID],
                // Whoever names another record belongs to a pair that people have taken apart.
                contact[evidence.object.keyProperty] == person.id,
                person[SimulatedObject.keyField].text == contact.id
            else { return [] }
            let isOut =
                evidence.object.leavesOut(contact) || evidence.object.leavesOut(person)
            let hasIssue = troubled.contains(contact.id) || troubled.contains(person.id)
            let waits = evidence.waiting.contains {
                $0.mapping == link.mapping && [contact.id, person.id].contains($0.remoteID)
            }
            let expected: SyncStatus =
                isOut ? .notIncluded : hasIssue ? .error : waits ? .waiting : .inSync
            let told = [
                contact[SimulatedObject.statuses.hubspot.status ?? ""],
                person[SimulatedObject.statuses.salesforce.status ?? ""].text,
            ]
            guard told.contains(where: { $0 != expected.text }) else { return [] }
            let words = told.map { $0 ?? "nothing" }.joined(separator: " and ")
            return ["\(contact.id) with \(person.id) tell \(words), it is \(expected.text)"]
        }
    }

    /// The records that issues name which keep something from going over.
    private static func troubled(_ findings: [StoredFinding]) -> Set<String> {
        Set(
            findings.map(\.finding).filter { SyncStatus.problems.contains($0.code) }
                .flatMap { [$0.hubspotID, $0.salesforceID].compactMap(\.self) }
        )
    }
}
