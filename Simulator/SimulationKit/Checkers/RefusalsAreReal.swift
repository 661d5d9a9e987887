import MockHubSpot
import MockSalesforce
import SyncCore

/// A write is given up only where the CRM had a reason that stays.
///
/// That is a broken field, an address that another contact has, a last name that Salesforce needs,
/// a record that is gone or was hidden, or the contact of a person account.
/// What passes, such as a locked row, goes again.
struct RefusalsAreReal: Checker {
    static let name = "refusalsAreReal"

    func violations(in evidence: Evidence) -> [String] {
        // A refusal is told when every earlier attempt is accounted for.
        let slack = NoSilentLoss.sendingMax + Int64(evidence.profile.deadMax)
        let left = [
            Side.hubspot: evidence.leavings(of: .hubspot),
            .salesforce: evidence.leavings(of: .salesforce),
        ]
        return evidence.refusals.filter(\.isUpdate).compactMap { refusal in
            let isBroken = evidence.breaks.contains {
                $0.from <= refusal.at && refusal.at - slack <= $0.to ?? .max
            }
            let ids = [refusal.sourceID, refusal.targetID].compactMap { $0 }
            let isAway = ids.contains { id in
                evidence.isHidden(id, between: refusal.at - slack, and: refusal.at)
                    || Side.allCases.contains { side in
                        left[side]?[id]?.contains { $0.at <= refusal.at } ?? false
                    }
            }
            // Neither CRM ties a record to one that is not there.
            let isOrphan = refusal.named.contains { id in
                evidence.parents[refusal.target]?[id]?.contains { $0.at <= refusal.at } ?? false
            }
            let isTaken = evidence.profile.crowd != nil && refusal.fields.contains("email")
            let isNeeded =
                refusal.target == .salesforce && refusal.left == ["lastname"]
                && Self.isLastNameEmptied(refusal.sourceID, by: refusal.at, in: evidence)
            let isShadow = Self.isShadow(refusal.targetID, by: refusal.at, in: evidence)
            guard !isBroken, !isAway, !isOrphan, !isTaken, !isNeeded, !isShadow else { return nil }
            return "\(refusal.target) is said to have refused \(refusal.fields) of "
                + "\(refusal.sourceID) at \(refusal.at)"
        }
    }

    /// Whether a Salesforce record was a person account's contact by then, which takes no write.
    private static func isShadow(_ id: String?, by time: Int64, in evidence: Evidence) -> Bool {
        guard let id, evidence.profile.worlds?.persons != nil else { return false }
        return evidence.salesforce.contains { change in
            change.recordID == id && evidence.trueTime(change.at, of: .salesforce) <= time
                && change.fields.contains {
                    $0.name == "IsPersonAccount" && $0.after == .boolean(true)
                }
        }
    }

    /// Whether a person took the last name away in HubSpot: every Salesforce org needs one.
    private static func isLastNameEmptied(
        _ record: String,
        by time: Int64,
        in evidence: Evidence
    ) -> Bool {
        evidence.hubspot.contains { version in
            version.recordID == record && version.author.sourceType != "INTEGRATION"
                && evidence.trueTime(version.at, of: .hubspot) <= time
                && version.fields.contains { $0.name == "lastname" && ($0.after ?? "").isEmpty }
        }
    }
}
