import MockHubSpot
import MockSalesforce
import SyncCore

/// The engine makes at most one record on a side for one record of the other, and ties it to that one
/// as it makes it.
///
/// Whether it makes one again for what is gone is `nothingComesBack`'s.
struct AtMostOneCreate: Checker {
    static let name = "atMostOneCreate"

    func violations(in evidence: Evidence) -> [String] {
        let contacts = Set(evidence.hubspot.map(\.recordID))
        let people = Set(evidence.salesforce.map(\.recordID))
        return evidence.creates.compactMap { create in
            let sources = create.side == .hubspot ? people : contacts
            guard let key = create.key, sources.contains(key) else {
                return
                    "\(create.side) \(create.record) was made for nobody: its key names no record"
            }
            guard create.earlier == .living else { return nil }
            return "\(create.side) \(create.record) was made for \(key), which has one"
        }
    }
}
