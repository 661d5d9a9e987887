import MockHubSpot
import MockSalesforce
/// At no time two records on one side come from the same person; people's e-mails are unique.
struct NoDuplicates: Checker {
    static let name = "noDuplicates"

    func violations(in evidence: Evidence) -> [String] {
        var seen: [String: String] = [:]
        var problems: [String] = []
        for change in evidence.salesforce where change.kind == .create || change.kind == .seed {
            guard let email = change.fields.first(where: { $0.name == "Email" })?.after.text,
                !email.isEmpty
            else { continue }
            if let other = seen.updateValue(change.recordID, forKey: email.lowercased()) {
                problems.append("\(other) and \(change.recordID) are one person")
            }
        }
        seen = [:]
        for version in evidence.hubspot where version.kind == .create || version.kind == .seed {
            guard let email = version.fields.first(where: { $0.name == "email" })?.after else {
                continue
            }
            if let other = seen.updateValue(version.recordID, forKey: email.lowercased()) {
                problems.append("\(other) and \(version.recordID) are one person")
            }
        }
        return problems
    }
}
