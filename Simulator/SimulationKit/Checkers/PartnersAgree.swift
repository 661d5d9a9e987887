import SyncCore
import SyncStore

/// A task, a call or a ware is with the same contact in both CRMs: the one whom people named last, if nobody on the other
/// side named another at nearly the same time; and with no others where nobody ever named two.
struct PartnersAgree: Checker {
    static let name = "partnersAgree"

    func violations(in evidence: Evidence) -> [String] {
        guard evidence.object.partner != nil else { return [] }
        let views = Dictionary(
            evidence.partners.filter { $0.object == evidence.object.name }.map { ($0.record, $0) }
        ) { first, _ in first }
        let words = Dictionary(grouping: evidence.partnerWords, by: \.record)
        let waiting = Set(evidence.waiting.map(\.remoteID))
        let counterparts = Dictionary(
            evidence.contactLinks.filter { $0.state == .active }.map {
                ($0.salesforceID, $0.hubspotID)
            }
        ) { first, _ in first }
        return evidence.links.filter { $0.state == .active }.compactMap { link in
            guard let mine = views[link.hubspotID], let theirs = views[link.salesforceID],
                waiting.isDisjoint(with: [link.hubspotID, link.salesforceID])
            else { return nil }
            let said = ((words[link.hubspotID] ?? []) + (words[link.salesforceID] ?? []))
                .sorted { $0.at < $1.at }
            let fault = Self.fault(
                Set(mine.contacts),
                theirs.contacts.first,
                said,
                counterparts,
                within: evidence.unseen
            )
            return fault.map { "\(link.hubspotID) and \(link.salesforceID): \($0)" }
        }
    }

    /// What is wrong with whom a pair's records are with, as HubSpot's `ties` and Salesforce's lookup say.
    private static func fault(
        _ ties: Set<String>,
        _ lookup: String?,
        _ said: [PartnerWord],
        _ counterparts: [String: String],
        within unseen: Int64
    ) -> String? {
        let linked = Set(counterparts.values)
        let shown = lookup.flatMap { counterparts[$0] }
        let told = "\(ties.sorted()) in HubSpot, \(lookup ?? "nobody") in Salesforce"
        // Who is nobody's counterpart cannot be named over there.
        guard lookup == nil || shown != nil, ties.isSubset(of: linked) else { return nil }
        guard shown.map(ties.contains) ?? ties.isEmpty else { return told }
        let isQuarrelled = zip(said, said.dropFirst()).contains { first, second in
            first.side != second.side && second.at - first.at <= unseen
        }
        let isAlone = !said.contains(where: \.isFurther)
        if isAlone, !isQuarrelled, ties.count > 1 { return told + ", nobody named two" }
        guard let last = said.last, !last.isFurther else { return nil }
        // What the other side said at nearly the same time may have come after it.
        let isMet = said.contains { $0.side != last.side && last.at - $0.at <= unseen }
        guard !isMet else { return nil }
        guard let contact = last.contact else {
            // Of several ties the next one goes over.
            return shown == nil || !isAlone || isQuarrelled ? nil : told + ", not nobody"
        }
        let meant = last.side == .hubspot ? contact : counterparts[contact]
        return meant == shown ? nil : told + ", not \(contact)"
    }
}
