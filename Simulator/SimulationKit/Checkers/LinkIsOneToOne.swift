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
            guard let key = contact[evidence.object.keyProperty] else { continue }
            if let other = owners.updateValue(contact.id, forKey: key) {
                problems.append("\(other) and \(contact.id) both name \(key)")
            }
        }
        // A key whose write was refused is missing until its record changes again, and one whose
        // record could not be seen for good; an issue says so.
        let codes: Set<Finding.Code> = [.recordRejected, .keyRejected, .counterpartNotVisible]
        let refused = Set(
            evidence.findings.filter { codes.contains($0.finding.code) }
                .flatMap { [$0.finding.hubspotID, $0.finding.salesforceID] }.compactMap { $0 }
        )
        // Whose counterpart is gone keeps its key: the issue or the lack of news is checked elsewhere.
        let alone = evidence.frozen.union(evidence.unnoticed).union(evidence.keptByPolicy)
            .union(evidence.leftOut)
        let contacts = Set(evidence.contacts.map(\.id))
        for person in evidence.people {
            let key = person[SimulatedObject.keyField].text
            let owner = owners[person.id]
            if key == nil, refused.contains(person.id) || owner.map(refused.contains) == true {
                continue
            }
            // A pair that was left alone before its key was written gets none any more.
            if key == nil || owner == nil, alone.contains(person.id) { continue }
            if key == nil, let owner, Self.isTaken(owner, for: person.id, in: evidence) { continue }
            let isLeft = key.map { !contacts.contains($0) } == true && alone.contains(person.id)
            if owner != key, !isLeft {
                problems.append(
                    "\(person.id) names \(key ?? "nobody"), \(owner ?? "nobody") names it"
                )
            }
        }
        return problems
    }

    /// Whether an open issue says that the contact belongs to another person's record.
    ///
    /// A person merged the contact that was made for this one, before the two were linked, with a
    /// contact that had its own counterpart.
    private static func isTaken(
        _ contact: String,
        for person: String,
        in evidence: Evidence
    ) -> Bool {
        evidence.findings.contains { stored in
            stored.finding.code == .alreadyLinked && stored.finding.salesforceID == person
                && stored.finding.details.contains(contact)
        }
    }
}
