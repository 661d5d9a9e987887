import MockHubSpot
import MockSalesforce
import SyncCore

/// Two records that were there before they met are tied only where they have one e-mail address: what
/// an administrator's duplicate rule takes for the same may be somebody else.
struct LinksAreOnePerson: Checker {
    static let name = "linksAreOnePerson"

    func violations(in evidence: Evidence) -> [String] {
        // Where addresses change, or merges move keys, the first address is not the one at the tie.
        guard evidence.profile.crowd == nil, evidence.profile.lives == nil else { return [] }
        let identity = evidence.object.identity
        var mine: [String: String] = [:]
        for version in evidence.hubspot where [.seed, .create].contains(version.kind) {
            mine[version.recordID] = version.fields.first { $0.name == identity.hubspot }?.after
        }
        var theirs: [String: String] = [:]
        for change in evidence.salesforce where [.seed, .create].contains(change.kind) {
            theirs[change.recordID] =
                change.fields.first { $0.name == identity.salesforce }?.after.text
        }
        return evidence.links.compactMap { link in
            let (left, right) = (mine[link.hubspotID], theirs[link.salesforceID])
            guard let left, let right, left.lowercased() != right.lowercased() else { return nil }
            return "\(link.hubspotID) and \(link.salesforceID) are tied: \(left) and \(right)"
        }
    }
}
