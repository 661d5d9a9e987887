import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// A person who asked to be forgotten: not stored, not matched and not made again, in either CRM.
struct ErasureTests {
    private static let address = "p0@example.com"

    /// Two synced people; the ids on both sides, in the same order.
    private func rehearsal() async throws -> (Rehearsal, contacts: [String], people: [String]) {
        let rehearsal = try await Rehearsal()
        let contacts = try await MergeTests.people(rehearsal, 2)
        return (rehearsal, contacts, contacts.map { rehearsal.hubspot($0, "sf_contact_key") })
    }

    /// Erases the person of a HubSpot id as the command does, between two processes.
    @discardableResult
    private func erase(_ rehearsal: Rehearsal, _ contact: String) async throws -> ErasureOutcome {
        var person = Person()
        person.add(contact, on: .hubspot)
        let outcome = try await rehearsal.store.erase(
            ErasureRequest(
                person: person,
                fields: [try #require(PeopleFields(rehearsal.mapping))],
                command: "duet erase"
            )
        )
        try await rehearsal.restart()
        return outcome
    }

    private func settle(_ rehearsal: Rehearsal) async throws {
        for _ in 0..<3 {
            rehearsal.wait(seconds: 60)
            _ = try await rehearsal.runner.sync()
        }
    }

    private func backfill(_ rehearsal: Rehearsal) async throws {
        rehearsal.wait(seconds: 60)
        _ = try await rehearsal.runner.backfillAndPush("contacts")
    }

    private func erasures(_ rehearsal: Rehearsal) async throws -> [Finding] {
        try await rehearsal.findings().filter { $0.code == .erased }
    }

    /// Whether the store knows a record, or anything of the person.
    private func knows(_ rehearsal: Rehearsal, _ id: String, on side: Side) async throws -> Bool {
        let loaded = try await rehearsal.store.load(mapping: "contacts", side: side, ids: [id])
        let history = try await rehearsal.store.history(
            hubspotID: side == .hubspot ? id : nil,
            salesforceID: side == .salesforce ? id : nil,
            limit: 10
        )
        return !loaded.isEmpty || !history.isEmpty
    }

    @Test func `X10 a contact deleted for good in HubSpot is told as not to be seen`()
        async throws
    {
        let (rehearsal, contacts, people) = try await self.rehearsal()
        try rehearsal.world.with { state, now in
            try state.hubspot.forgetForPrivacy(contacts[0], at: now)
        }
        // Nothing tells of it, not even the list of archived records; the next write finds nobody.
        try await self.settle(rehearsal)
        #expect(try await rehearsal.findings().isEmpty)
        try rehearsal.salesforceEdits(people[0], ["Title": "Countess"])
        try await self.settle(rehearsal)
        #expect(try await rehearsal.findings().map(\.code) == [.counterpartNotVisible])
        #expect(rehearsal.contacts.map(\.id) == [contacts[1]])
        #expect(rehearsal.salesforce(people[0], "Title") == "Countess")
    }

    @Test func `X10 G26 an erased person is not made again by any sync or backfill, either way`()
        async throws
    {
        let (rehearsal, contacts, people) = try await self.rehearsal()
        try rehearsal.world.with { state, now in
            try state.hubspot.forgetForPrivacy(contacts[0], at: now)
        }
        let outcome = try await self.erase(rehearsal, contacts[0])
        #expect(outcome.person.addresses == [Self.address])
        #expect(outcome.person.salesforceIDs == [people[0]])
        // What is left in Salesforce is edited, and brings nothing back.
        try rehearsal.salesforceEdits(people[0], ["Title": "Countess"])
        try await self.settle(rehearsal)
        try await self.backfill(rehearsal)
        try await self.settle(rehearsal)
        #expect(rehearsal.contacts.map(\.id) == [contacts[1]])
        var told = Finding(code: .erased, mapping: "contacts", salesforceID: people[0])
        told.details = ["erasure 1"]
        #expect(try await rehearsal.findings() == [told])
        #expect(try await self.knows(rehearsal, people[0], on: .salesforce) == false)
        #expect(try await rehearsal.openEntries() == 0)
        // Deleted there too, nobody needs to act any more.
        try rehearsal.world.with { state, now in try state.salesforce.delete(people[0], at: now) }
        try await self.settle(rehearsal)
        #expect(try await rehearsal.findings().isEmpty)
        // A form makes the person anew in HubSpot: the address alone is enough.
        let again = try rehearsal.hubspotCreates(["email": "P0@example.com", "lastname": "P0"])
        try await self.settle(rehearsal)
        try await self.backfill(rehearsal)
        try await self.settle(rehearsal)
        #expect(rehearsal.records("Contact").map(\.id) == [people[1]])
        told.hubspotID = again
        told.salesforceID = nil
        #expect(try await rehearsal.findings() == [told])
        #expect(try await self.knows(rehearsal, again, on: .hubspot) == false)
        // The other one goes on.
        try rehearsal.hubspotEdits(contacts[1], ["jobtitle": "Inventor"])
        try await self.settle(rehearsal)
        #expect(rehearsal.salesforce(people[1], "Title") == "Inventor")
    }

    @Test func `X10 an erased person who is new in both CRMs is not matched`()
        async throws
    {
        let (rehearsal, contacts, people) = try await self.rehearsal()
        try rehearsal.world.with { state, now in
            try state.hubspot.forgetForPrivacy(contacts[0], at: now)
            try state.salesforce.delete(people[0], at: now)
        }
        try await self.erase(rehearsal, contacts[0])
        let hubspot = try rehearsal.hubspotCreates(["email": Self.address, "lastname": "Q"])
        let salesforce = try rehearsal.salesforceCreates(
            "Lead",
            ["Email": "P0@Example.com", "LastName": "Q", "Company": "C"]
        )
        try await self.settle(rehearsal)
        let seen = try await rehearsal.lastSeen()
        #expect(seen.count == 2)
        try await self.settle(rehearsal)
        #expect(try await rehearsal.lastSeen() == seen)
        #expect(rehearsal.contacts.count == 2)
        #expect(rehearsal.records("Lead").count == 1)
        #expect(rehearsal.hubspot(hubspot, "sf_lead_key") == "")
        #expect(rehearsal.salesforce(salesforce, "HubSpot_Record_ID__c") == "")
        // An idle poll stays one call on each side.
        let before = try await rehearsal.ledger()
        rehearsal.wait(seconds: 60)
        _ = try await rehearsal.runner.sync()
        let after = try await rehearsal.ledger()
        for side in Side.allCases { #expect((after[side] ?? 0) - (before[side] ?? 0) == 1) }
    }

    @Test func `X10 a new contact whose counterpart would be an erased person is told, not synced`()
        async throws
    {
        let (rehearsal, contacts, people) = try await self.rehearsal()
        try rehearsal.world.with { state, now in
            try state.hubspot.forgetForPrivacy(contacts[0], at: now)
            try state.salesforce.delete(people[0], at: now)
        }
        try await self.erase(rehearsal, contacts[0])
        // One whose first address is the erased one and whose second somebody in Salesforce has.
        let first = try rehearsal.hubspotCreates(["email": Self.address, "lastname": "Q"])
        let second = try rehearsal.hubspotCreates(["email": "q@example.com", "lastname": "Q"])
        let merged = try rehearsal.world.with { state, now in
            try state.hubspot.merge(first, with: second, at: now)
        }
        try await self.settle(rehearsal)
        let person = try rehearsal.salesforceCreates(
            "Contact",
            ["Email": "q@example.com", "LastName": "Q"]
        )
        try await self.settle(rehearsal)
        try await self.backfill(rehearsal)
        #expect(rehearsal.contacts.count == 2)
        #expect(try await rehearsal.openEntries() == 0)
        #expect(try await Set(self.erasures(rehearsal).map(\.hubspotID)).contains(merged))
        #expect(try await Set(self.erasures(rehearsal).map(\.salesforceID)).contains(person))
        #expect(rehearsal.salesforce(person, "HubSpot_Record_ID__c") == "")
        // It is said for as long as it is so, also after a restart and with every look.
        try await rehearsal.restart()
        try rehearsal.salesforceEdits(person, ["Title": "Countess"])
        try await self.settle(rehearsal)
        #expect(try await Set(self.erasures(rehearsal).map(\.salesforceID)).contains(person))
        // Gone from HubSpot, it is nobody's counterpart, and the other one is synced.
        try rehearsal.world.with { state, now in try state.hubspot.archive(merged, at: now) }
        try rehearsal.salesforceEdits(person, ["Title": "Analyst"])
        try await self.settle(rehearsal)
        try rehearsal.salesforceEdits(person, ["Title": "Enchantress"])
        try await self.settle(rehearsal)
        #expect(rehearsal.contacts.count == 2)
        #expect(try await !self.erasures(rehearsal).map(\.salesforceID).contains(person))
        #expect(rehearsal.salesforce(person, "HubSpot_Record_ID__c") != "")
    }

    @Test func `X10 an erased address on somebody else's contact is not carried over`()
        async throws
    {
        let (rehearsal, contacts, people) = try await self.rehearsal()
        try rehearsal.world.with { state, now in
            try state.hubspot.forgetForPrivacy(contacts[0], at: now)
            try state.salesforce.delete(people[0], at: now)
        }
        try await self.erase(rehearsal, contacts[0])
        try rehearsal.hubspotEdits(contacts[1], ["email": Self.address])
        try await self.settle(rehearsal)
        #expect(rehearsal.salesforce(people[1], "Email") == "p1@example.com")
        #expect(try await self.erasures(rehearsal).map(\.hubspotID) == [contacts[1]])
        let known = try await rehearsal.store.load(
            mapping: "contacts",
            side: .hubspot,
            ids: [contacts[1]]
        )
        #expect(known.first?.link?.hubspotBase?.values[0].text == "p1@example.com")
        #expect(try await rehearsal.openEntries() == 0)
        // An edit in Salesforce does not go over the address that only HubSpot knows, and waits for nothing.
        try rehearsal.salesforceEdits(people[1], ["Email": "p2@example.com"])
        try await self.settle(rehearsal)
        #expect(rehearsal.hubspot(contacts[1], "email") == Self.address)
        #expect(try await rehearsal.openEntries() == 0)
        // With an address of its own it goes on, and the issue ends.
        try rehearsal.hubspotEdits(contacts[1], ["email": "p3@example.com"])
        try await self.settle(rehearsal)
        #expect(rehearsal.salesforce(people[1], "Email") == rehearsal.hubspot(contacts[1], "email"))
        #expect(try await self.erasures(rehearsal).isEmpty)
    }

    @Test func `X10 a lifted erasure lets the person be synced as anybody new`() async throws {
        let (rehearsal, contacts, people) = try await self.rehearsal()
        try rehearsal.world.with { state, now in
            try state.hubspot.forgetForPrivacy(contacts[0], at: now)
        }
        try await self.erase(rehearsal, contacts[0])
        try rehearsal.salesforceEdits(people[0], ["Title": "Countess"])
        try await self.settle(rehearsal)
        #expect(try await self.erasures(rehearsal).count == 1)
        let erasures = try await rehearsal.store.erasures(of: [.address(Self.address)])
        try await rehearsal.store.lift(erasures.map(\.number))
        try await rehearsal.restart()
        #expect(try await rehearsal.findings().isEmpty)
        try await self.backfill(rehearsal)
        try await self.settle(rehearsal)
        #expect(rehearsal.contacts.count == 2)
        let made = rehearsal.salesforce(people[0], "HubSpot_Record_ID__c")
        #expect(rehearsal.hubspot(made, "jobtitle") == "Countess")
        #expect(made != contacts[0])
    }
}
