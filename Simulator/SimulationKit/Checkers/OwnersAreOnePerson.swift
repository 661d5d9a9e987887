import MockHubSpot
import MockSalesforce
import SyncCore
import SyncStore

/// Whom the engine gives a record is the one to whom people gave its counterpart, told by the address; and in the end
/// both records are one person's, or an issue says why not.
struct OwnersAreOnePerson: Checker {
    static let name = "ownersAreOnePerson"

    func violations(in evidence: Evidence) -> [String] {
        guard evidence.object.isOwned else { return [] }
        let said = Self.said(evidence)
        let wrong = said.filter { $0.isEngine && $0.person != nil }.compactMap { write -> String? in
            let isMeant = said.contains {
                $0.side != write.side && $0.record == write.record && $0.person == write.person
                    && $0.at <= write.at + Self.clocksApart
            }
            guard !isMeant else { return nil }
            return "\(write.side) \(write.record) was given to \(write.person ?? "nobody") at "
                + "\(write.at), its counterpart has never been theirs"
        }
        return wrong + Self.apart(evidence)
    }

    /// Whose a record was from some time on.
    private struct Said {
        var side: Side
        /// By HubSpot's id.
        var record: String
        /// By HubSpot's id; `nil` for nobody, and for who is in one CRM only.
        var person: String?
        /// True time.
        var at: Int64
        var isEngine: Bool
    }

    private static func said(_ evidence: Evidence) -> [Said] {
        let mine = evidence.hubspot.compactMap { version -> Said? in
            let field = version.fields.first { $0.name == SimulatedOwners.property }
            guard let field else { return nil }
            return Said(
                side: .hubspot,
                record: version.recordID,
                person: SimulatedOwners.person(field.after),
                at: evidence.trueTime(version.at, of: .hubspot),
                isEngine: version.author.sourceType == "INTEGRATION"
            )
        }
        let ids = evidence.firstKeyed
        let theirs = evidence.salesforce.compactMap { change -> Said? in
            guard change.object == evidence.object.salesforce else { return nil }
            let at = evidence.trueTime(change.at, of: .salesforce)
            let field = change.fields.first { $0.name == SimulatedOwners.field }
            guard let field, let record = evidence.hubspotID(of: change.recordID, at: at, ids)
            else { return nil }
            return Said(
                side: .salesforce,
                record: record,
                person: SimulatedOwners.person(field.after.text),
                at: at,
                isEngine: change.isRest
            )
        }
        return mine + theirs
    }

    private static func apart(_ evidence: Evidence) -> [String] {
        let contacts = Dictionary(evidence.contacts.map { ($0.id, $0) }) { first, _ in first }
        let people = Dictionary(evidence.people.map { ($0.id, $0) }) { first, _ in first }
        let out = evidence.leftOut
        return evidence.links.filter { $0.state == .active }.compactMap { link -> String? in
            // A contact that is nobody's says nothing: Salesforce's always are somebody's.
            guard !out.contains(link.hubspotID),
                let mine = SimulatedOwners.person(
                    contacts[link.hubspotID]?[SimulatedOwners.property]
                ),
                let person = people[link.salesforceID],
                SimulatedOwners.person(person[SimulatedOwners.field].text) != mine
            else { return nil }
            let isTold = evidence.findings.contains { stored in
                stored.finding.hubspotID == link.hubspotID
                    && stored.finding.details.contains {
                        [SimulatedOwners.property, SimulatedOwners.field].contains($0)
                    }
            }
            guard !isTold else { return nil }
            let theirs = person[SimulatedOwners.field].text ?? "nobody"
            return "\(link.hubspotID) is \(mine)'s, \(link.salesforceID) is \(theirs)'s"
        }
    }

    /// Salesforce's stamps are whole seconds.
    private static let clocksApart: Int64 = 1_000
}
