import MockHubSpot
import MockSalesforce

/// No record is made while its side has one of the same person; people's e-mails are unique.
///
/// Whether one is made again after it was deleted is `nothingComesBack`'s.
struct NoDuplicates: Checker {
    static let name = "noDuplicates"

    func violations(in evidence: Evidence) -> [String] {
        let identity = evidence.object.identity
        var roll = Roll()
        // A lead and the contact that it becomes are one person, as Salesforce has it.
        for change in evidence.salesforce where change.object == evidence.object.salesforce {
            switch change.kind {
            case .create, .seed:
                let email = change.fields.first { $0.name == identity.salesforce }?.after.text
                roll.enter(change.recordID, email)
            case .delete, .hardDelete, .mergedAway: roll.leave(change.recordID)
            case .undelete: roll.comeBack(change.recordID)
            case .update, .convert: continue
            }
        }
        let problems = roll.problems
        roll = Roll()
        for version in evidence.hubspot {
            switch version.kind {
            case .create, .seed:
                let name = version.fields.first { $0.name == identity.hubspot }?.after
                roll.enter(version.recordID, name)
            case .archive, .gdprDelete, .mergedAway: roll.leave(version.recordID)
            case .restore: roll.comeBack(version.recordID)
            case .update, .merge: continue
            }
        }
        return problems + roll.problems
    }

    /// Who is there, as a side's history goes by.
    private struct Roll {
        private var emails: [String: String] = [:]
        private var present: [String: Set<String>] = [:]
        private(set) var problems: [String] = []

        mutating func enter(_ record: String, _ email: String?) {
            guard let email, !email.isEmpty else { return }
            self.emails[record] = email.lowercased()
            for other in self.present[email.lowercased(), default: []].sorted() {
                self.problems.append("\(other) and \(record) are one person")
            }
            self.comeBack(record)
        }

        mutating func leave(_ record: String) {
            guard let email = self.emails[record] else { return }
            self.present[email]?.remove(record)
        }

        mutating func comeBack(_ record: String) {
            guard let email = self.emails[record] else { return }
            self.present[email, default: []].insert(record)
        }
    }
}
