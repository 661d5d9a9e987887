import SyncStore
import SyncRuntime
import MockSalesforce
import MockHubSpot
import SyncCore
import Testing

/// The slice's story on two mocks in process: link, create, update, fight, both ways.
struct ContactTests {
    @Test func `S29: a fresh connection writes nothing`() async throws {
        let rehearsal = try await Rehearsal()
        try rehearsal.hubspotCreates(["email": "ada@example.com", "lastname": "Lovelace"])
        rehearsal.wait()
        let summary = try await rehearsal.runner.sync()
        #expect(summary.createdInSalesforce == 0)
        #expect(rehearsal.records("Contact").isEmpty)
    }

    @Test func `a new contact on HubSpot becomes a contact in Salesforce, with keys on both`()
        async throws
    {
        let rehearsal = try await Rehearsal()
        _ = try await rehearsal.runner.sync()
        let id = try rehearsal.hubspotCreates([
            "email": "ada@example.com", "firstname": "Ada", "lastname": "Lovelace",
        ])
        rehearsal.wait()
        let summary = try await rehearsal.runner.sync()
        #expect(summary.createdInSalesforce == 1)
        let made = try #require(rehearsal.records("Contact").first)
        #expect(made["LastName"].text == "Lovelace")
        #expect(made["FirstName"].text == "Ada")
        #expect(made["HubSpot_Record_ID__c"].text == id)
        #expect(rehearsal.hubspot(id, "sf_contact_key") == made.id)
        #expect(try await rehearsal.openEntries() == 0)
        #expect(try await rehearsal.findings().isEmpty)
        #expect(try await rehearsal.ledger() == rehearsal.billed)
    }

    @Test func `a new contact in Salesforce becomes one on HubSpot`() async throws {
        let rehearsal = try await Rehearsal()
        _ = try await rehearsal.runner.sync()
        rehearsal.wait()
        let id = try rehearsal.salesforceCreates(
            "Contact",
            ["LastName": "Hopper", "Email": "Grace@example.com", "Title": "Admiral"]
        )
        rehearsal.wait()
        let summary = try await rehearsal.runner.sync()
        #expect(summary.createdInHubSpot == 1)
        let made = try #require(rehearsal.contacts.first)
        #expect(made["lastname"] == "Hopper")
        #expect(made["email"] == "grace@example.com")
        #expect(made["sf_contact_key"] == id)
        #expect(rehearsal.salesforce(id, "HubSpot_Record_ID__c") == made.id)
        #expect(try await rehearsal.openEntries() == 0)
        #expect(try await rehearsal.ledger() == rehearsal.billed)
    }

    /// One linked pair, quiet.
    private func linked(rule: SyncRule = .twoWay) async throws -> (Rehearsal, String, String) {
        let rehearsal = try await Rehearsal(rule: rule)
        _ = try await rehearsal.runner.sync()
        let id = try rehearsal.hubspotCreates([
            "email": "ada@example.com", "firstname": "Ada", "lastname": "Lovelace",
        ])
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        rehearsal.wait(seconds: 900)
        _ = try await rehearsal.runner.sync()
        let made = try #require(rehearsal.records("Contact").first)
        return (rehearsal, id, made.id)
    }

    @Test func `an edit goes over, each way`() async throws {
        let (rehearsal, hubspot, salesforce) = try await self.linked()
        try rehearsal.hubspotEdits(hubspot, ["jobtitle": "Countess"])
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        #expect(rehearsal.salesforce(salesforce, "Title") == "Countess")
        try rehearsal.salesforceEdits(salesforce, ["Phone": "+44 1"])
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        #expect(rehearsal.hubspot(hubspot, "phone") == "+44 1")
        #expect(try await rehearsal.ledger() == rehearsal.billed)
    }

    @Test func `different fields edited on both sides both survive`() async throws {
        let (rehearsal, hubspot, salesforce) = try await self.linked()
        try rehearsal.hubspotEdits(hubspot, ["jobtitle": "Countess"])
        try rehearsal.salesforceEdits(salesforce, ["Phone": "+44 1"])
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        #expect(rehearsal.salesforce(salesforce, "Title") == "Countess")
        #expect(rehearsal.hubspot(hubspot, "phone") == "+44 1")
        #expect(rehearsal.salesforce(salesforce, "Phone") == "+44 1")
        #expect(rehearsal.hubspot(hubspot, "jobtitle") == "Countess")
    }

    @Test func `of two edits of one field the later wins and the other is in the history`()
        async throws
    {
        let (rehearsal, hubspot, salesforce) = try await self.linked()
        try rehearsal.salesforceEdits(salesforce, ["Title": "Captain"])
        rehearsal.wait(seconds: 60)
        try rehearsal.hubspotEdits(hubspot, ["jobtitle": "Admiral"])
        rehearsal.wait()
        let summary = try await rehearsal.runner.sync()
        #expect(rehearsal.salesforce(salesforce, "Title") == "Admiral")
        #expect(rehearsal.hubspot(hubspot, "jobtitle") == "Admiral")
        #expect(summary.conflicts == 1)
        let history = try await rehearsal.store.history(
            hubspotID: hubspot,
            salesforceID: salesforce,
            limit: 20
        )
        let conflict = try #require(history.first { $0.kind == .conflict })
        #expect(conflict.reason == "Two-way: HubSpot is newer")
        #expect(conflict.salesforceValue.map { FieldValue(bytes: $0).text } == "Captain")
    }

    @Test func `a clear is an event under two-way and goes over`() async throws {
        let (rehearsal, hubspot, salesforce) = try await self.linked()
        try rehearsal.hubspotEdits(hubspot, ["jobtitle": "Countess"])
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        try rehearsal.salesforceEdits(salesforce, ["Title": ""])
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        #expect(rehearsal.hubspot(hubspot, "jobtitle") == "")
    }

    @Test func `always Salesforce reverts nothing into Salesforce`() async throws {
        let rehearsal = try await Rehearsal(rule: .alwaysSalesforce)
        _ = try await rehearsal.runner.sync()
        let salesforce = try rehearsal.salesforceCreates(
            "Contact",
            ["LastName": "Hopper", "Email": "grace@example.com"]
        )
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        let hubspot = try #require(rehearsal.contacts.first).id
        try rehearsal.salesforceEdits(salesforce, ["Title": "Admiral"])
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        try rehearsal.hubspotEdits(hubspot, ["jobtitle": "Captain"])
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        #expect(rehearsal.salesforce(salesforce, "Title") == "Admiral")
        #expect(rehearsal.hubspot(hubspot, "jobtitle") == "Admiral")
    }

    @Test func `after everything is in step an idle sync costs one call on each side`()
        async throws
    {
        let (rehearsal, _, _) = try await self.linked()
        rehearsal.wait(seconds: 900)
        try await rehearsal.restart()
        _ = try await rehearsal.runner.sync()
        rehearsal.wait(seconds: 900)
        try await rehearsal.restart()
        let before = rehearsal.billed
        let summary = try await rehearsal.runner.sync()
        let after = rehearsal.billed
        #expect(summary.updatedInHubSpot + summary.updatedInSalesforce == 0)
        for side in Side.allCases { #expect(after[side] == before[side].map { $0 + 1 }) }
    }

    @Test func `an existing contact with the same e-mail is linked, not created`() async throws {
        let rehearsal = try await Rehearsal()
        let existing = try rehearsal.salesforceCreates(
            "Contact",
            ["LastName": "Lovelace", "Email": "ADA@example.com"]
        )
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        let id = try rehearsal.hubspotCreates(["email": "ada@example.com", "jobtitle": "Countess"])
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        #expect(rehearsal.records("Contact").count == 1)
        #expect(rehearsal.salesforce(existing, "Title") == "Countess")
        #expect(rehearsal.hubspot(id, "lastname") == "Lovelace")
        #expect(rehearsal.hubspot(id, "sf_contact_key") == existing)
    }

    @Test func `two candidates are a finding, never a guess`() async throws {
        let rehearsal = try await Rehearsal()
        for name in ["One", "Two"] {
            try rehearsal.salesforceCreates(
                "Contact",
                ["LastName": "Lovelace \(name)", "Email": "ada@example.com"]
            )
        }
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        try rehearsal.hubspotCreates(["email": "ada@example.com", "lastname": "Lovelace"])
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        #expect(rehearsal.records("Contact").count == 2)
        #expect(try await rehearsal.findings().map(\.code) == [.ambiguousMatch])
    }

    @Test func `leads are created when the mapping says so`() async throws {
        let rehearsal = try await Rehearsal(createAs: "Lead")
        _ = try await rehearsal.runner.sync()
        let id = try rehearsal.hubspotCreates(["email": "ada@example.com", "lastname": "Lovelace"])
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        let lead = try #require(rehearsal.records("Lead").first)
        #expect(lead["Company"].text == "Unknown")
        #expect(rehearsal.hubspot(id, "sf_lead_key") == lead.id)
        #expect(rehearsal.records("Contact").isEmpty)
    }
}
