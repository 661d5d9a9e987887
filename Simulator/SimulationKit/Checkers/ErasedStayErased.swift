import MockHubSpot
import MockSalesforce
import SyncCore

/// Whoever was erased is not made again, tied or written to by the engine in either CRM, and nothing in the store has
/// their address or the names that nobody else ever had.
struct ErasedStayErased: Checker {
    static let name = "erasedStayErased"

    func violations(in evidence: Evidence) -> [String] {
        let erased = evidence.erased
        // Records that were made anew are theirs from their first day.
        let times = Dictionary(
            erased.people.flatMap { [($0.hubspotID, $0.at), ($0.salesforceID, $0.at)] }
        ) { first, _ in first }
        let mine = erased.hubspot.filter { version in
            version.author.sourceType == "INTEGRATION"
                && evidence.trueTime(version.at, of: .hubspot) > times[version.recordID] ?? 0
        }.map { "HubSpot \($0.recordID): \($0.kind.rawValue) by the engine at \($0.at)" }
        let theirs = erased.salesforce.filter { change in
            change.isRest
                && evidence.trueTime(change.at, of: .salesforce) > times[change.recordID] ?? 0
        }.map { "Salesforce \($0.recordID): \($0.kind.rawValue) by the engine at \($0.at)" }
        return mine + theirs + erased.stored.map { "the store still has \($0)" }
    }
}
