import HTTPTransport
import MockHubSpot
import MockSalesforce
import SyncCore
import SyncStore

/// What both CRMs' histories and the store say of the people who were erased.
struct ErasedRemains: Sendable {
    var people: [ErasedPerson] = []
    /// Every version of their records, also of those that were made anew.
    var hubspot: [MockHubSpotVersion] = []
    var salesforce: [MockSalesforceChange] = []
    /// What the store holds in plain sight although it is theirs.
    var stored: [String] = []

    /// The ids of all their records.
    private(set) var ids: Set<String> = []

    init() {}

    init(_ pair: SimulatedPair, _ evidence: Evidence) throws(SyncError) {
        self.people = pair.erased.withLock { $0 }
        guard !self.people.isEmpty else { return }
        let addresses = Set(self.people.map(\.address))
        self.ids = Set(self.people.flatMap { [$0.hubspotID, $0.salesforceID] })
        for version in evidence.hubspot where version.kind == .create {
            let email = version.fields.first { $0.name == "email" }?.after
            if email.map(addresses.contains) == true { self.ids.insert(version.recordID) }
        }
        for change in evidence.salesforce where change.kind == .create {
            let email = change.fields.first { $0.name == "Email" }?.after.text
            if email.map(addresses.contains) == true { self.ids.insert(change.recordID) }
        }
        self.hubspot = evidence.hubspot.filter { self.ids.contains($0.recordID) }
        self.salesforce = evidence.salesforce.filter { self.ids.contains($0.recordID) }
        let names =
            self.hubspot.flatMap(\.fields).compactMap(\.after)
            + self.salesforce.flatMap(\.fields).compactMap(\.after.text)
        // An address that another one contains would be found there.
        let words = Set(names.filter { $0.hasPrefix(ErasedPerson.mark) }).union(addresses)
        for word in words.sorted() where try pair.store.holds(word) { self.stored.append(word) }
    }
}

extension Evidence {
    /// Takes apart what is said of people who were erased: no other promise is made about them.
    mutating func takeErased(of pair: SimulatedPair) throws(SyncError) {
        let erased = try ErasedRemains(pair, self)
        guard !erased.people.isEmpty else { return }
        let ids = erased.ids
        func isTheirs(_ id: String?) -> Bool { id.map(ids.contains) == true }
        self.erased = erased
        self.hubspot.removeAll { ids.contains($0.recordID) }
        self.salesforce.removeAll { ids.contains($0.recordID) }
        self.contacts.removeAll { ids.contains($0.id) }
        self.people.removeAll { ids.contains($0.id) }
        self.allContacts.removeAll { ids.contains($0.id) }
        self.allPeople.removeAll { ids.contains($0.id) }
        self.links.removeAll { ids.contains($0.hubspotID) || ids.contains($0.salesforceID) }
        self.journal.removeAll { isTheirs($0.hubspotID) || isTheirs($0.salesforceID) }
        self.findings.removeAll {
            isTheirs($0.finding.hubspotID) || isTheirs($0.finding.salesforceID)
        }
        self.freezes.removeAll { ids.contains($0.hubspotID) || ids.contains($0.salesforceID) }
        self.refusals.removeAll { ids.contains($0.sourceID) || isTheirs($0.targetID) }
    }
}
