import MockSalesforce
import MockHubSpot
/// The engine makes at most one record on a side for one record of the other.
struct AtMostOneCreate: Checker {
    static let name = "atMostOneCreate"

    func violations(in evidence: Evidence) -> [String] {
        var keys = evidence.hubspot.compactMap { version -> String? in
            guard version.kind == .create, version.author.sourceType == "INTEGRATION" else {
                return nil
            }
            let key = version.fields.first { $0.name == "sf_contact_key" }?.after
            return "HubSpot, for \(key ?? "nobody: \(version.recordID) has no key")"
        }
        keys += evidence.salesforce.compactMap { change -> String? in
            guard change.kind == .create, change.isRest else { return nil }
            let key = change.fields.first { $0.name == "HubSpot_Record_ID__c" }?.after.text
            return "Salesforce, for \(key ?? "nobody: \(change.recordID) has no key")"
        }
        var counts: [String: Int] = [:]
        for key in keys { counts[key, default: 0] += 1 }
        return counts.filter { $0.value > 1 || $0.key.contains("nobody") }.keys.sorted().map {
            "\(counts[$0] ?? 0) creates on \($0)"
        }
    }
}
