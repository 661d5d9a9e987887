import HTTPTransport
import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// Writes whose reply was lost, with people editing in between (architecture 5.7 and 5.8).
struct UnknownOutcomeTests {
    /// One linked person: HubSpot 's id and Salesforce's.
    private func linked(
        _ rehearsal: Rehearsal
    ) async throws -> (hubspot: String, salesforce: String) {
        _ = try await rehearsal.runner.sync()
        let id = try rehearsal.hubspotCreates([
            "email": "ada@example.com", "lastname": "Lovelace", "jobtitle": "Analyst",
        ])
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        rehearsal.wait(seconds: 900)
        _ = try await rehearsal.runner.sync()
        let person = try #require(rehearsal.records("Contact").first)
        return (id, person.id)
    }

    @Test func `an update that was stored without a reply is read back and not repeated`()
        async throws
    {
        let rehearsal = try await Rehearsal(rule: .alwaysHubSpot)
        let (id, other) = try await self.linked(rehearsal)
        try rehearsal.hubspotEdits(id, ["jobtitle": "Countess"])
        rehearsal.wait()
        rehearsal.world.with { state, _ in
            state.salesforce.faults.dropAfterCommitEveryNthWrite = 1
        }
        _ = try await rehearsal.runner.sync()
        rehearsal.world.with { state, _ in
            state.salesforce.faults.dropAfterCommitEveryNthWrite = nil
        }
        #expect(rehearsal.salesforce(other, "Title") == "Countess")
        #expect(try await rehearsal.openEntries() == 0)
        #expect(try await rehearsal.unknownCalls(.salesforce, purpose: "write") == 1)
        #expect(try await rehearsal.ledger() == rehearsal.billed)
    }

    @Test func `an update whose request was lost goes again and closes the record for a while`()
        async throws
    {
        let rehearsal = try await Rehearsal(rule: .alwaysHubSpot)
        let (id, other) = try await self.linked(rehearsal)
        try rehearsal.hubspotEdits(id, ["jobtitle": "Countess"])
        rehearsal.wait()
        rehearsal.world.with { state, _ in
            state.salesforce.faults.dropBeforeCommitEveryNthWrite = 1
        }
        _ = try await rehearsal.runner.sync()
        rehearsal.world.with { state, _ in
            state.salesforce.faults.dropBeforeCommitEveryNthWrite = nil
        }
        rehearsal.wait(seconds: 60)
        _ = try await rehearsal.runner.sync()
        #expect(rehearsal.salesforce(other, "Title") == "Countess")
        // The first attempt may still arrive: the record takes no other write before it cannot.
        #expect(try await rehearsal.openEntries() == 1)
        try rehearsal.hubspotEdits(id, ["jobtitle": "Pioneer"])
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        #expect(rehearsal.salesforce(other, "Title") == "Countess")
        rehearsal.wait(seconds: 700)
        _ = try await rehearsal.runner.sync()
        #expect(rehearsal.salesforce(other, "Title") == "Pioneer")
        #expect(try await rehearsal.openEntries() == 0)
    }

    @Test func `a person's edit after a lost update is merged, not overwritten by its repetition`()
        async throws
    {
        var lost = 0
        for stop in 1...8 {
            let rehearsal = try await Rehearsal(rule: .twoWay)
            let (id, other) = try await self.linked(rehearsal)
            try rehearsal.hubspotEdits(id, ["jobtitle": "Countess"])
            rehearsal.wait()
            // The request is lost before Salesforce acts, the process dies, a person edits.
            rehearsal.world.with { state, _ in
                state.salesforce.faults.dropBeforeCommitEveryNthWrite = 1
            }
            rehearsal.kill(after: stop, losesReply: false)
            _ = try? await rehearsal.runner.sync()
            rehearsal.revive()
            rehearsal.world.with { state, _ in
                state.salesforce.faults.dropBeforeCommitEveryNthWrite = nil
            }
            lost += try await rehearsal.unknownCalls(.salesforce, purpose: "write")
            rehearsal.wait(seconds: 20)
            try rehearsal.salesforceEdits(other, ["Title": "Edited by a person"])
            rehearsal.wait(seconds: 5)
            try await rehearsal.restart()
            for _ in 0..<4 {
                _ = try await rehearsal.runner.sync()
                rehearsal.wait(seconds: 700)
            }
            #expect(rehearsal.salesforce(other, "Title") == "Edited by a person", "stop \(stop)")
            #expect(rehearsal.hubspot(id, "jobtitle") == "Edited by a person", "stop \(stop)")
            #expect(try await rehearsal.openEntries() == 0, "stop \(stop)")
        }
        #expect(lost > 0, "no write was lost: nothing was tested")
    }

    @Test func `a create that was stored and deleted before it was read back is not made again`()
        async throws
    {
        var deleted = 0
        for stop in 1...8 {
            let rehearsal = try await Rehearsal()
            _ = try await rehearsal.runner.sync()
            rehearsal.wait()
            try rehearsal.salesforceCreates("Contact", ["LastName": "Nameless"])
            rehearsal.wait()
            rehearsal.kill(after: stop, losesReply: true)
            _ = try? await rehearsal.runner.sync()
            rehearsal.revive()
            if let made = rehearsal.contacts.first {
                deleted += 1
                try rehearsal.world.with { state, now in
                    try state.hubspot.archive(made.id, at: now)
                }
                try await rehearsal.restart()
                for _ in 0..<3 {
                    rehearsal.wait(seconds: 700)
                    _ = try await rehearsal.runner.sync()
                }
                #expect(rehearsal.contacts.isEmpty, "stop \(stop)")
                #expect(try await rehearsal.openEntries() == 0, "stop \(stop)")
            }
        }
        #expect(deleted > 0, "no create was stored: nothing was tested")
    }

    @Test func `a contact and a lead with one e-mail: the contact is the match`() async throws {
        let rehearsal = try await Rehearsal()
        _ = try await rehearsal.runner.sync()
        rehearsal.wait()
        let contact = try rehearsal.salesforceCreates(
            "Contact",
            ["LastName": "Lovelace", "Email": "ada@example.com"]
        )
        try rehearsal.salesforceCreates(
            "Lead",
            ["LastName": "Lovelace", "Company": "Engines", "Email": "ada@example.com"]
        )
        let id = try rehearsal.hubspotCreates(["email": "ada@example.com", "lastname": "L"])
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        rehearsal.wait(seconds: 700)
        _ = try await rehearsal.runner.sync()
        let link = try await rehearsal.store.load(mapping: "contacts", side: .hubspot, ids: [id])
        #expect(link.first?.link?.salesforceID == contact)
        #expect(rehearsal.contacts.count == 1)
    }
}
