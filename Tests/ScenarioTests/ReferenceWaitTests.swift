import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// What a record says of one without a counterpart waits, and is remembered although it is in no base.
struct ReferenceWaitTests {
    private struct Pair {
        var stage: Rehearsal
        var contact: String
        var person: String
    }

    /// A linked person; HubSpot's ties move stamps, so that a search shows them.
    private func pair(of company: String? = nil, in stage: Rehearsal) async throws -> Pair {
        let contact = try stage.hubspotCreates(["email": "roe@acme.test", "lastname": "Roe"])
        if let company { try stage.ties(contact, to: company) }
        try await self.settle(stage)
        let person = try #require(stage.records("Contact").first?.id)
        return Pair(stage: stage, contact: contact, person: person)
    }

    private func stage() async throws -> Rehearsal {
        var settings = MockHubSpotSettings()
        settings.tiesMoveStamps = true
        return try await Rehearsal.everything(settings: settings)
    }

    private func settle(_ stage: Rehearsal, _ passes: Int = 2) async throws {
        for _ in 0..<passes {
            stage.wait(seconds: 30)
            _ = try await stage.runner.sync()
        }
    }

    /// An account from before the connection: no poll shows it until somebody touches it.
    private func oldAccount(_ stage: Rehearsal) throws -> String {
        try stage.world.with { state, now in
            try state.salesforce.create(
                object: "Account",
                fields: [.init("Name", .text("Old"))],
                at: now - 7_200_000
            )
        }
    }

    private func archive(_ company: String, _ stage: Rehearsal) throws {
        try stage.world.with { state, now in
            try state.hubspot.archive(company, object: "companies", at: now)
        }
    }

    private func restore(_ company: String, _ stage: Rehearsal) throws {
        try stage.world.with { state, now in
            try state.hubspot.restore(company, object: "companies", at: now)
        }
    }

    @Test func `a blank that a company without a counterpart leaves behind clears nothing`()
        async throws
    {
        let stage = try await self.stage()
        let acme = try stage.hubspotCreates("companies", ["name": "Acme"])
        let pair = try await self.pair(of: acme, in: stage)
        let account = try #require(stage.records("Account").first?.id)
        // Salesforce demands a name.
        let nameless = try stage.hubspotCreates("companies", ["domain": "bolt.test"])
        try stage.ties(pair.contact, to: nameless)
        try await self.settle(stage)
        #expect(stage.salesforce(pair.person, "AccountId") == account)
        #expect(try await stage.store.waitingCount() == 1)
        try self.archive(nameless, stage)
        try stage.hubspotEdits(pair.contact, ["jobtitle": "Countess"])
        try await self.settle(stage)
        #expect(stage.company(of: pair.contact) == nil)
        #expect(stage.salesforce(pair.person, "Title") == "Countess")
        #expect(stage.salesforce(pair.person, "AccountId") == account)
        #expect(try await stage.openEntries() == 0)
        let looked = try await stage.reads()
        try await self.settle(stage, 4)
        #expect(try await stage.reads() == looked)
        // It comes back, and gets its name.
        try self.restore(nameless, stage)
        try stage.hubspotEdits(nameless, of: "companies", ["name": "Bolt"])
        try await self.settle(stage, 3)
        let bolt = try #require(stage.records("Account").first { $0["Name"].text == "Bolt" }?.id)
        #expect(stage.salesforce(pair.person, "AccountId") == bolt)
        #expect(try await stage.store.waitingCount() == 0)
    }

    @Test func `who unties a contact from a company without a counterpart is heard`() async throws {
        let stage = try await self.stage()
        let acme = try stage.hubspotCreates("companies", ["name": "Acme"])
        let pair = try await self.pair(of: acme, in: stage)
        let nameless = try stage.hubspotCreates("companies", ["domain": "bolt.test"])
        try stage.ties(pair.contact, to: nameless)
        try await self.settle(stage)
        try stage.world.with { state, _ in
            for company in [acme, nameless] {
                try state.hubspot.untie(
                    pair.contact,
                    of: "contacts",
                    from: company,
                    of: "companies"
                )
            }
        }
        try await self.settle(stage)
        #expect(stage.company(of: pair.contact) == nil)
        #expect(stage.salesforce(pair.person, "AccountId") == "")
        #expect(try await stage.store.waitingCount() == 0)
        #expect(try await stage.openEntries() == 0)
    }

    @Test func `an account that waits and is taken back is a change`() async throws {
        let stage = try await self.stage()
        let old = try self.oldAccount(stage)
        let nameless = try stage.hubspotCreates("companies", ["domain": "bolt.test"])
        let pair = try await self.pair(of: nameless, in: stage)
        try stage.salesforceEdits(pair.person, ["AccountId": old])
        try await self.settle(stage)
        #expect(stage.company(of: pair.contact) == nameless)
        try stage.hubspotEdits(nameless, of: "companies", ["name": "Bolt"])
        try await self.settle(stage)
        // Salesforce has said something else since: the company's new account is not what counts.
        #expect(stage.salesforce(pair.person, "AccountId") == old)
        try stage.salesforceEdits(pair.person, ["AccountId": ""])
        try await self.settle(stage)
        #expect(stage.company(of: pair.contact) == nil)
        #expect(stage.salesforce(pair.person, "AccountId") == "")
        #expect(try await stage.store.waitingCount() == 0)
        #expect(try await stage.openEntries() == 0)
    }

    @Test func `a newer tie goes over an account that waits, and nothing is asked for ever`()
        async throws
    {
        let stage = try await self.stage()
        let acme = try stage.hubspotCreates("companies", ["name": "Acme"])
        let pair = try await self.pair(in: stage)
        let account = try #require(stage.records("Account").first?.id)
        let old = try self.oldAccount(stage)
        try stage.salesforceEdits(pair.person, ["AccountId": old])
        try await self.settle(stage)
        #expect(try await stage.store.waitingCount() == 1)
        stage.wait(seconds: 60)
        // From here on HubSpot's record is known as it was after Salesforce's edit.
        try stage.hubspotEdits(pair.contact, ["jobtitle": "Countess"])
        try await self.settle(stage)
        try stage.ties(pair.contact, to: acme)
        try await self.settle(stage, 4)
        #expect(stage.company(of: pair.contact) == acme)
        #expect(stage.salesforce(pair.person, "AccountId") == account)
        #expect(try await stage.store.waitingCount() == 0)
        #expect(try await stage.openEntries() == 0)
        let looked = try await stage.reads()
        try await self.settle(stage, 4)
        #expect(try await stage.reads() == looked)
    }

    @Test
    func `an account cleared while its company is deleted stays cleared when that comes back`()
        async throws
    {
        let stage = try await self.stage()
        let acme = try stage.hubspotCreates("companies", ["name": "Acme"])
        let pair = try await self.pair(of: acme, in: stage)
        try self.archive(acme, stage)
        try stage.salesforceEdits(pair.person, ["AccountId": ""])
        try await self.settle(stage)
        #expect(stage.company(of: pair.contact) == nil)
        #expect(try await stage.openEntries() == 0)
        let looked = try await stage.reads()
        try await self.settle(stage, 4)
        #expect(try await stage.reads() == looked)
        try self.restore(acme, stage)
        try await self.settle(stage, 3)
        #expect(stage.company(of: pair.contact) == nil)
        #expect(stage.salesforce(pair.person, "AccountId") == "")
        #expect(try await stage.store.waitingCount() == 0)
        #expect(try await stage.openEntries() == 0)
    }
}
