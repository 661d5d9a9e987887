import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import Testing

/// Deletes that go over, and what keeps them from it.
struct DeleteTests {
    private func rehearsal(
        _ policy: DeletePolicy,
        people: Int
    ) async throws -> (Rehearsal, contacts: [String], people: [String]) {
        var mapping = Rehearsal.mapping()
        mapping.deletes = policy
        let rehearsal = try await Rehearsal(mapping: mapping)
        let ids = try await MergeTests.people(rehearsal, people)
        let keys = ids.map { rehearsal.hubspot($0, "sf_contact_key") }
        return (rehearsal, ids, keys)
    }

    private static let both = DeletePolicy(fromHubSpot: .delete, fromSalesforce: .delete)

    private func settle(_ rehearsal: Rehearsal) async throws {
        for _ in 0..<2 {
            rehearsal.wait(seconds: 60)
            _ = try await rehearsal.runner.sync()
        }
    }

    private func deletes(_ rehearsal: Rehearsal, _ ids: ArraySlice<String>) throws {
        try rehearsal.world.with { state, now in
            for id in ids {
                if id.hasPrefix("003") {
                    try state.salesforce.delete(id, at: now)
                } else {
                    try state.hubspot.archive(id, at: now)
                }
            }
        }
    }

    @Test
    func `X01 X04 a contact deleted in Salesforce is deleted in HubSpot, and nothing comes back`()
        async throws
    {
        let (rehearsal, contacts, people) = try await self.rehearsal(Self.both, people: 2)
        let before = try await rehearsal.ledger()
        try self.deletes(rehearsal, people[..<1])
        try await self.settle(rehearsal)
        #expect(rehearsal.contacts.map(\.id) == [contacts[1]])
        #expect(rehearsal.records("Contact").map(\.id) == [people[1]])
        #expect(try await rehearsal.findings().isEmpty)
        #expect(try await rehearsal.openEntries() == 0)
        #expect(await rehearsal.runner.summary().deletedInHubSpot == 1)
        #expect(try await MergeTests.states(rehearsal, .hubspot, contacts) == [.ended, .active])
        // Besides the polls one look at the record and one write.
        let after = try await rehearsal.ledger()
        let polls = 4 * 1
        #expect((after[.hubspot] ?? 0) - (before[.hubspot] ?? 0) <= polls + 2)
    }

    @Test func `X02 a contact deleted in HubSpot is deleted in Salesforce`() async throws {
        let (rehearsal, contacts, people) = try await self.rehearsal(Self.both, people: 1)
        try self.deletes(rehearsal, contacts[...])
        // Somebody writes to the deleted one's counterpart: that finds the delete, and keeps the other.
        try rehearsal.salesforceEdits(people[0], ["Title": "Countess"])
        try await self.settle(rehearsal)
        #expect(rehearsal.records("Contact").count == 1)
        #expect(try await rehearsal.findings().map(\.code) == [.deletedButEdited])
        // Restored, both go on.
        try rehearsal.world.with { state, now in try state.hubspot.restore(contacts[0], at: now) }
        try await self.settle(rehearsal)
        #expect(rehearsal.hubspot(contacts[0], "jobtitle") == "Countess")
        #expect(try await rehearsal.findings().isEmpty)
    }

    @Test func `X01 a record that was edited since is kept, and a person is told`() async throws {
        let (rehearsal, contacts, people) = try await self.rehearsal(Self.both, people: 1)
        try self.deletes(rehearsal, people[...])
        try rehearsal.hubspotEdits(contacts[0], ["jobtitle": "Countess"])
        try await self.settle(rehearsal)
        #expect(rehearsal.contacts.count == 1)
        #expect(rehearsal.records("Contact").isEmpty)
        #expect(try await rehearsal.findings().map(\.code) == [.deletedButEdited])
        #expect(try await rehearsal.openEntries() == 0)
    }

    @Test func `what is restored before its counterpart's delete was sent goes on`() async throws {
        let held = DeletePolicy(fromHubSpot: .delete, fromSalesforce: .delete, atMost: 0)
        let (rehearsal, contacts, people) = try await self.rehearsal(held, people: 1)
        try self.deletes(rehearsal, people[...])
        try await self.settle(rehearsal)
        #expect(rehearsal.contacts.count == 1)
        #expect(try await rehearsal.findings().map(\.code) == [.deletesHeldInHubSpot])
        try rehearsal.world.with { state, now in try state.salesforce.undelete(people[0], at: now) }
        try rehearsal.hubspotEdits(contacts[0], ["jobtitle": "Countess"])
        try await self.settle(rehearsal)
        #expect(rehearsal.salesforce(people[0], "Title") == "Countess")
        #expect(try await rehearsal.findings().isEmpty)
        #expect(try await rehearsal.openEntries() == 0)
    }

    @Test func `X04 a policy may leave the counterpart alone, with or without an issue`()
        async throws
    {
        for action in [DeletePolicy.Action.report, .ignore] {
            let policy = DeletePolicy(fromHubSpot: action, fromSalesforce: action)
            let (rehearsal, _, people) = try await self.rehearsal(policy, people: 1)
            try self.deletes(rehearsal, people[...])
            try await self.settle(rehearsal)
            #expect(rehearsal.contacts.count == 1)
            let codes = try await rehearsal.findings().map(\.code)
            #expect(codes == (action == .report ? [.counterpartDeleted] : []))
        }
    }

    // MARK: - The safety stop

    @Test func `a mass delete waits for a person, who lets it go`() async throws {
        let (rehearsal, contacts, people) = try await self.rehearsal(Self.both, people: 20)
        try self.deletes(rehearsal, people[..<8])
        try await self.settle(rehearsal)
        #expect(rehearsal.contacts.count == 20)
        #expect(try await rehearsal.findings().map(\.code) == [.deletesHeldInHubSpot])
        // Everything else goes on.
        try rehearsal.hubspotEdits(contacts[15], ["jobtitle": "Countess"])
        try await self.settle(rehearsal)
        #expect(rehearsal.salesforce(people[15], "Title") == "Countess")
        let count = try await DeleteRelease.apply(
            mapping: "contacts",
            target: .hubspot,
            in: rehearsal.store
        )
        #expect(count == 8)
        try await self.settle(rehearsal)
        #expect(rehearsal.contacts.count == 12)
        #expect(try await rehearsal.findings().isEmpty)
        // Those of the day count: the next ones wait too.
        try self.deletes(rehearsal, people[8..<9])
        try await self.settle(rehearsal)
        #expect(rehearsal.contacts.count == 12)
        rehearsal.wait(seconds: 86_400)
        try await self.settle(rehearsal)
        #expect(rehearsal.contacts.count == 11)
    }

    @Test func `a mass delete that nobody meant is called off`() async throws {
        let (rehearsal, _, people) = try await self.rehearsal(Self.both, people: 10)
        try self.deletes(rehearsal, people[..<8])
        try await self.settle(rehearsal)
        let kept = try await DeleteRelease.keep(
            mapping: "contacts",
            target: .hubspot,
            in: rehearsal.store
        )
        #expect(kept == 8)
        try await self.settle(rehearsal)
        #expect(rehearsal.contacts.count == 10)
        let codes = try await rehearsal.findings().map(\.code)
        #expect(codes == [Finding.Code](repeating: .counterpartDeleted, count: 8))
        #expect(try await rehearsal.openEntries() == 0)
    }

    @Test(arguments: 1...12, [false, true])
    func `a delete is done once, whenever the process dies`(
        requests: Int,
        losesReply: Bool
    ) async throws {
        let (rehearsal, contacts, people) = try await self.rehearsal(Self.both, people: 3)
        try self.deletes(rehearsal, people[..<1])
        rehearsal.wait(seconds: 60)
        rehearsal.kill(after: requests, losesReply: losesReply)
        _ = try? await rehearsal.runner.sync()
        rehearsal.revive()
        try await rehearsal.restart()
        for _ in 0..<3 { try await self.settle(rehearsal) }
        rehearsal.wait(seconds: 700)
        try await self.settle(rehearsal)
        #expect(rehearsal.contacts.map(\.id) == Array(contacts[1...]))
        #expect(rehearsal.records("Contact").count == 2)
        #expect(try await rehearsal.findings().isEmpty)
        #expect(try await rehearsal.openEntries() == 0)
    }

    @Test(arguments: Side.allCases)
    func `a record that is restored after its delete went over is not deleted again`(
        side: Side
    ) async throws {
        let (rehearsal, contacts, people) = try await self.rehearsal(Self.both, people: 1)
        try self.deletes(rehearsal, (side == .salesforce ? people : contacts)[...])
        if side == .hubspot {
            // Found by a look at the record, as a sweep takes it.
            try await rehearsal.park(contacts[0])
        }
        try await self.settle(rehearsal)
        #expect(rehearsal.contacts.isEmpty)
        #expect(rehearsal.records("Contact").isEmpty)
        try rehearsal.world.with { state, now in
            switch side {
            case .hubspot: try state.hubspot.restore(contacts[0], at: now)
            case .salesforce: try state.salesforce.undelete(people[0], at: now)
            }
        }
        for _ in 0..<3 { try await self.settle(rehearsal) }
        #expect(rehearsal.contacts.count == (side == .hubspot ? 1 : 0))
        #expect(rehearsal.records("Contact").count == (side == .salesforce ? 1 : 0))
        #expect(try await rehearsal.findings().map(\.code) == [.counterpartDeleted])
        #expect(try await rehearsal.openEntries() == 0)
    }

    @Test func `a record that is restored before the delete was sent is looked at once more`()
        async throws
    {
        let held = DeletePolicy(fromHubSpot: .delete, fromSalesforce: .delete, atMost: 0)
        let (rehearsal, contacts, people) = try await self.rehearsal(held, people: 1)
        try self.deletes(rehearsal, contacts[...])
        try await rehearsal.park(contacts[0])
        try await self.settle(rehearsal)
        #expect(try await rehearsal.findings().map(\.code) == [.deletesHeldInSalesforce])
        // The search does not show it yet when a person lets the delete go.
        try rehearsal.world.with { state, now in try state.hubspot.restore(contacts[0], at: now) }
        _ = try await DeleteRelease.apply(
            mapping: "contacts",
            target: .salesforce,
            in: rehearsal.store
        )
        _ = try await rehearsal.runner.sync()
        #expect(rehearsal.records("Contact").map(\.id) == people)
        try await self.settle(rehearsal)
        #expect(try await MergeTests.states(rehearsal, .hubspot, contacts) == [.active])
        #expect(try await rehearsal.findings().isEmpty)
        #expect(try await rehearsal.openEntries() == 0)
    }

    @Test func `a restored record whose counterpart is purged is told, and asked for no more`()
        async throws
    {
        let (rehearsal, contacts, people) = try await self.rehearsal(DeletePolicy(), people: 1)
        try self.deletes(rehearsal, contacts[...])
        try await rehearsal.park(contacts[0])
        try await self.settle(rehearsal)
        try self.deletes(rehearsal, people[...])
        try await self.settle(rehearsal)
        try rehearsal.world.with { state, now in
            try state.salesforce.hardDelete(people[0], at: now)
            try state.hubspot.restore(contacts[0], at: now)
        }
        try await self.settle(rehearsal)
        #expect(try await rehearsal.findings().map(\.code) == [.counterpartNotVisible])
        let before = try await rehearsal.reads()
        try await self.settle(rehearsal)
        #expect(try await rehearsal.reads() == before)
    }

    @Test func `deletes that were called off between two runs leave no safety stop behind`()
        async throws
    {
        let (rehearsal, _, people) = try await self.rehearsal(Self.both, people: 10)
        try self.deletes(rehearsal, people[..<8])
        try await self.settle(rehearsal)
        #expect(try await rehearsal.findings().map(\.code) == [.deletesHeldInHubSpot])
        _ = try await DeleteRelease.keep(mapping: "contacts", target: .hubspot, in: rehearsal.store)
        try await rehearsal.restart()
        try await self.settle(rehearsal)
        let codes = try await rehearsal.findings().map(\.code)
        #expect(codes == [Finding.Code](repeating: .counterpartDeleted, count: 8))
    }

    @Test func `a policy that is taken back ends what it had planned`() async throws {
        let (rehearsal, _, people) = try await self.rehearsal(Self.both, people: 10)
        try self.deletes(rehearsal, people[..<8])
        try await self.settle(rehearsal)
        #expect(try await rehearsal.findings().map(\.code) == [.deletesHeldInHubSpot])
        try await rehearsal.restart(with: [Rehearsal.mapping()])
        try await self.settle(rehearsal)
        #expect(rehearsal.contacts.count == 10)
        let codes = try await rehearsal.findings().map(\.code)
        #expect(codes == [Finding.Code](repeating: .counterpartDeleted, count: 8))
        #expect(try await rehearsal.openEntries() == 0)
    }

    @Test func `a survivor of a merge is not deleted for the record that was merged into it`()
        async throws
    {
        let held = DeletePolicy(fromHubSpot: .delete, fromSalesforce: .delete, atMost: 0)
        let (rehearsal, contacts, people) = try await self.rehearsal(held, people: 1)
        try self.deletes(rehearsal, people[...])
        try await self.settle(rehearsal)
        try rehearsal.world.with { state, now in
            let other = try state.hubspot.create(
                object: "contacts",
                fields: [("lastname", "W"), ("phone", "0421")],
                at: now
            )
            _ = try state.hubspot.merge(contacts[0], with: other, at: now)
        }
        try await self.settle(rehearsal)
        _ = try await DeleteRelease.apply(
            mapping: "contacts",
            target: .hubspot,
            in: rehearsal.store
        )
        try await self.settle(rehearsal)
        #expect(rehearsal.contacts.count == 1)
        #expect(try await rehearsal.findings().map(\.code) == [.counterpartDeleted])
        #expect(try await rehearsal.openEntries() == 0)
    }

    @Test func `X01 what the deleted record never took is not deleted with it`() async throws {
        var mapping = Rehearsal.deals()
        mapping.deletes = Self.both
        var settings = RuntimeSettings()
        settings.sweeps = SweepSettings()
        let rehearsal = try await Rehearsal(settings: settings, mapping: mapping)
        _ = try await rehearsal.runner.sync()
        rehearsal.wait()
        var deals: [String] = []
        for name in ["Kept", "Gone"] {
            deals.append(
                try rehearsal.hubspotCreates(
                    "deals",
                    [
                        "dealname": name, "pipeline": "default", "dealstage": "qualifiedtobuy",
                        "closedate": "2026-12-01T00:00:00Z",
                    ]
                )
            )
        }
        try await self.settle(rehearsal)
        let kept = rehearsal.records("Opportunity").first { $0["Name"].text == "Kept" }
        // A stage that the mapping does not list: HubSpot has no word for it.
        try rehearsal.salesforceEdits(try #require(kept?.id), ["StageName": "Value Proposition"])
        try await self.settle(rehearsal)
        try rehearsal.world.with { state, now in
            for deal in deals { try state.hubspot.archive(deal, object: "deals", at: now) }
        }
        for _ in 0..<2 {
            rehearsal.wait(seconds: 3_700)
            _ = try await rehearsal.runner.sync()
        }
        #expect(rehearsal.records("Opportunity").map { $0["Name"].text } == ["Kept"])
        #expect(try await rehearsal.findings().contains { $0.code == .deletedButEdited })
        #expect(try await rehearsal.openEntries() == 0)
    }
}
