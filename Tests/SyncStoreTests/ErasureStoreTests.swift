import Foundation
import GRDB
import SyncCore
import SyncStore
import Testing

/// A person is taken out of the store to the last byte, and is recognised all the same.
struct ErasureStoreTests {
    @Test(arguments: [false, true])
    func `X10 G26 no file of the store has a value of an erased person, and before it has each`(
        isErased: Bool
    ) async throws {
        let person = try await ErasedPerson()
        if isErased {
            let request = ErasedPerson.request(contact: ErasedPerson.contact)
            _ = try await person.store.erase(request)
        }
        // While it is open, with its log, and after it was closed.
        for isOpen in [true, false] {
            if !isOpen { person.store.close() }
            let secrets = ErasedPerson.secrets.filter { secret in
                isOpen || isErased || secret != ErasedPerson.compacted
            }
            #expect(try person.found(secrets) == (isErased ? [] : secrets))
            #expect(try person.found(["charles@other.test", "Inventor"]).count == 2)
        }
        #expect(try person.folder.files().contains("duet.sqlite"))
        let again = try person.folder.open()
        #expect(try again.faults().isEmpty)
        #expect(try await again.linkCount(mapping: "contacts") == (isErased ? 1 : 2))
        again.close()
    }

    /// Tables that hold no record's values nor ids, each with why.
    private static let impersonal = [
        "account": "the portal's and the org's ids",
        "text": "credentials, descriptions of fields, places of sweeps, a mapping's revision",
        "feed": "marks; the last id of a page, which the next one takes away",
        "backfill": "progress; the last id of a page, which the next one takes away",
        "call": "names of endpoints and numbers",
        "erasure": "when and by which command",
        "erased": "keyed hashes",
        "erasureKey": "their key",
        "relation": "numbers of links, and roles",
        "relationDue": "numbers of links",
        "relationSent": "numbers of links, and roles",
        "statusMapping": "names of fields",
    ]

    @Test func `every table is one where an erasure looks, or holds no person`() async throws {
        let person = try await ErasedPerson()
        let before = try person.tables(with: ErasedPerson.secrets)
        #expect(before.holding.union(Self.impersonal.keys) == before.all)
        #expect(before.holding.isDisjoint(with: Self.impersonal.keys))
        let request = ErasedPerson.request(contact: ErasedPerson.contact)
        _ = try await person.store.erase(request)
        #expect(try person.tables(with: ErasedPerson.secrets).holding.isEmpty)
        person.store.close()
    }

    @Test func `a preview tells what goes, and changes nothing`() async throws {
        let person = try await ErasedPerson()
        let request = ErasedPerson.request(contact: ErasedPerson.contact)
        let preview = try await person.store.previewErasure(request)
        #expect(preview.number == nil)
        #expect(try person.found(ErasedPerson.secrets) == ErasedPerson.secrets)
        #expect(try await person.store.erasures().isEmpty)
        #expect(try person.store.hasErasures() == false)
        var done = try await person.store.erase(request)
        #expect(done.number == 1)
        done.number = nil
        #expect(done == preview)
        #expect(done.links == 1)
        #expect(done.entries == 2)
        #expect(done.historyLines == 3)
        #expect(done.findings == 1)
        #expect(done.waiting == 4)
        #expect(done.staged == 1)
        #expect(done.person.addresses.count == 3)
        #expect(done.person.hubspotIDs == [ErasedPerson.contact])
        #expect(done.person.salesforceIDs == [ErasedPerson.lead, ErasedPerson.former])
        person.store.close()
    }

    @Test func `whoever waited for the person goes on, and issues about others lose the ids`()
        async throws
    {
        let person = try await ErasedPerson()
        _ = try await person.store.erase(ErasedPerson.request(contact: ErasedPerson.contact))
        let parked = try await person.store.parked(ready: 10_000, limit: 9)
        #expect(parked.map(\.remoteID) == ["500A"])
        #expect(parked.first?.cause == .parentless)
        let findings = try await person.store.findings(mapping: nil, limit: 9).map(\.finding)
        #expect(findings.map(\.hubspotID) == ["88", "77"])
        #expect(findings.first?.details == ["00QSOMEBODYELSEAAA"])
        #expect(findings.last?.details == ["deals with contacts", "REFUSED"])
        let deals = try await person.store.links(mapping: "deals", after: 0, limit: 9)
        let ties = try await person.store.relations(
            "deals with contacts",
            parents: deals.map(\.id)
        )
        #expect(deals.count == 1)
        #expect(ties.isEmpty)
        person.store.close()
    }

    @Test func `every name of the person is recognised, in any case, and no other`() async throws {
        let person = try await ErasedPerson()
        let names: Set<PersonName> = [
            .address("ada.first@secret.test"), .address("ada.second@secret.test"),
            .address("ada.third@secret.test"), .record(ErasedPerson.contact, .hubspot),
            .record(ErasedPerson.lead, .salesforce), .record(ErasedPerson.former, .salesforce),
        ]
        let others: Set<PersonName> = [
            .address("charles@other.test"), .record("88", .hubspot),
            .record(ErasedPerson.contact, .salesforce),
        ]
        #expect(try await person.store.erased(names).isEmpty)
        _ = try await person.store.erase(
            ErasedPerson.request(addresses: ["ADA.second@secret.test"])
        )
        #expect(try await Set(person.store.erased(names.union(others)).keys) == names)
        let erasures = try await person.store.erasures()
        #expect(
            erasures == [
                .init(number: 1, command: "duet erase", at: 1_000, hashes: 6, isClean: true)
            ]
        )
        // It outlives the process; lifted by any of the names, all are free.
        person.store.close()
        let again = try person.folder.open()
        #expect(try await again.erased(names).count == 6)
        let numbers = try await again.erasures(of: [.address("ada.third@secret.test")])
        try await again.lift(numbers.map(\.number))
        #expect(try await again.erased(names).isEmpty)
        #expect(try await again.erasures().isEmpty)
        again.close()
    }

    @Test func `who shares an address is erased too, unless only those named are`() async throws {
        for isOnlyNamed in [false, true] {
            let person = try await ErasedPerson()
            var twin = StoreSamples.link("99", "003TWIN")
            twin.hubspotBase = StoreSamples.blob("ada.first@secret.test", "Byron", "")
            _ = try await person.store.commit(PageCommit(records: [RecordCommit(link: twin)]))
            let request = ErasedPerson.request(
                contact: ErasedPerson.contact,
                isOnlyNamed: isOnlyNamed
            )
            let outcome = try await person.store.erase(request)
            #expect(outcome.sharing.hubspotIDs == (isOnlyNamed ? [] : ["99"]))
            #expect(outcome.person.addresses.contains("ada.first@secret.test") == !isOnlyNamed)
            #expect(outcome.person.addresses.contains("ada.second@secret.test"))
            let known = try await person.store.load(
                mapping: "contacts",
                side: .hubspot,
                ids: ["99"]
            )
            #expect(known.count == (isOnlyNamed ? 1 : 0))
            person.store.close()
        }
    }

    @Test func `whoever has an address that was typed is named by it`() async throws {
        let person = try await ErasedPerson()
        let request = ErasedPerson.request(
            addresses: ["ada.first@secret.test"],
            isOnlyNamed: true
        )
        let outcome = try await person.store.erase(request)
        #expect(outcome.sharing.recordCount == 0)
        #expect(outcome.links == 1)
        #expect(outcome.historyLines == 3)
        #expect(outcome.person.addresses.count == 3)
        #expect(outcome.person.hubspotIDs == [ErasedPerson.contact])
        #expect(try person.found(ErasedPerson.secrets) == [])
        person.store.close()
    }

    @Test(arguments: [OutboxEntry.State.sent, .unknown, .landed])
    func `while a write is on its way nothing is erased`(state: OutboxEntry.State) async throws {
        let person = try await ErasedPerson()
        var entry = StoreSamples.create(from: ErasedPerson.former, state: state)
        entry.attempts = [.init(sentAt: 5)]
        _ = try await person.store.commit(PageCommit(records: [RecordCommit(entries: [entry])]))
        let request = ErasedPerson.request(contact: ErasedPerson.contact)
        #expect(try await person.store.previewErasure(request).onTheirWay == 1)
        await #expect {
            _ = try await person.store.erase(request)
        } throws: { error in
            (error as? SyncError)?.nextStep.hasPrefix("Run `duet sync`") ?? false
        }
        #expect(try person.found(ErasedPerson.secrets) == ErasedPerson.secrets)
        #expect(try await person.store.erasures().isEmpty)
        person.store.close()
    }

    @Test func `a death before the file was written anew leaves that to the next start`()
        async throws
    {
        let person = try await ErasedPerson()
        _ = try await person.store.erase(ErasedPerson.request(contact: ErasedPerson.contact))
        person.store.close()
        // As the death leaves it: the tables without the values, a free page with one.
        let database = try DatabaseQueue(path: person.folder.path)
        try await database.write { database in
            try database.execute(sql: "PRAGMA secure_delete=0")
            try database.execute(sql: "UPDATE erasure SET isClean = 0")
            try database.execute(sql: "INSERT INTO text VALUES ('x', 'Lovelace-of-Ockham')")
        }
        try await database.write { try $0.execute(sql: "DELETE FROM text WHERE name = 'x'") }
        try database.close()
        #expect(try person.found(ErasedPerson.secrets) == ["Lovelace-of-Ockham"])
        let again = try person.folder.open()
        #expect(try person.found(ErasedPerson.secrets) == [])
        #expect(try await again.erasures().map(\.isClean) == [true])
        again.close()
    }

    @Test func `the copy that a preview of a dead process left behind goes too`() async throws {
        let folder = NSTemporaryDirectory()
        // No process has the highest number; this one is alive.
        let left = folder + "duet-preview-4194304-77.sqlite"
        let own = folder + "duet-preview-\(ProcessInfo.processInfo.processIdentifier)-77.sqlite"
        for path in [left, left + "-wal", own] {
            try Data("ada".utf8).write(to: URL(fileURLWithPath: path))
        }
        defer { try? FileManager.default.removeItem(atPath: own) }
        let person = try await ErasedPerson()
        _ = try await person.store.erase(ErasedPerson.request(contact: ErasedPerson.contact))
        #expect(!FileManager.default.fileExists(atPath: left))
        #expect(!FileManager.default.fileExists(atPath: left + "-wal"))
        #expect(FileManager.default.fileExists(atPath: own))
        person.store.close()
    }

    @Test func `a look-up uses the index, and none is made while nobody was erased`() async throws {
        let folder = try StoreFolder()
        let store = try folder.open()
        let told = Counter()
        try store.tellStatements { _ in told.count += 1 }
        #expect(try store.hasErasures() == false)
        #expect(try await store.erased([.address("a@x.test")]).isEmpty)
        #expect(told.count == 0)
        store.close()
        let database = try DatabaseQueue(path: folder.path)
        let plan = try await database.read { database in
            try Row.fetchAll(
                database,
                sql: "EXPLAIN QUERY PLAN SELECT erasure FROM erased WHERE hash = x'00'"
            ).map { $0["detail"] as String }
        }
        #expect(plan.allSatisfy { $0.hasPrefix("SEARCH") })
        try database.close()
    }

    private final class Counter: @unchecked Sendable {
        var count = 0
    }
}
