import DuetCLI
import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import Testing

/// M08: formulas and roll-up summaries, whose values move no stamp.
struct CalculatedFieldTests {
    private static let contacts = """
          - name: contacts
            hubspot: contacts
            salesforce: Contact
            createAs: contact
            fields:
              - {hubspot: email, salesforce: Email, rule: twoWay}
              - {hubspot: lastname, salesforce: LastName, rule: twoWay}
              - {hubspot: city, salesforce: MailingCity, rule: twoWay}
              - {hubspot: jobtitle, salesforce: Summary__c, rule: alwaysSalesforce}
        """

    private static let companies = """
          - name: companies
            hubspot: companies
            fields:
              - {hubspot: name, salesforce: Name, rule: twoWay}
              - {hubspot: annualrevenue, salesforce: Won__c, rule: alwaysSalesforce}
              - {hubspot: numberofemployees, salesforce: People__c, rule: alwaysSalesforce}
        """

    private static func org() -> MockSalesforceSettings {
        func field(
            _ object: String,
            _ name: String,
            _ type: MockFieldType,
            _ calculation: MockSalesforceCalculation
        ) -> MockSalesforceCustomField {
            var field = MockSalesforceCustomField(
                object: object,
                name: name,
                label: name,
                type: type
            )
            field.calculation = calculation
            return field
        }
        var settings = MockSalesforceSettings()
        settings.customFields += [
            field("Contact", "Summary__c", .string, .formula(["MailingCity", "Account.Industry"])),
            field(
                "Account",
                "Won__c",
                .currency,
                .rollUp(of: "Opportunity", by: "AccountId", sum: "Amount")
            ),
            field(
                "Account",
                "People__c",
                .double,
                .rollUp(of: "Contact", by: "AccountId", sum: nil)
            ),
        ]
        return settings
    }

    private static func rehearsal(_ mappings: String) async throws -> Rehearsal {
        let time = ManualTime()
        let world = MockWorld(
            hubspot: MockHubSpot(),
            salesforce: MockSalesforce(settings: Self.org()),
            time: time
        )
        let loaded = try await Rehearsal.loaded(mappings, world, time)
        var settings = RuntimeSettings()
        settings.sweeps = SweepSettings()
        let stage = try await Rehearsal(
            world: world,
            time: time,
            settings: settings,
            mapping: loaded.mappings[0],
            others: Array(loaded.mappings.dropFirst()),
            required: loaded.required
        )
        _ = try await stage.runner.sync()
        stage.wait()
        return stage
    }

    /// A poll reads the last minutes once more: what changes within them is seen whatever its stamp.
    private static func settles(_ stage: Rehearsal) async throws {
        for _ in 0..<2 { try await stage.plays() }
        stage.wait(seconds: 700)
        try await stage.plays()
    }

    private static func stamp(_ stage: Rehearsal, _ id: String) -> MockSalesforceValue? {
        stage.world.with { state, _ in state.salesforce.record(id)?["SystemModstamp"] }
    }

    @Test
    func `M08: a formula over another object's field is brought along by the next sweep`()
        async throws
    {
        let stage = try await Self.rehearsal(Self.contacts)
        let account = try stage.salesforceCreates(
            "Account",
            ["Name": "Acme", "Industry": "Retail"]
        )
        let person = try stage.salesforceCreates(
            "Contact",
            ["LastName": "Roe", "Email": "roe@acme.test", "AccountId": account]
        )
        try await Self.settles(stage)
        let contact = try #require(stage.contacts.first?.id)
        #expect(stage.hubspot(contact, "jobtitle") == "Retail")
        let stamp = Self.stamp(stage, person)
        try stage.salesforceEdits(account, ["Industry": "Energy"])
        stage.wait(seconds: 600)
        try await stage.plays()
        #expect(stage.salesforce(person, "Summary__c") == "Energy")
        #expect(Self.stamp(stage, person) == stamp)
        #expect(stage.hubspot(contact, "jobtitle") == "Retail")
        stage.wait(seconds: 86_400)
        try await stage.plays()
        #expect(stage.hubspot(contact, "jobtitle") == "Energy")
        #expect(try await stage.findings().isEmpty)
        #expect(try await stage.ledger() == stage.billed)
    }

    @Test func `M08: a formula over the record's own fields goes with the edit`() async throws {
        let stage = try await Self.rehearsal(Self.contacts)
        let contact = try stage.hubspotCreates(
            ["email": "roe@acme.test", "lastname": "Roe", "city": "Bern", "jobtitle": "Chief"]
        )
        for _ in 0..<2 { try await stage.plays() }
        let person = try #require(stage.records("Contact").first?.id)
        // HubSpot's own word never goes there, and Salesforce's is what HubSpot has.
        #expect(stage.salesforce(person, "Summary__c") == "Bern")
        #expect(stage.hubspot(contact, "jobtitle") == "Bern")
        try stage.salesforceEdits(person, ["MailingCity": "Thun"])
        try await stage.plays()
        #expect(stage.hubspot(contact, "city") == "Thun")
        #expect(stage.hubspot(contact, "jobtitle") == "Thun")
        try stage.hubspotEdits(contact, ["city": "Chur"])
        for _ in 0..<2 { try await stage.plays() }
        #expect(stage.hubspot(contact, "jobtitle") == "Chur")
        try stage.hubspotEdits(contact, ["jobtitle": "Chief"])
        for _ in 0..<2 { try await stage.plays() }
        #expect(stage.hubspot(contact, "jobtitle") == "Chur")
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `M08, G21: roll-up summaries are brought along by the next sweep`() async throws {
        let stage = try await Self.rehearsal(Self.companies)
        let account = try stage.salesforceCreates("Account", ["Name": "Acme"])
        try await Self.settles(stage)
        let company = try #require(stage.hubspotRecords("companies").first?.id)
        #expect(stage.hubspot(company, "numberofemployees", of: "companies") == "0")
        let stamp = Self.stamp(stage, account)
        for amount in ["90", "10.5"] {
            try stage.salesforceCreates(
                "Opportunity",
                [
                    "Name": amount, "StageName": "Prospecting", "CloseDate": "2026-12-01",
                    "Amount": amount, "AccountId": account,
                ]
            )
        }
        let person = try stage.salesforceCreates(
            "Contact",
            ["LastName": "Roe", "AccountId": account]
        )
        stage.wait(seconds: 600)
        try await stage.plays()
        #expect(Self.stamp(stage, account) == stamp)
        #expect(stage.hubspot(company, "annualrevenue", of: "companies") == "0")
        stage.wait(seconds: 86_400)
        try await stage.plays()
        #expect(stage.hubspot(company, "annualrevenue", of: "companies") == "101")
        #expect(stage.hubspot(company, "numberofemployees", of: "companies") == "1")
        try stage.world.with { state, now in try state.salesforce.delete(person, at: now) }
        stage.wait(seconds: 86_400)
        for _ in 0..<2 { try await stage.plays() }
        #expect(stage.hubspot(company, "numberofemployees", of: "companies") == "0")
        #expect(try await stage.findings().isEmpty)
    }

    @Test(arguments: ["twoWay", "preferHubSpot", "alwaysHubSpot"])
    func `M08: a rule that would write to a formula is refused with its line`(
        rule: String
    )
        async throws
    {
        let mapping = Self.contacts.replacing(
            "Summary__c, rule: alwaysSalesforce",
            with: "Summary__c, rule: \(rule)"
        )
        let error = await #expect(throws: ConfigurationProblems.self) {
            _ = try await Self.rehearsal(mapping)
        }
        let said = try #require(error?.problems.first)
        #expect(error?.problems.count == 1)
        #expect(said.message.contains("works out `Summary__c` by itself"))
        #expect(said.suggestion?.contains("alwaysSalesforce") == true)
    }
}
