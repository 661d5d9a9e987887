import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// People merge duplicates in one CRM while both records are synced.
struct MergeTests {
    static func people(_ rehearsal: Rehearsal, _ count: Int) async throws -> [String] {
        _ = try await rehearsal.runner.sync()
        let ids = try (0..<count).map { number in
            try rehearsal.hubspotCreates([
                "email": "p\(number)@example.com", "lastname": "P\(number)",
            ])
        }
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        rehearsal.wait(seconds: 700)
        _ = try await rehearsal.runner.sync()
        return ids
    }

    static func states(
        _ rehearsal: Rehearsal,
        _ side: Side,
        _ ids: [String]
    ) async throws -> [Link.State?] {
        let known = try await rehearsal.store.load(mapping: "contacts", side: side, ids: ids)
        return ids.map { id in known.first { $0.remoteID == id }?.link?.state }
    }

    @Test func `two synced contacts merged on HubSpot: both links end and nothing is created`()
        async throws
    {
        let rehearsal = try await Rehearsal()
        let ids = try await Self.people(rehearsal, 2)
        let survivor = try rehearsal.world.with { state, now in
            try state.hubspot.merge(ids[0], with: ids[1], at: now)
        }
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        try rehearsal.hubspotEdits(survivor, ["jobtitle": "Countess"])
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        #expect(rehearsal.records("Contact").count == 2)
        #expect(rehearsal.contacts.count == 1)
        #expect(
            try await Self.states(rehearsal, .hubspot, ids) == [.mergedInHubSpot, .mergedInHubSpot]
        )
        #expect(
            try await rehearsal.findings().map(\.code) == [
                .counterpartsMerged, .counterpartsMerged,
            ]
        )
        #expect(try await rehearsal.openEntries() == 0)
    }

    @Test func `where HubSpot keeps the primary id its link goes on and the loser's ends`()
        async throws
    {
        var portal = MockHubSpotSettings()
        portal.mergeKeepsPrimaryID = true
        let time = ManualTime()
        let world = MockWorld(
            hubspot: MockHubSpot(settings: portal),
            salesforce: MockSalesforce(),
            time: time
        )
        let rehearsal = try await Rehearsal(world: world, time: time)
        let ids = try await Self.people(rehearsal, 2)
        _ = try rehearsal.world.with { state, now in
            try state.hubspot.merge(ids[0], with: ids[1], at: now)
        }
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        try rehearsal.hubspotEdits(ids[0], ["jobtitle": "Countess"])
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        #expect(try await Self.states(rehearsal, .hubspot, ids) == [.active, .mergedInHubSpot])
        #expect(rehearsal.records("Contact").filter { $0["Title"].text == "Countess" }.count == 1)
        #expect(try await rehearsal.findings().map(\.code) == [.counterpartsMerged])
    }

    @Test func `two synced contacts merged in Salesforce: the loser's link ends, with a finding`()
        async throws
    {
        let rehearsal = try await Rehearsal()
        _ = try await Self.people(rehearsal, 2)
        let made = rehearsal.records("Contact").map(\.id)
        try rehearsal.world.with { state, now in
            try state.salesforce.merge(winner: made[0], losers: [made[1]], at: now)
        }
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        rehearsal.wait(seconds: 700)
        _ = try await rehearsal.runner.sync()
        #expect(try await Self.states(rehearsal, .salesforce, [made[1]]) == [.mergedInSalesforce])
        #expect(try await rehearsal.findings().map(\.code) == [.counterpartsMerged])
        #expect(rehearsal.contacts.count == 2)
        #expect(rehearsal.records("Contact").count == 1)
    }

    @Test func `an issue about a merge is written once, not with every poll`() async throws {
        let rehearsal = try await Rehearsal()
        let ids = try await Self.people(rehearsal, 2)
        let survivor = try rehearsal.world.with { state, now in
            try state.hubspot.merge(ids[0], with: ids[1], at: now)
        }
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        let told = try await rehearsal.lastSeen()
        #expect(told.count == 2)
        for _ in 0..<3 {
            rehearsal.wait()
            _ = try await rehearsal.runner.sync()
        }
        #expect(try await rehearsal.lastSeen() == told)
        // A version that says more is told again: the survivor may have been merged once more.
        try rehearsal.hubspotEdits(survivor, ["jobtitle": "Countess"])
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        #expect(zip(told, try await rehearsal.lastSeen()).allSatisfy { $0 < $1 })
    }
}
