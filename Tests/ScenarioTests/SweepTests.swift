import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// What no feed tells is found within the stated time, and at the stated price.
struct SweepTests {
    private static var sweeping: RuntimeSettings {
        var settings = RuntimeSettings()
        settings.sweeps = SweepSettings()
        return settings
    }

    private func rehearsal(people: Int) async throws -> (Rehearsal, [String]) {
        var mapping = Rehearsal.mapping()
        mapping.deletes = DeletePolicy(fromHubSpot: .delete, fromSalesforce: .delete)
        let rehearsal = try await Rehearsal(settings: Self.sweeping, mapping: mapping)
        return (rehearsal, try await MergeTests.people(rehearsal, people))
    }

    @Test func `X02 a delete in HubSpot reaches Salesforce by polling alone within an hour`()
        async throws
    {
        let (rehearsal, contacts) = try await self.rehearsal(people: 3)
        try rehearsal.world.with { state, now in
            try state.hubspot.archive(contacts[0], at: now)
        }
        rehearsal.wait(seconds: 60)
        _ = try await rehearsal.runner.sync()
        #expect(rehearsal.records("Contact").count == 3)
        let before = rehearsal.billed
        rehearsal.wait(seconds: 3_600)
        _ = try await rehearsal.runner.sync()
        #expect(rehearsal.records("Contact").count == 2)
        #expect(rehearsal.contacts.count == 2)
        #expect(try await MergeTests.states(rehearsal, .hubspot, contacts)[0] == .ended)
        #expect(try await rehearsal.findings().isEmpty)
        #expect(await rehearsal.runner.summary().deletedInSalesforce == 1)
        // One page of the list, then the proof: the record is asked for, and asked for once more as archived.
        #expect(try await self.calls(rehearsal, .hubspot, "sweep") == 1)
        let used = (rehearsal.billed[.salesforce] ?? 0) - (before[.salesforce] ?? 0)
        // Polls, a look before the delete, the delete, and its row.
        #expect(used <= 5)
        #expect(try await rehearsal.ledger() == rehearsal.billed)
    }

    @Test func `a start and the first hour make no call of a sweep, each further hour one`()
        async throws
    {
        let (rehearsal, _) = try await self.rehearsal(people: 1)
        for _ in 0..<4 {
            rehearsal.wait(seconds: 600)
            _ = try await rehearsal.runner.sync()
        }
        #expect(try await self.calls(rehearsal, .hubspot, "sweep") == 0)
        for hour in 1...5 {
            rehearsal.wait(seconds: 3_600)
            _ = try await rehearsal.runner.sync()
            _ = try await rehearsal.runner.sync()
            #expect(try await self.calls(rehearsal, .hubspot, "sweep") == hour)
        }
        #expect(try await self.calls(rehearsal, .salesforce, "sweep") == 0)
    }

    @Test func `a walk goes on where it was after a restart`() async throws {
        let (rehearsal, contacts) = try await self.rehearsal(people: 1)
        // More archived records than one pass reads, and the one that matters behind them.
        try rehearsal.world.with { state, now in
            for number in 0..<1_150 {
                let id = try state.hubspot.create(
                    object: "contacts",
                    fields: [("email", "gone\(number)@example.com")],
                    at: now
                )
                try state.hubspot.archive(id, at: now)
            }
            try state.hubspot.archive(contacts[0], at: now)
        }
        rehearsal.wait(seconds: 3_700)
        _ = try await rehearsal.runner.sync()
        #expect(try await self.calls(rehearsal, .hubspot, "sweep") == 10)
        try await rehearsal.restart()
        rehearsal.wait(seconds: 20)
        _ = try await rehearsal.runner.sync()
        #expect(try await self.calls(rehearsal, .hubspot, "sweep") == 12)
        #expect(rehearsal.records("Contact").isEmpty)
    }

    @Test func `a tie that people change in HubSpot reaches Salesforce within a day`() async throws
    {
        var portal = MockHubSpotSettings()
        portal.tiesMoveStamps = false
        let stage = try await Rehearsal.everything(settings: portal, runtime: Self.sweeping)
        let first = try stage.hubspotCreates("companies", ["name": "Acme"])
        let second = try stage.hubspotCreates("companies", ["name": "Other"])
        let contact = try stage.hubspotCreates(["email": "roe@acme.test", "lastname": "Roe"])
        try stage.ties(contact, to: first)
        stage.wait()
        _ = try await stage.runner.sync()
        let person = try #require(stage.records("Contact").first?.id)
        stage.wait(seconds: 700)
        _ = try await stage.runner.sync()
        try stage.ties(contact, to: second)
        stage.wait(seconds: 600)
        _ = try await stage.runner.sync()
        let other = try #require(
            stage.records("Account").first { $0["Name"].text == "Other" }?.id
        )
        #expect(stage.salesforce(person, "AccountId") != other)
        stage.wait(seconds: 86_400)
        _ = try await stage.runner.sync()
        #expect(stage.salesforce(person, "AccountId") == other)
        #expect(try await stage.findings().isEmpty)
        #expect(try await stage.ledger() == stage.billed)
    }

    private func calls(
        _ rehearsal: Rehearsal,
        _ side: Side,
        _ purpose: String
    ) async throws -> Int {
        try await rehearsal.store.calls(since: 0).filter {
            $0.side == side && $0.purpose == purpose
        }.reduce(0) { $0 + $1.calls }
    }
}
