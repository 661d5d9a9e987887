import Foundation
import GRDB
import SyncCore
import SyncStore

/// A store's file with a person in every table that can hold one, and somebody else beside.
final class ErasedPerson {
    static let contact = "70133700011"
    static let lead = "00QADAADAADAADAAA2"
    static let former = "00QADAADAADAOLDAA3"
    /// Dropped with old history: some builds of SQLite clear the pages that become free, but none its log.
    static let compacted = "Compacted-Enchantress"
    /// All that must be gone: addresses, also a secondary and an overwritten one, other values and ids.
    static let secrets = [
        "ada.first@secret.test", "Ada.Second@secret.test", "ada.third@secret.test",
        "Lovelace-of-Ockham", "Overwritten-Countess", compacted, "Sent-Analyst",
        "Observed-Translator", "Staged-Mathematician", contact, lead, former,
    ]
    static let fields = PeopleFields(
        mapping: "contacts",
        object: "contacts",
        fields: ["email", "lastname", "jobtitle"],
        match: ["email"]
    )

    let folder: StoreFolder
    let store: SQLiteSyncStore

    init() async throws {
        self.folder = try StoreFolder()
        self.store = try self.folder.open()
        try await self.addOther()
        try await self.addLink()
        try await self.addHistory()
        try await self.addRest()
        try await self.addTies()
        try await self.addStatus()
    }

    static func request(
        addresses: Set<String> = [],
        contact: String? = nil,
        isOnlyNamed: Bool = false
    ) -> ErasureRequest {
        var person = Person(addresses: addresses)
        if let contact { person.add(contact, on: .hubspot) }
        return ErasureRequest(
            person: person,
            fields: [Self.fields].compactMap(\.self),
            isOnlyNamed: isOnlyNamed,
            command: "duet erase"
        )
    }

    /// Those of the texts that any file of the folder has.
    func found(_ texts: [String]) throws -> [String] {
        var bytes: [UInt8] = []
        for name in try self.folder.files() { bytes += try self.folder.bytes(of: name) + [0] }
        let data = Data(bytes)
        return texts.filter { data.range(of: Data($0.utf8)) != nil }
    }

    /// The tables that hold any of the texts, and all tables.
    func tables(with texts: [String]) throws -> (holding: Set<String>, all: Set<String>) {
        let database = try DatabaseQueue(path: self.folder.path)
        defer { try? database.close() }
        return try database.read { database in
            let all = try String.fetchAll(
                database,
                sql: """
                    SELECT name FROM sqlite_master WHERE type = 'table'
                    AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'grdb%'
                    """
            )
            let holding = try all.filter { table in
                try Row.fetchAll(database, sql: "SELECT * FROM \(table)").contains { row in
                    row.databaseValues.contains { value in
                        let data = Data.fromDatabaseValue(value) ?? Data()
                        return texts.contains { data.range(of: Data($0.utf8)) != nil }
                    }
                }
            }
            return (Set(holding), Set(all))
        }
    }

    // MARK: - What is stored

    private static func link() -> Link {
        var link = StoreSamples.link(Self.contact, Self.lead)
        link.salesforceObject = "Lead"
        link.hubspotBase = StoreSamples.blob("ada.first@secret.test", "Lovelace-of-Ockham", "x")
        link.salesforceBase = StoreSamples.blob("Ada.Second@secret.test", "Lovelace-of-Ockham", "")
        return link
    }

    /// Somebody who stays: the search must find him before and after.
    private func addOther() async throws {
        var other = StoreSamples.link("88", "003BABBAGE00000AAA")
        other.hubspotBase = StoreSamples.blob("charles@other.test", "Babbage", "Inventor")
        other.salesforceBase = StoreSamples.blob("charles@other.test", "Babbage", "Inventor")
        let told = Finding(
            code: .ambiguousMatch,
            mapping: "contacts",
            hubspotID: "88",
            details: [Self.lead, "00QSOMEBODYELSEAAA"]
        )
        let commit = RecordCommit(link: other, raise: [told])
        _ = try await self.store.commit(PageCommit(records: [commit]))
    }

    private func addLink() async throws {
        var first = Self.link()
        first.hubspotBase = StoreSamples.blob(
            "ada.third@secret.test",
            "Lovelace-of-Ockham",
            "Overwritten-Countess"
        )
        _ = try await self.store.commit(PageCommit(records: [RecordCommit(link: first)]))
        let loaded = try await self.store.load(
            mapping: "contacts",
            side: .hubspot,
            ids: [Self.contact]
        )
        var next = Self.link()
        next.id = loaded[0].link?.id ?? 0
        next.version = loaded[0].link?.version ?? 0
        var update = StoreSamples.update(
            sourceID: Self.lead,
            targetID: Self.contact,
            link: next.id
        )
        update.fields = [.init(index: 1, value: Array("Sent-Analyst".utf8), reason: "changed")]
        update.observedHubSpot = Observation(
            values: StoreSamples.blob("ada.first@secret.test", "x", "Observed-Translator"),
            stamp: ServerTime(milliseconds: 7)
        )
        var create = StoreSamples.create(from: "00QSOMEBODYMOREAAA", state: .unmatched)
        create.targetID = Self.contact
        _ = try await self.store.commit(
            PageCommit(records: [RecordCommit(link: next, entries: [update, create])])
        )
    }

    private func addHistory() async throws {
        func line(_ field: String?, _ value: String, _ salesforceID: String) -> JournalEntry {
            JournalEntry(
                kind: .confirmed,
                mapping: "contacts",
                hubspotID: Self.contact,
                salesforceID: salesforceID,
                target: .hubspot,
                field: field,
                hubspotValue: Array(value.utf8),
                hubspotBase: Array("Overwritten-Countess".utf8),
                reason: "Two-way",
                at: 5
            )
        }
        let dropped = line("jobtitle", Self.compacted, Self.lead)
        _ = try await self.store.commit(PageCommit(records: [RecordCommit(journal: [dropped])]))
        // What the store drops by itself stays in its free pages.
        try await self.store.compact(journalRowsMax: 0, ledgerRowsMax: 10)
        // The lead that it was before a merge, and an address that was somebody's for a while.
        var borrowed = line("email", "ADA.first@secret.test", "003BABBAGE00000AAA")
        borrowed.hubspotID = "88"
        let lines = [line("email", "ada.third@secret.test", Self.former), borrowed]
        _ = try await self.store.commit(PageCommit(records: [RecordCommit(journal: lines)]))
    }

    /// The person's contact tells that it is not included.
    private func addStatus() async throws {
        try await self.store.keepStatuses("contacts", madeUpAs: "duet_status")
        var commit = RecordCommit()
        commit.told = [
            ToldStatus(
                mapping: "contacts",
                side: .hubspot,
                id: Self.contact,
                status: .notIncluded
            )
        ]
        _ = try await self.store.commit(PageCommit(records: [commit]))
    }

    /// A deal in which the person plays a part: the tie waits, was written and was refused.
    private func addTies() async throws {
        var deal = StoreSamples.link("77", "006DEALDEALDEALAAA")
        deal.mapping = "deals"
        _ = try await self.store.commit(PageCommit(records: [RecordCommit(link: deal)]))
        let deals = try await self.store.links(mapping: "deals", after: 0, limit: 1)
        let person = try await self.store.load(
            mapping: "contacts",
            side: .hubspot,
            ids: [Self.contact]
        )
        let (parent, child) = (deals[0].id, person[0].link?.id ?? 0)
        let name = "deals with contacts"
        var commit = RelationCommit(name)
        commit.due = [parent]
        commit.dueInSalesforce = ("deals", ["006DEALDEALDEALAAA": [Self.lead]])
        commit.agreements = [.init(parent: parent, child: child, roles: ["Evaluator"])]
        commit.waits = [
            .init(
                parent: parent,
                child: .init(mapping: "contacts", side: .hubspot, id: Self.contact)
            )
        ]
        commit.raise = [
            Finding(
                code: .relationRefused,
                mapping: "deals",
                hubspotID: "77",
                details: [name, Self.contact, "REFUSED"]
            )
        ]
        commit.journal = [
            JournalEntry(
                kind: .confirmed,
                mapping: "deals",
                hubspotID: "77",
                salesforceID: "006DEALDEALDEALAAA",
                target: .salesforce,
                field: name,
                hubspotValue: Array(Self.contact.utf8),
                salesforceValue: Array(Self.lead.utf8),
                reason: "tied",
                at: 6
            )
        ]
        try await self.store.commit(commit)
    }

    private func addRest() async throws {
        let finding = Finding(
            code: .recordRejected,
            mapping: "contacts",
            hubspotID: Self.contact,
            details: ["lastname"]
        )
        let commit = RecordCommit(
            park: [StoreSamples.parked(Self.contact)],
            wait: [
                WaitingRecord(
                    mapping: "contacts",
                    side: .salesforce,
                    object: "Lead",
                    remoteID: Self.lead,
                    parent: .init(mapping: "companies", side: .salesforce, id: "001A"),
                    isHeld: false
                )
            ],
            raise: [finding]
        )
        _ = try await self.store.commit(PageCommit(records: [commit]))
        // A case that is not made before the lead has a counterpart.
        let former = WaitingRecord(
            mapping: "tickets",
            side: .salesforce,
            object: "Case",
            remoteID: "500A",
            parent: .init(mapping: "contacts", side: .salesforce, id: Self.former),
            isHeld: true
        )
        _ = try await self.store.commit(PageCommit(records: [RecordCommit(wait: [former])]))
        var staged = StoreSamples.staged(Self.former, keys: ["0:ada.third@secret.test"])
        staged.row.values = StoreSamples.blob(
            "ada.third@secret.test",
            "Lovelace-of-Ockham",
            "Staged-Mathematician"
        )
        try await self.store.stage([staged], progress: StoreSamples.progress)
    }
}
