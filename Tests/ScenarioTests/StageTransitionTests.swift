import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// Rows L01, L05 and A09: HubSpot's own settings move lifecycle stages by the deals that come from Salesforce.
struct StageTransitionTests {
    /// The mapping with one more field: the lifecycle stage, which goes both ways and forward only.
    private static func staged(_ mapping: ObjectMapping) -> ObjectMapping {
        var mapping = mapping
        mapping.hubspot.fields.append(
            .init(
                name: "lifecyclestage",
                shape: FieldShape(type: .singleChoice, choices: ValueOrder.lifecycle.values)
            )
        )
        for place in mapping.salesforce.indices {
            mapping.salesforce[place].fields.append(
                .init(name: "Description", shape: FieldShape(type: .text))
            )
        }
        mapping.fields.append(
            FieldMapping(
                index: mapping.fields.count,
                hubspot: "lifecyclestage",
                salesforce: "Description",
                rule: .twoWay,
                order: .lifecycle
            )
        )
        return mapping
    }

    /// An account with a contact, both in step, in a portal whose administrator has made all three settings.
    private static func rehearsal(
        _ change: (inout MockHubSpotLifecycleSettings) -> Void = { _ in }
    ) async throws -> (stage: Rehearsal, account: String, person: String) {
        var portal = MockHubSpotSettings()
        portal.lifecycle.dealMade = "opportunity"
        portal.lifecycle.dealWon = "customer"
        portal.lifecycle.companiesMoveContacts = true
        change(&portal.lifecycle)
        let time = ManualTime()
        let world = MockWorld(
            hubspot: MockHubSpot(settings: portal),
            salesforce: MockSalesforce(),
            time: time
        )
        let stage = try await Rehearsal(
            world: world,
            time: time,
            mapping: Self.staged(Rehearsal.companies()),
            others: [
                Self.staged(Rehearsal.referring(Rehearsal.mapping(), by: "associatedcompanyid")),
                Rehearsal.referring(Rehearsal.deals(), by: "hs_primary_associated_company"),
            ]
        )
        _ = try await stage.runner.sync()
        stage.wait()
        let account = try stage.salesforceCreates("Account", ["Name": "Acme"])
        let person = try stage.salesforceCreates(
            "Contact",
            [
                "LastName": "Roe", "Email": "roe@acme.test", "AccountId": account,
                "Description": "lead",
            ]
        )
        stage.wait()
        _ = try await stage.runner.sync()
        stage.wait()
        return (stage, account, person)
    }

    /// Every edit of a record's stage in Salesforce, in their order.
    private static func moves(_ stage: Rehearsal, _ id: String) -> [String] {
        stage.world.with { state, _ in
            state.salesforce.changes.filter { $0.recordID == id }.flatMap { change in
                change.fields.filter { $0.name == "Description" }.map { $0.after.text ?? "" }
            }
        }
    }

    /// Syncs until nothing is left, and says that one more sync writes nothing in either CRM.
    private static func settle(_ stage: Rehearsal) async throws {
        stage.wait()
        _ = try await stage.runner.sync()
        stage.wait()
        let writes = try await stage.writes()
        let before = stage.world.with { state, _ in
            (state.salesforce.changes.count, state.hubspot.changes(of: "contacts").count)
        }
        for _ in 0..<2 {
            stage.wait()
            #expect(try await stage.writes() == writes)
        }
        let after = stage.world.with { state, _ in
            (state.salesforce.changes.count, state.hubspot.changes(of: "contacts").count)
        }
        #expect(after == before)
        #expect(try await stage.findings().isEmpty)
        #expect(try await stage.openEntries() == 0)
    }

    @Test func `L01: a deal from Salesforce moves the stages in HubSpot, and these go back once`()
        async throws
    {
        let (stage, account, person) = try await Self.rehearsal()
        let company = try #require(stage.hubspotRecords("companies").first).id
        let contact = try #require(stage.contacts.first).id
        let opportunity = try stage.salesforceCreates(
            "Opportunity",
            [
                "Name": "Boat", "StageName": "Qualification", "CloseDate": "2026-12-01",
                "AccountId": account,
            ]
        )
        stage.wait()
        _ = try await stage.runner.sync()
        let deal = try #require(stage.hubspotRecords("deals").first)
        #expect(stage.company(of: deal.id, in: "deals") == company)
        try await Self.settle(stage)
        #expect(stage.hubspot(company, "lifecyclestage", of: "companies") == "opportunity")
        #expect(stage.hubspot(contact, "lifecyclestage") == "opportunity")
        #expect(Self.moves(stage, account) == ["opportunity"])
        #expect(Self.moves(stage, person) == ["lead", "opportunity"])
        try stage.salesforceEdits(opportunity, ["StageName": "Closed Won"])
        try await Self.settle(stage)
        #expect(stage.hubspot(company, "lifecyclestage", of: "companies") == "customer")
        #expect(stage.hubspot(contact, "lifecyclestage") == "customer")
        #expect(Self.moves(stage, account) == ["opportunity", "customer"])
        #expect(Self.moves(stage, person) == ["lead", "opportunity", "customer"])
        #expect(stage.hubspotRecords("deals").count == 1)
    }

    @Test func `L01: a second deal, or one that is lost, takes nobody back`() async throws {
        let (stage, account, person) = try await Self.rehearsal()
        for (name, status) in [("Boat", "Closed Won"), ("Oars", "Qualification")] {
            try stage.salesforceCreates(
                "Opportunity",
                [
                    "Name": name, "StageName": status, "CloseDate": "2026-12-01",
                    "AccountId": account,
                ]
            )
            try await Self.settle(stage)
        }
        let oars = stage.records("Opportunity").first { $0["Name"].text == "Oars" }
        try stage.salesforceEdits(try #require(oars).id, ["StageName": "Closed Lost"])
        try await Self.settle(stage)
        #expect(stage.hubspotRecords("deals").count == 2)
        #expect(stage.hubspotRecords("companies").map { $0["lifecyclestage"] } == ["customer"])
        #expect(stage.contacts.map { $0["lifecyclestage"] } == ["customer"])
        #expect(Self.moves(stage, account) == ["customer"])
        #expect(Self.moves(stage, person) == ["lead", "customer"])
    }

    @Test func `L05: an account's stage becomes its contacts', by HubSpot's setting or not at all`()
        async throws
    {
        let (stage, account, person) = try await Self.rehearsal()
        try stage.salesforceEdits(account, ["Description": "opportunity"])
        try await Self.settle(stage)
        #expect(stage.contacts.map { $0["lifecyclestage"] } == ["opportunity"])
        #expect(Self.moves(stage, person) == ["lead", "opportunity"])
        let (plain, other, contact) = try await Self.rehearsal { $0.companiesMoveContacts = false }
        try plain.salesforceEdits(other, ["Description": "opportunity"])
        try await Self.settle(plain)
        #expect(
            plain.hubspotRecords("companies").map { $0["lifecyclestage"] } == ["opportunity"]
        )
        #expect(plain.contacts.map { $0["lifecyclestage"] } == ["lead"])
        #expect(Self.moves(plain, contact) == ["lead"])
    }

    @Test func `A09: a contact that comes further leaves its company where it is`() async throws {
        let (stage, account, person) = try await Self.rehearsal()
        try stage.salesforceEdits(person, ["Description": "customer"])
        try await Self.settle(stage)
        #expect(stage.contacts.map { $0["lifecyclestage"] } == ["customer"])
        #expect(stage.hubspotRecords("companies").map { $0["lifecyclestage"] } == [nil])
        #expect(Self.moves(stage, account).isEmpty)
    }
}
