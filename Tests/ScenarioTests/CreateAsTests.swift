import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import Testing

/// S04: one HubSpot contact becomes a lead, another one a contact.
struct CreateAsTests {
    /// Contacts with a property that is only looked at, and the company as their account.
    private static func mapping() -> ObjectMapping {
        var mapping = Rehearsal.referring(Rehearsal.mapping(), by: "associatedcompanyid")
        let stage = mapping.fields.count
        let choices = ["lead", "opportunity", "customer"]
        mapping.hubspot.fields.append(
            .init(
                name: "lifecyclestage",
                shape: FieldShape(type: .singleChoice, choices: choices)
            )
        )
        for place in mapping.salesforce.indices { mapping.salesforce[place].fields.append(nil) }
        mapping.fields.append(
            FieldMapping(index: stage, hubspot: "lifecyclestage", salesforce: "", rule: .dontSync)
        )
        mapping.createAs = "Lead"
        mapping.createRules = [
            CreateRule(
                object: "Contact",
                conditions: [.oneOf(index: stage, values: ["opportunity", "customer"])]
            ),
            CreateRule(object: "Contact", conditions: [.isSynced(index: stage - 1)]),
        ]
        return mapping
    }

    private static func rehearsal() async throws -> Rehearsal {
        let stage = try await Rehearsal(
            mapping: Rehearsal.companies(),
            others: [Self.mapping()]
        )
        _ = try await stage.runner.sync()
        stage.wait()
        return stage
    }

    @Test func `S04: customers become contacts and all others leads`() async throws {
        let stage = try await Self.rehearsal()
        let new = ["lead": "Ann", "customer": "Bo", "opportunity": "Cy"]
        for (value, name) in new.sorted(by: { $0.key < $1.key }) {
            try stage.hubspotCreates([
                "email": "\(name)@x.test", "lastname": name, "company": "Acme",
                "lifecyclestage": value,
            ])
        }
        stage.wait()
        let summary = try await stage.runner.sync()
        #expect(summary.createdInSalesforce == 3)
        #expect(stage.records("Lead").map { $0["LastName"].text } == ["Ann"])
        #expect(Set(stage.records("Contact").map { $0["LastName"].text }) == ["Bo", "Cy"])
        stage.wait()
        // It is asked for new records only: a lead that buys is converted by people.
        let ann = try #require(stage.contacts.first { $0["lastname"] == "Ann" })
        try stage.hubspotEdits(ann.id, ["lifecyclestage": "customer", "jobtitle": "CEO"])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.records("Lead").map { $0["Title"].text } == ["CEO"])
        #expect(stage.records("Contact").count == 2)
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `S04: who belongs to a synced company becomes a contact of its account`()
        async throws
    {
        let stage = try await Self.rehearsal()
        let company = try stage.hubspotCreates("companies", ["name": "Acme"])
        let ann = try stage.hubspotCreates(["email": "ann@x.test", "lastname": "Ann"])
        try stage.ties(ann, to: company)
        try stage.hubspotCreates(["email": "bo@x.test", "lastname": "Bo", "company": "Bo Ltd"])
        stage.wait()
        _ = try await stage.runner.sync()
        let account = try #require(stage.records("Account").first)
        let contacts = stage.records("Contact")
        #expect(contacts.map { $0["LastName"].text } == ["Ann"])
        #expect(contacts.map { $0["AccountId"].text } == [account.id])
        #expect(stage.records("Lead").map { $0["LastName"].text } == ["Bo"])
    }

    @Test func `S04: a rule makes nobody twice: who is there already is matched as what he is`()
        async throws
    {
        let stage = try await Self.rehearsal()
        let lead = try stage.salesforceCreates(
            "Lead",
            ["Email": "ann@x.test", "LastName": "Ann", "Company": "Acme"]
        )
        try stage.hubspotCreates([
            "email": "ann@x.test", "lastname": "Ann", "lifecyclestage": "customer",
        ])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.records("Lead").map(\.id) == [lead])
        #expect(stage.records("Contact").isEmpty)
        #expect(stage.contacts.count == 1)
    }
}
