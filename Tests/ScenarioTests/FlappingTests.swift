import MockSalesforce
import SyncCore
import SyncRuntime
import Testing

/// Automation in a CRM that rewrites what was synced.
struct FlappingTests {
    private func person(
        _ rehearsal: Rehearsal
    ) async throws -> (hubspot: String, salesforce: String) {
        _ = try await rehearsal.runner.sync()
        let id = try rehearsal.hubspotCreates([
            "email": "ada@example.com", "lastname": "Lovelace", "jobtitle": "Analyst",
        ])
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        return (id, try #require(rehearsal.records("Contact").first).id)
    }

    @Test func `a flow that rewrites our value is answered three times an hour, then reported`()
        async throws
    {
        let rehearsal = try await Rehearsal(rule: .alwaysHubSpot)
        let (id, other) = try await self.person(rehearsal)
        try rehearsal.hubspotEdits(id, ["jobtitle": "countess"])
        var restored = 0
        for _ in 0..<8 {
            rehearsal.wait(seconds: 60)
            _ = try await rehearsal.runner.sync()
            if rehearsal.salesforce(other, "Title") == "countess" {
                restored += 1
                rehearsal.wait(seconds: 60)
                try rehearsal.salesforceEdits(other, ["Title": "COUNTESS"])
            }
        }
        #expect(restored == 4, "the first write and three rounds")
        #expect(rehearsal.salesforce(other, "Title") == "COUNTESS")
        #expect(try await rehearsal.findings().map(\.code) == [.fieldFlapping])
        #expect(try await rehearsal.openEntries() == 0)

        // Other fields go on, and an hour later so does this one.
        try rehearsal.hubspotEdits(id, ["phone": "+44 1"])
        rehearsal.wait(seconds: 60)
        _ = try await rehearsal.runner.sync()
        #expect(rehearsal.salesforce(other, "Phone") == "+44 1")
        rehearsal.wait(seconds: 4_000)
        try rehearsal.hubspotEdits(id, ["jobtitle": "pioneer"])
        rehearsal.wait(seconds: 60)
        _ = try await rehearsal.runner.sync()
        #expect(rehearsal.salesforce(other, "Title") == "pioneer")
        #expect(try await rehearsal.findings().isEmpty)
    }

    @Test func `a person who edits one field many times an hour is not stopped`() async throws {
        let rehearsal = try await Rehearsal(rule: .twoWay)
        let (id, other) = try await self.person(rehearsal)
        for turn in 0..<8 {
            rehearsal.wait(seconds: 60)
            try rehearsal.hubspotEdits(id, ["jobtitle": "Title \(turn)"])
            rehearsal.wait(seconds: 60)
            _ = try await rehearsal.runner.sync()
            #expect(rehearsal.salesforce(other, "Title") == "Title \(turn)")
        }
        #expect(try await rehearsal.findings().isEmpty)
    }
}
