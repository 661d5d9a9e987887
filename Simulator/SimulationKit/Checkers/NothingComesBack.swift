import MockHubSpot
import MockSalesforce
import SyncCore

/// For a record that has had a counterpart, none is made again: what was deleted stays deleted.
struct NothingComesBack: Checker {
    static let name = "nothingComesBack"

    func violations(in evidence: Evidence) -> [String] {
        var problems: [String] = []
        var held: Set<String> = []
        for version in evidence.hubspot {
            let key = version.fields.first { $0.name == "sf_contact_key" }?.after
            guard let key else { continue }
            let isMade = version.kind == .create && version.author.sourceType == "INTEGRATION"
            if !held.insert(key).inserted, isMade, !self.isLate(.hubspot, version.at, evidence) {
                problems.append("hubspot \(version.recordID) was made again for \(key)")
            }
        }
        held = []
        for change in evidence.salesforce where change.object == "Contact" {
            let key = change.fields.first { $0.name == "HubSpot_Record_ID__c" }?.after.text
            guard let key else { continue }
            let isMade = change.kind == .create && change.isRest
            if !held.insert(key).inserted, isMade, !self.isLate(.salesforce, change.at, evidence) {
                problems.append("salesforce \(change.recordID) was made again for \(key)")
            }
        }
        return problems
    }

    /// A create that lands after its record was made and deleted comes from nobody's decision.
    private func isLate(_ side: Side, _ at: Int64, _ evidence: Evidence) -> Bool {
        let clocks = evidence.profile.clocks
        let offset = side == .hubspot ? clocks?.hubspotOffset : clocks?.salesforceOffset
        return evidence.wire.landings.contains { $0.side == side && $0.at == at - (offset ?? 0) }
    }
}
