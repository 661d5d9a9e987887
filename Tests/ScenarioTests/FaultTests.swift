import HTTPTransport
import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// Lost replies and pulled plugs: no duplicate, no lost edit, every call counted.
struct FaultTests {
    private func newPeople(_ rehearsal: Rehearsal, _ count: Int) throws {
        for number in 0..<count {
            try rehearsal.hubspotCreates([
                "email": "n\(number)@example.com", "lastname": "N\(number)",
            ])
        }
    }

    @Test(arguments: [(1, 30), (1, 1_100), (2, 2_100)])
    func `lost replies of creates in Salesforce make no duplicate`(
        every: Int,
        count: Int
    ) async throws {
        let rehearsal = try await Rehearsal()
        _ = try await rehearsal.runner.sync()
        try self.newPeople(rehearsal, count)
        rehearsal.wait()
        rehearsal.world.with { state, _ in
            state.salesforce.faults.dropAfterCommitEveryNthCreate = every
        }
        _ = try await rehearsal.runner.sync()
        #expect(try await self.hasLostReplies(rehearsal))
        rehearsal.world.with { state, _ in
            state.salesforce.faults.dropAfterCommitEveryNthCreate = nil
        }
        rehearsal.wait(seconds: 900)
        _ = try await rehearsal.runner.sync()
        let people = rehearsal.records("Contact")
        #expect(people.count == count)
        #expect(Set(people.compactMap { $0["Email"].text }).count == count)
        #expect(try await rehearsal.openEntries() == 0)
        #expect(try await rehearsal.ledger() == rehearsal.billed)
    }

    @Test func `too many calls for a moment do not become a call for each record`() async throws {
        let rehearsal = try await Rehearsal()
        _ = try await rehearsal.runner.sync()
        for number in 0..<250 {
            try rehearsal.salesforceCreates(
                "Contact",
                ["LastName": "N\(number)", "Email": "n\(number)@example.com"]
            )
        }
        rehearsal.wait()
        let refused = Locked(0)
        rehearsal.answers { request in
            guard request.url.contains("/batch/create") else { return nil }
            return refused.withLock { count in
                count += 1
                guard count <= 3 else { return nil }
                return HTTPResponse(
                    status: 429,
                    body: Array(#"{"policyName":"TEN_SECONDLY_ROLLING"}"#.utf8)
                )
            }
        }
        let start = rehearsal.time.wallMilliseconds
        _ = try await rehearsal.runner.sync()
        rehearsal.wait(seconds: 60)
        _ = try await rehearsal.runner.sync()
        #expect(rehearsal.contacts.count == 250)
        let writes = try await rehearsal.store.callTimes(side: .hubspot, since: start)
            .filter { $0.purpose == "write" }
        #expect(writes.count <= 6, "\(writes.map(\.records))")
    }

    /// Whether any call got no reply: a fault that never struck would prove nothing.
    private func hasLostReplies(_ rehearsal: Rehearsal) async throws -> Bool {
        try await rehearsal.store.calls(since: 0).contains { $0.outcome == .unknown }
    }

    /// The check of the checks: a broken engine must show.
    @Test func `an engine that creates without its key makes duplicates, and they are seen`()
        async throws
    {
        var settings = RuntimeSettings()
        settings.sabotage = .createsWithoutKey
        let rehearsal = try await Rehearsal(settings: settings)
        _ = try await rehearsal.runner.sync()
        try self.newPeople(rehearsal, 30)
        rehearsal.wait()
        rehearsal.world.with { state, _ in
            state.salesforce.faults.dropAfterCommitEveryNthCreate = 1
        }
        _ = try? await rehearsal.runner.sync()
        #expect(rehearsal.records("Contact").count > 30)
    }

    @Test func `a lost reply of a create on HubSpot makes no duplicate`() async throws {
        let rehearsal = try await Rehearsal()
        _ = try await rehearsal.runner.sync()
        rehearsal.wait()
        for number in 0..<20 {
            try rehearsal.salesforceCreates("Contact", ["LastName": "N\(number)"])
        }
        rehearsal.wait()
        rehearsal.world.with { state, _ in
            state.hubspot.faults = MockHubSpotFaults(
                rules: [MockHubSpotFaultRule(.dropAfterCommit, every: 1, of: .creates)])
        }
        _ = try await rehearsal.runner.sync()
        #expect(try await self.hasLostReplies(rehearsal))
        rehearsal.world.with { state, _ in state.hubspot.faults = MockHubSpotFaults() }
        rehearsal.wait(seconds: 900)
        _ = try await rehearsal.runner.sync()
        #expect(rehearsal.contacts.count == 20)
        #expect(Set(rehearsal.contacts.compactMap { $0["sf_contact_key"] }).count == 20)
        #expect(try await rehearsal.openEntries() == 0)
    }

    /// From the stop on nothing is answered any more: the process is as good as dead.
    @Test func `a process that dies at any request loses and duplicates nothing`() async throws {
        for stop in 0..<16 {
            let rehearsal = try await Rehearsal()
            _ = try await rehearsal.runner.sync()
            try self.newPeople(rehearsal, 3)
            rehearsal.wait()
            rehearsal.kill(after: stop, losesReply: stop % 2 == 0)
            _ = try? await rehearsal.runner.sync()
            rehearsal.revive()
            try await rehearsal.restart()
            rehearsal.wait(seconds: 700)
            _ = try await rehearsal.runner.sync()
            rehearsal.wait(seconds: 700)
            _ = try await rehearsal.runner.sync()
            #expect(rehearsal.records("Contact").count == 3, "stopped at \(stop)")
            #expect(
                rehearsal.contacts.allSatisfy { $0["sf_contact_key"] != nil },
                "stopped at \(stop)"
            )
            #expect(try await rehearsal.openEntries() == 0, "stopped at \(stop)")
        }
    }

    @Test func `without keys a lost create is looked up and not repeated`() async throws {
        let rehearsal = try await Rehearsal(hasKeys: false)
        _ = try await rehearsal.runner.sync()
        try self.newPeople(rehearsal, 3)
        rehearsal.wait()
        rehearsal.world.with { state, _ in
            state.salesforce.faults.dropAfterCommitEveryNthWrite = 1
        }
        _ = try await rehearsal.runner.sync()
        rehearsal.world.with { state, _ in
            state.salesforce.faults.dropAfterCommitEveryNthWrite = nil
        }
        #expect(rehearsal.records("Contact").count == 3)
        #expect(try await rehearsal.openEntries() > 0)
        rehearsal.wait(seconds: 700)
        _ = try await rehearsal.runner.sync()
        #expect(rehearsal.records("Contact").count == 3)
        #expect(try await rehearsal.openEntries() == 0)
        #expect(try await rehearsal.store.linkCount(mapping: "contacts") == 3)
    }

    @Test func `a dead session is renewed once and nothing is lost`() async throws {
        let rehearsal = try await Rehearsal()
        _ = try await rehearsal.runner.sync()
        try self.newPeople(rehearsal, 2)
        rehearsal.wait()
        rehearsal.world.with { state, _ in state.salesforce.expireSessions() }
        _ = try await rehearsal.runner.sync()
        #expect(rehearsal.records("Contact").count == 2)
        #expect(try await rehearsal.ledger() == rehearsal.billed)
    }

    /// Found by the simulator (swarm 6494): the write went again with the new session, over an edit
    /// that was made while the old one was renewed.
    @Test func `a write that meets a dead session is decided again`() async throws {
        let turn = Locked<(@Sendable (HTTPRequest) -> Void)?>(nil)
        let rehearsal = try await Rehearsal(before: { request in turn.withLock { $0 }?(request) })
        _ = try await rehearsal.runner.sync()
        let id = try rehearsal.hubspotCreates(["email": "ada@example.com", "lastname": "L"])
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        let made = try #require(rehearsal.records("Contact").first)
        rehearsal.wait(seconds: 900)
        _ = try await rehearsal.runner.sync()
        try rehearsal.hubspotEdits(id, ["jobtitle": "Countess"])
        rehearsal.wait()
        let (world, acts) = (rehearsal.world, Locked(0))
        turn.withLock { act in
            act = { request in
                let isWrite = String(decoding: request.body, as: UTF8.self).contains("Countess")
                switch acts.withLock({ $0 }) {
                case 0 where isWrite:
                    world.with { state, _ in state.salesforce.expireSessions() }
                case 1:
                    try? world.with { state, now in
                        let title = MockSalesforceRecord.Field("Title", .text("By a person"))
                        try state.salesforce.edit(made.id, fields: [title], at: now)
                    }
                default: return
                }
                acts.withLock { $0 += 1 }
            }
        }
        for _ in 0..<3 {
            _ = try await rehearsal.runner.sync()
            rehearsal.wait(seconds: 700)
        }
        #expect(acts.withLock { $0 } == 2, "no session died, nobody edited")
        #expect(rehearsal.salesforce(made.id, "Title") == "By a person")
        #expect(rehearsal.hubspot(id, "jobtitle") == "By a person")
        #expect(try await rehearsal.ledger() == rehearsal.billed)
    }

    @Test func `a deleted counterpart freezes the link and is not created again`() async throws {
        let rehearsal = try await Rehearsal()
        _ = try await rehearsal.runner.sync()
        let id = try rehearsal.hubspotCreates(["email": "ada@example.com", "lastname": "L"])
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        let made = try #require(rehearsal.records("Contact").first)
        rehearsal.wait()
        try rehearsal.world.with { state, now in try state.salesforce.delete(made.id, at: now) }
        _ = try await rehearsal.runner.sync()
        try rehearsal.hubspotEdits(id, ["jobtitle": "Countess"])
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        #expect(rehearsal.records("Contact").isEmpty)
        #expect(try await rehearsal.findings().map(\.code) == [.counterpartDeleted])
        #expect(rehearsal.contacts.count == 1)
    }

    @Test func `a converted lead's contact is not taken for a new one`() async throws {
        let rehearsal = try await Rehearsal(createAs: "Lead")
        _ = try await rehearsal.runner.sync()
        try rehearsal.hubspotCreates(["lastname": "Nameless"])
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        let lead = try #require(rehearsal.records("Lead").first)
        rehearsal.wait()
        _ = try rehearsal.world.with { state, now in
            try state.salesforce.convert(lead: lead.id, at: now)
        }
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        rehearsal.wait(seconds: 700)
        _ = try await rehearsal.runner.sync()
        #expect(rehearsal.contacts.count == 1)
        #expect(rehearsal.records("Contact").count == 1)
        #expect(try await rehearsal.findings().isEmpty)
    }
}
