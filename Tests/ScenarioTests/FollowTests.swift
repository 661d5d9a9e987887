import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import Testing

/// Records that are merged, converted, deleted and restored: the pair goes on with what is left.
struct FollowTests {
    /// One lead that is synced.
    private func lead() async throws -> (Rehearsal, contact: String, lead: String) {
        let rehearsal = try await Rehearsal(createAs: "Lead")
        _ = try await rehearsal.runner.sync()
        let contact = try rehearsal.hubspotCreates([
            "lastname": "Lovelace", "email": "ada@example.com", "company": "Engines",
        ])
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        rehearsal.wait(seconds: 700)
        _ = try await rehearsal.runner.sync()
        return (rehearsal, contact, try #require(rehearsal.records("Lead").first?.id))
    }

    private func settle(_ rehearsal: Rehearsal) async throws {
        for _ in 0..<2 {
            rehearsal.wait(seconds: 60)
            _ = try await rehearsal.runner.sync()
        }
    }

    // MARK: - Conversions

    @Test func `a converted lead's pair goes on with its contact`() async throws {
        let (rehearsal, contact, lead) = try await self.lead()
        try rehearsal.world.with { state, now in
            _ = try state.salesforce.convert(lead: lead, at: now)
        }
        try await self.settle(rehearsal)
        let person = try #require(rehearsal.records("Contact").first?.id)
        #expect(rehearsal.contacts.count == 1)
        #expect(rehearsal.hubspot(contact, "sf_contact_key") == person)
        #expect(rehearsal.salesforce(person, "HubSpot_Record_ID__c") == contact)
        #expect(rehearsal.hubspot(contact, "company") == "Engines")
        try rehearsal.hubspotEdits(contact, ["jobtitle": "Countess"])
        try rehearsal.salesforceEdits(person, ["Phone": "0421"])
        try await self.settle(rehearsal)
        #expect(rehearsal.salesforce(person, "Title") == "Countess")
        #expect(rehearsal.hubspot(contact, "phone") == "0421")
        #expect(rehearsal.records("Contact").count == 1)
        #expect(try await rehearsal.findings().isEmpty)
        #expect(try await rehearsal.openEntries() == 0)
    }

    @Test func `an edit that a conversion overtook goes to the contact`() async throws {
        let (rehearsal, contact, lead) = try await self.lead()
        try rehearsal.hubspotEdits(contact, ["jobtitle": "Countess"])
        try rehearsal.world.with { state, now in
            _ = try state.salesforce.convert(lead: lead, at: now)
        }
        try await self.settle(rehearsal)
        let person = try #require(rehearsal.records("Contact").first?.id)
        #expect(rehearsal.salesforce(person, "Title") == "Countess")
        #expect(try await rehearsal.findings().isEmpty)
        #expect(try await rehearsal.openEntries() == 0)
    }

    @Test func `a lead that becomes a synced contact is told, and goes on once people merge`()
        async throws
    {
        let (rehearsal, contact, lead) = try await self.lead()
        let person = try rehearsal.salesforceCreates("Contact", ["LastName": "King"])
        try await self.settle(rehearsal)
        try rehearsal.world.with { state, now in
            _ = try state.salesforce.convert(lead: lead, contactID: person, at: now)
        }
        try await self.settle(rehearsal)
        #expect(try await rehearsal.findings().map(\.code) == [.counterpartConverted])
        let other = try #require(rehearsal.contacts.first { $0.id != contact }?.id)
        let survivor = try rehearsal.world.with { state, now in
            try state.hubspot.merge(other, with: contact, at: now)
        }
        try await self.settle(rehearsal)
        try rehearsal.hubspotEdits(survivor, ["jobtitle": "Countess"])
        try await self.settle(rehearsal)
        #expect(rehearsal.salesforce(person, "Title") == "Countess")
        #expect(rehearsal.contacts.count == 1)
        #expect(rehearsal.records("Contact").count == 1)
        #expect(try await rehearsal.findings().isEmpty)
    }

    // MARK: - Merges

    @Test func `X08 a contact merged into one that is not synced goes on with that one`()
        async throws
    {
        for side in Side.allCases {
            let rehearsal = try await Rehearsal()
            let contact = try await MergeTests.people(rehearsal, 1)[0]
            let person = try #require(rehearsal.records("Contact").first?.id)
            var (left, right) = (contact, person)
            try rehearsal.world.with { state, now in
                switch side {
                case .hubspot:
                    let fields = [("lastname", "W")]
                    let winner = try state.hubspot.create(
                        object: "contacts",
                        fields: fields,
                        at: now
                    )
                    left = try state.hubspot.merge(winner, with: contact, at: now)
                case .salesforce:
                    right = try state.salesforce.create(
                        object: "Contact",
                        fields: [.init("LastName", .text("W"))],
                        at: now
                    )
                    try state.salesforce.merge(winner: right, losers: [person], at: now)
                }
            }
            try await self.settle(rehearsal)
            try rehearsal.hubspotEdits(left, ["jobtitle": "Countess"])
            try await self.settle(rehearsal)
            try rehearsal.salesforceEdits(right, ["Phone": "0421"])
            try await self.settle(rehearsal)
            #expect(rehearsal.salesforce(right, "Title") == "Countess")
            #expect(rehearsal.hubspot(left, "phone") == "0421")
            #expect(rehearsal.hubspot(left, "sf_contact_key") == right)
            #expect(rehearsal.salesforce(right, "HubSpot_Record_ID__c") == left)
            #expect(rehearsal.contacts.count == 1)
            #expect(rehearsal.records("Contact").count == 1)
            #expect(try await rehearsal.findings().isEmpty)
            #expect(try await rehearsal.openEntries() == 0)
        }
    }

    @Test(arguments: [false, true])
    func `X08 duplicates merged in both CRMs, in either order, are one pair again`(
        isSalesforceFirst: Bool
    ) async throws {
        let rehearsal = try await Rehearsal()
        let ids = try await MergeTests.people(rehearsal, 2)
        let people = rehearsal.records("Contact")
        let first = try #require(people.first { $0["Email"].text == "p0@example.com" }?.id)
        let second = try #require(people.first { $0["Email"].text == "p1@example.com" }?.id)
        var survivor = ""
        func mergeHere() throws {
            survivor = try rehearsal.world.with { state, now in
                try state.hubspot.merge(ids[0], with: ids[1], at: now)
            }
        }
        func mergeThere() throws {
            try rehearsal.world.with { state, now in
                try state.salesforce.merge(winner: first, losers: [second], at: now)
            }
        }
        try isSalesforceFirst ? mergeThere() : mergeHere()
        try await self.settle(rehearsal)
        #expect(try await rehearsal.findings().allSatisfy { $0.code == .counterpartsMerged })
        #expect(try await !rehearsal.findings().isEmpty)
        try isSalesforceFirst ? mergeHere() : mergeThere()
        try await self.settle(rehearsal)
        try rehearsal.hubspotEdits(survivor, ["jobtitle": "Countess"])
        try await self.settle(rehearsal)
        #expect(rehearsal.salesforce(first, "Title") == "Countess")
        #expect(rehearsal.hubspot(survivor, "sf_contact_key") == first)
        #expect(rehearsal.salesforce(first, "HubSpot_Record_ID__c") == survivor)
        #expect(rehearsal.contacts.count == 1)
        #expect(rehearsal.records("Contact").count == 1)
        #expect(try await rehearsal.findings().isEmpty)
        #expect(try await rehearsal.openEntries() == 0)
    }

    // MARK: - Restores

    @Test(arguments: Side.allCases)
    func `X09 a record that is restored goes on with what was edited meanwhile`(
        side: Side
    ) async throws {
        let rehearsal = try await Rehearsal()
        let contact = try await MergeTests.people(rehearsal, 1)[0]
        let person = try #require(rehearsal.records("Contact").first?.id)
        try rehearsal.world.with { state, now in
            switch side {
            case .hubspot: try state.hubspot.archive(contact, at: now)
            case .salesforce: try state.salesforce.delete(person, at: now)
            }
        }
        // Without a sweep a delete in HubSpot is seen by the next write to it.
        switch side {
        case .hubspot: try rehearsal.salesforceEdits(person, ["Title": "Countess"])
        case .salesforce: try rehearsal.hubspotEdits(contact, ["jobtitle": "Countess"])
        }
        try await self.settle(rehearsal)
        #expect(try await rehearsal.findings().map(\.code) == [.counterpartDeleted])
        try rehearsal.world.with { state, now in
            switch side {
            case .hubspot: try state.hubspot.restore(contact, at: now)
            case .salesforce: try state.salesforce.undelete(person, at: now)
            }
        }
        try await self.settle(rehearsal)
        #expect(rehearsal.hubspot(contact, "jobtitle") == "Countess")
        #expect(rehearsal.salesforce(person, "Title") == "Countess")
        #expect(rehearsal.contacts.count == 1)
        #expect(rehearsal.records("Contact").count == 1)
        #expect(try await rehearsal.findings().isEmpty)
        #expect(try await rehearsal.openEntries() == 0)
    }

    @Test func `S22, I12: a record that is shown again goes on with its next change`() async throws
    {
        let rehearsal = try await Rehearsal()
        let contact = try await MergeTests.people(rehearsal, 1)[0]
        let person = try #require(rehearsal.records("Contact").first?.id)
        try rehearsal.world.with { state, _ in
            try state.salesforce.setVisible(person, false)
        }
        try rehearsal.hubspotEdits(contact, ["jobtitle": "Countess"])
        try await self.settle(rehearsal)
        #expect(try await rehearsal.findings().map(\.code) == [.counterpartNotVisible])
        try rehearsal.world.with { state, _ in
            try state.salesforce.setVisible(person, true)
        }
        try rehearsal.salesforceEdits(person, ["Phone": "0421"])
        try await self.settle(rehearsal)
        #expect(rehearsal.salesforce(person, "Title") == "Countess")
        #expect(rehearsal.hubspot(contact, "phone") == "0421")
        #expect(try await rehearsal.findings().isEmpty)
    }

    @Test func `records deleted in both CRMs leave nothing to decide`() async throws {
        let rehearsal = try await Rehearsal()
        let contact = try await MergeTests.people(rehearsal, 1)[0]
        let person = try #require(rehearsal.records("Contact").first?.id)
        try rehearsal.world.with { state, now in try state.salesforce.delete(person, at: now) }
        try await self.settle(rehearsal)
        #expect(try await rehearsal.findings().map(\.code) == [.counterpartDeleted])
        try rehearsal.world.with { state, now in
            try state.salesforce.undelete(person, at: now)
            try state.hubspot.archive(contact, at: now)
        }
        try await self.settle(rehearsal)
        try rehearsal.world.with { state, now in try state.salesforce.delete(person, at: now) }
        try await self.settle(rehearsal)
        #expect(try await rehearsal.findings().isEmpty)
        #expect(rehearsal.contacts.isEmpty)
        #expect(rehearsal.records("Contact").isEmpty)
    }

    @Test func `records restored in both CRMs go on, also where each was deleted`() async throws {
        let rehearsal = try await Rehearsal()
        let contact = try await MergeTests.people(rehearsal, 1)[0]
        let person = try #require(rehearsal.records("Contact").first?.id)
        try rehearsal.world.with { state, now in try state.hubspot.archive(contact, at: now) }
        try rehearsal.salesforceEdits(person, ["Title": "Countess"])
        try await self.settle(rehearsal)
        try rehearsal.world.with { state, now in try state.salesforce.delete(person, at: now) }
        try await self.settle(rehearsal)
        #expect(try await rehearsal.findings().isEmpty)
        try rehearsal.world.with { state, now in try state.salesforce.undelete(person, at: now) }
        try await self.settle(rehearsal)
        #expect(try await rehearsal.findings().map(\.code) == [.counterpartDeleted])
        try rehearsal.world.with { state, now in try state.hubspot.restore(contact, at: now) }
        try await self.settle(rehearsal)
        #expect(rehearsal.hubspot(contact, "jobtitle") == "Countess")
        #expect(try await rehearsal.findings().isEmpty)
    }

    @Test
    func
        `a duplicate's counterpart that is deleted lets the survivor go on, restored it is told again`()
        async throws
    {
        let rehearsal = try await Rehearsal()
        let ids = try await MergeTests.people(rehearsal, 2)
        let people = rehearsal.records("Contact")
        let first = try #require(people.first { $0["Email"].text == "p0@example.com" }?.id)
        let second = try #require(people.first { $0["Email"].text == "p1@example.com" }?.id)
        let survivor = try rehearsal.world.with { state, now in
            try state.hubspot.merge(ids[0], with: ids[1], at: now)
        }
        try await self.settle(rehearsal)
        try rehearsal.world.with { state, now in try state.salesforce.delete(second, at: now) }
        try await self.settle(rehearsal)
        try rehearsal.hubspotEdits(survivor, ["jobtitle": "Countess"])
        try await self.settle(rehearsal)
        #expect(rehearsal.salesforce(first, "Title") == "Countess")
        #expect(try await rehearsal.findings().isEmpty)
        try rehearsal.world.with { state, now in try state.salesforce.undelete(second, at: now) }
        try await self.settle(rehearsal)
        #expect(try await rehearsal.findings().map(\.code) == [.counterpartsMerged])
        #expect(rehearsal.contacts.count == 1)
    }
}
