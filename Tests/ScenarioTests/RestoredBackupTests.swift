import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// People merge records of pairs that a restored backup of the store does not know.
struct RestoredBackupTests {
    /// Two pairs that are synced, of which a restored backup of the store knows nothing.
    private func restored() async throws -> (Rehearsal, contacts: [String], people: [String]) {
        let before = try await Rehearsal()
        let contacts = try await MergeTests.people(before, 2)
        let people = contacts.map { before.hubspot($0, "sf_contact_key") }
        let rehearsal = try await Rehearsal(world: before.world, time: before.time)
        _ = try await rehearsal.runner.sync()
        return (rehearsal, contacts, people)
    }

    /// Found by the simulator (`swarm` 300036): the winner was never looked up, so the issue spoke of
    /// several possible counterparts where there was one, of another contact.
    @Test func `a contact whose counterpart was merged into another contact's is told so`()
        async throws
    {
        let (rehearsal, contacts, people) = try await self.restored()
        try rehearsal.world.with { state, now in
            try state.salesforce.merge(winner: people[0], losers: [people[1]], at: now)
        }
        try rehearsal.hubspotEdits(contacts[1], ["jobtitle": "Countess"])
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        try rehearsal.hubspotEdits(contacts[0], ["jobtitle": "Duchess"])
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        let findings = try await rehearsal.findings()
        #expect(findings.map(\.code) == [.alreadyLinked])
        #expect(findings.map(\.hubspotID) == [contacts[1]])
        #expect(findings.map(\.details) == [[people[0]]])
        #expect(try await MergeTests.states(rehearsal, .hubspot, contacts) == [.active, nil])
        #expect(rehearsal.salesforce(people[0], "Title") == "Duchess")
        #expect(rehearsal.records("Contact").count == 1)
        #expect(rehearsal.contacts.count == 2)
        #expect(try await rehearsal.openEntries() == 0)
    }

    /// `merges`: how often in a row the counterpart was merged.
    @Test(arguments: [1, 3])
    func `a contact whose counterpart was merged is synced with the record that stayed`(
        merges: Int
    ) async throws {
        let (rehearsal, contacts, people) = try await self.restored()
        var winner = people[1]
        for number in 0..<merges {
            let loser = winner
            winner = try rehearsal.salesforceCreates("Contact", ["LastName": "W\(number)"])
            try rehearsal.world.with { state, now in
                try state.salesforce.merge(winner: winner, losers: [loser], at: now)
            }
        }
        try rehearsal.hubspotEdits(contacts[1], ["jobtitle": "Countess"])
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        #expect(try await rehearsal.findings().allSatisfy { $0.code == .firstSyncDiverged })
        #expect(try await MergeTests.states(rehearsal, .hubspot, [contacts[1]]) == [.active])
        #expect(try await MergeTests.states(rehearsal, .salesforce, [winner]) == [.active])
        #expect(rehearsal.hubspot(contacts[1], "sf_contact_key") == winner)
        #expect(rehearsal.salesforce(winner, "HubSpot_Record_ID__c") == contacts[1])
        #expect(rehearsal.salesforce(winner, "Title") == "Countess")
        #expect(rehearsal.contacts.count == 2)
        #expect(rehearsal.records("Contact").count == 2)
        #expect(try await rehearsal.openEntries() == 0)
    }

    @Test func `a contact whose counterpart was merged into one that was deleted is left alone`()
        async throws
    {
        let (rehearsal, contacts, people) = try await self.restored()
        let winner = try rehearsal.salesforceCreates("Contact", ["LastName": "W"])
        try rehearsal.world.with { state, now in
            try state.salesforce.merge(winner: winner, losers: [people[1]], at: now)
            try state.salesforce.delete(winner, at: now)
        }
        try rehearsal.hubspotEdits(contacts[1], ["jobtitle": "Countess"])
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        #expect(try await rehearsal.findings().map(\.code) == [.counterpartDeleted])
        #expect(
            try await MergeTests.states(rehearsal, .hubspot, [contacts[1]]) == [.goneFromSalesforce]
        )
        #expect(rehearsal.records("Contact").count == 1)
        #expect(try await rehearsal.openEntries() == 0)
    }

    @Test func `a contact in Salesforce whose counterpart was merged is told with whom`()
        async throws
    {
        let (rehearsal, contacts, people) = try await self.restored()
        let survivor = try rehearsal.world.with { state, now in
            try state.hubspot.merge(contacts[0], with: contacts[1], at: now)
        }
        try rehearsal.salesforceEdits(people[1], ["Title": "Countess"])
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        let findings = try await rehearsal.findings()
        #expect(findings.map(\.code) == [.alreadyLinked])
        #expect(findings.map(\.salesforceID) == [people[1]])
        #expect(findings.map(\.details) == [[survivor]])
        #expect(try await MergeTests.states(rehearsal, .salesforce, people) == [.active, nil])
        #expect(rehearsal.contacts.count == 1)
        #expect(try await rehearsal.openEntries() == 0)
    }

    @Test func `a backfill makes nobody again whose counterpart was merged`() async throws {
        let (rehearsal, contacts, people) = try await self.restored()
        try rehearsal.world.with { state, now in
            try state.salesforce.merge(winner: people[0], losers: [people[1]], at: now)
        }
        rehearsal.wait()
        _ = try await rehearsal.runner.backfillAndPush("contacts")
        let findings = try await rehearsal.findings()
        #expect(findings.map(\.code) == [.alreadyLinked])
        #expect(findings.map(\.hubspotID) == [contacts[1]])
        #expect(findings.map(\.details) == [[people[0]]])
        #expect(try await MergeTests.states(rehearsal, .hubspot, contacts) == [.active, nil])
        #expect(rehearsal.records("Contact").count == 1)
        #expect(rehearsal.contacts.count == 2)
    }

    /// `isKeptFirst`: whether the contact of the record that stayed is matched first.
    @Test(arguments: [true, false])
    func `a backfill ties nobody in Salesforce to a contact that another one's became`(
        isKeptFirst: Bool
    ) async throws {
        let (rehearsal, contacts, people) = try await self.restored()
        let survivor = try rehearsal.world.with { state, now in
            let (kept, lost) = isKeptFirst ? (0, 1) : (1, 0)
            return try state.hubspot.merge(contacts[kept], with: contacts[lost], at: now)
        }
        rehearsal.wait()
        _ = try await rehearsal.runner.backfillAndPush("contacts")
        let (kept, lost) = isKeptFirst ? (people[0], people[1]) : (people[1], people[0])
        let findings = try await rehearsal.findings()
        #expect(findings.map(\.code) == [.alreadyLinked])
        #expect(findings.map(\.salesforceID) == [lost])
        #expect(findings.map(\.details) == [[survivor]])
        #expect(
            try await MergeTests.states(rehearsal, .salesforce, [kept, lost]) == [.active, nil]
        )
        #expect(rehearsal.contacts.count == 1)
        #expect(rehearsal.records("Contact").count == 2)
    }

    @Test func `a backfill ties a contact to the record that took its counterpart's place`()
        async throws
    {
        let (rehearsal, contacts, people) = try await self.restored()
        let winner = try rehearsal.salesforceCreates("Contact", ["LastName": "W"])
        try rehearsal.world.with { state, now in
            try state.salesforce.merge(winner: winner, losers: [people[1]], at: now)
        }
        rehearsal.wait()
        _ = try await rehearsal.runner.backfillAndPush("contacts")
        #expect(
            try await MergeTests.states(rehearsal, .hubspot, contacts) == [.active, .active]
        )
        #expect(rehearsal.hubspot(contacts[1], "sf_contact_key") == winner)
        #expect(rehearsal.records("Contact").count == 2)
        #expect(rehearsal.contacts.count == 2)
    }

    /// `key`: what stands in the contact's key field, where it is no longer the counterpart's id.
    @Test(arguments: [nil, "no id at all", "0035g00000000ZZAAA", "0035g00000009ZZAAY"])
    func `a backfill makes nobody again whose counterpart was deleted`(key: String?) async throws {
        let (rehearsal, contacts, people) = try await self.restored()
        try rehearsal.world.with { state, now in
            try state.salesforce.delete(people[1], at: now)
        }
        if let key { try rehearsal.hubspotEdits(contacts[1], ["sf_contact_key": key]) }
        rehearsal.wait()
        _ = try await rehearsal.runner.backfillAndPush("contacts")
        let isTied = key == nil
        let codes = try await rehearsal.findings().map(\.code)
        #expect(codes == (isTied ? [.counterpartDeleted] : []))
        #expect(
            try await MergeTests.states(rehearsal, .hubspot, contacts)
                == [.active, isTied ? .goneFromSalesforce : .active]
        )
        #expect(rehearsal.records("Contact").count == (isTied ? 1 : 2))
    }
}
