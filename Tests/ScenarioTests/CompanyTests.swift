import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import Testing

/// Rows of table 1D: companies and accounts.
struct CompanyTests {
    private static func rehearsal() async throws -> Rehearsal {
        try await Rehearsal(mapping: Rehearsal.companies())
    }

    @Test func `A02: a new account becomes a company, without a contact`() async throws {
        let stage = try await Self.rehearsal()
        _ = try await stage.runner.sync()
        stage.wait()
        let account = try stage.salesforceCreates(
            "Account",
            ["Name": "Acme", "Website": "https://acme.example", "NumberOfEmployees": "40"]
        )
        stage.wait()
        let summary = try await stage.runner.sync()
        #expect(summary.createdInHubSpot == 1)
        let company = try #require(stage.hubspotRecords("companies").first)
        #expect(company["name"] == "Acme")
        #expect(company["numberofemployees"] == "40")
        #expect(company["sf_account_key"] == account)
        #expect(stage.salesforce(account, "HubSpot_Record_ID__c") == company.id)
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.hubspotRecords("companies").count == 1)
    }

    @Test func `a new company becomes an account, and edits go both ways`() async throws {
        let stage = try await Self.rehearsal()
        _ = try await stage.runner.sync()
        stage.wait()
        let company = try stage.hubspotCreates("companies", ["name": "Acme", "phone": "+1 5"])
        stage.wait()
        _ = try await stage.runner.sync()
        let account = try #require(stage.records("Account").first)
        #expect(account["Phone"].text == "+1 5")
        stage.wait()
        try stage.hubspotEdits(company, of: "companies", ["phone": "+1 6"])
        try stage.salesforceEdits(account.id, ["Website": "acme.example"])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.salesforce(account.id, "Phone") == "+1 6")
        #expect(stage.hubspot(company, "website", of: "companies") == "acme.example")
        #expect(try await stage.findings().isEmpty)
    }

    @Test(arguments: [Side.hubspot, .salesforce])
    func `A04: a new record is matched by its name, whatever its case, and none is made`(
        side: Side
    ) async throws {
        let stage = try await Self.rehearsal()
        switch side {
        case .hubspot: try stage.salesforceCreates("Account", ["Name": "Acme Ltd"])
        case .salesforce: try stage.hubspotCreates("companies", ["name": "ACME ltd"])
        }
        stage.wait()
        _ = try await stage.runner.sync()
        stage.wait()
        switch side {
        case .hubspot: try stage.hubspotCreates("companies", ["name": "acme LTD", "phone": "1"])
        case .salesforce:
            try stage.salesforceCreates("Account", ["Name": "acme LTD", "Phone": "1"])
        }
        stage.wait()
        let summary = try await stage.runner.sync()
        #expect(summary.linked == 1)
        #expect(stage.records("Account").count == 1)
        #expect(stage.hubspotRecords("companies").count == 1)
    }

    /// As after a lost store: nobody looks for the key before the create, whose refusal tells of it.
    @Test func `the company that holds an account's key is its counterpart, whatever it is called`()
        async throws
    {
        let stage = try await Self.rehearsal()
        _ = try await stage.runner.sync()
        stage.wait()
        let account = try stage.salesforceCreates("Account", ["Name": "Acme", "Phone": "1"])
        let company = try stage.world.with { state, now in
            try state.hubspot.create(
                object: "companies",
                fields: [("name", "Acme International"), ("sf_account_key", account)],
                at: now
            )
        }
        stage.wait()
        let summary = try await stage.runner.sync()
        #expect(summary.linked == 1)
        #expect(stage.hubspotRecords("companies").map(\.id) == [company])
        #expect(stage.hubspot(company, "phone", of: "companies") == "1")
        #expect(stage.records("Account").map(\.id) == [account])
    }

    @Test func `two companies of one name are a question, not a guess`() async throws {
        let stage = try await Self.rehearsal()
        try stage.hubspotCreates("companies", ["name": "Acme"])
        try stage.hubspotCreates("companies", ["name": "acme"])
        stage.wait()
        _ = try await stage.runner.sync()
        stage.wait()
        let account = try stage.salesforceCreates("Account", ["Name": "Acme"])
        stage.wait()
        _ = try await stage.runner.sync()
        let finding = try #require(try await stage.findings().first)
        #expect(finding.code == .ambiguousMatch)
        #expect(finding.salesforceID == account)
        #expect(finding.details.count == 2)
        #expect(stage.records("Account").count == 1)
    }

    @Test
    func `a company with a namesake of its own side is not guessed to be the one that is meant`()
        async throws
    {
        let stage = try await Self.rehearsal()
        let first = try stage.hubspotCreates("companies", ["name": "Sparkasse"])
        let second = try stage.hubspotCreates("companies", ["name": "Sparkasse"])
        try stage.salesforceCreates("Account", ["Name": "Sparkasse"])
        stage.wait()
        _ = try await stage.runner.sync()
        stage.wait()
        try stage.hubspotEdits(second, of: "companies", ["phone": "+49"])
        stage.wait()
        let summary = try await stage.runner.sync()
        #expect(summary.linked == 0)
        let finding = try #require(try await stage.findings().first)
        #expect(finding.code == .ambiguousMatch)
        #expect(finding.hubspotID == second)
        #expect(finding.details.contains(first))
        #expect(stage.records("Account").map { $0["Phone"].text } == [nil])
    }

    @Test func `an issue that said why there is no counterpart ends when there is one`()
        async throws
    {
        let stage = try await Self.rehearsal()
        try stage.hubspotCreates("companies", ["name": "Acme"])
        try stage.hubspotCreates("companies", ["name": "Acme"])
        stage.wait()
        _ = try await stage.runner.sync()
        stage.wait()
        let account = try stage.salesforceCreates("Account", ["Name": "Acme"])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(try await stage.findings().map(\.code) == [.ambiguousMatch])
        try stage.salesforceEdits(account, ["Name": "Acme Nord"])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.hubspotRecords("companies").count == 3)
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `names with quotes are searched for within HubSpot's 3,000 characters`() async throws
    {
        let stage = try await Self.rehearsal()
        for number in 0..<150 {
            let name = "OOO \"A\" \"Romashka-\(number)\""
            for _ in 0..<3 { try stage.hubspotCreates("companies", ["name": name]) }
        }
        stage.wait()
        _ = try await stage.runner.sync()
        stage.wait()
        for number in 0..<150 {
            let name = "OOO \"A\" \"Romashka-\(number)\""
            try stage.salesforceCreates("Account", ["Name": name])
        }
        try stage.salesforceCreates("Account", ["Name": "Alone"])
        stage.wait()
        let summary = try await stage.runner.sync()
        #expect(summary.createdInHubSpot == 1)
        #expect(
            try await stage.findings().map(\.code) == Array(repeating: .ambiguousMatch, count: 150)
        )
    }

    @Test func `a name that thousands have holds up nobody else`() async throws {
        let stage = try await Self.rehearsal()
        for _ in 0..<2_500 { try stage.hubspotCreates("companies", ["name": "n/a"]) }
        try stage.hubspotCreates("companies", ["name": "Good"])
        stage.wait()
        _ = try await stage.runner.sync()
        stage.wait()
        try stage.salesforceCreates("Account", ["Name": "N/A"])
        try stage.salesforceCreates("Account", ["Name": "Good"])
        stage.wait()
        let summary = try await stage.runner.sync()
        #expect(summary.linked == 1)
        let finding = try #require(try await stage.findings().first)
        #expect(finding.code == .ambiguousMatch)
        #expect(finding.details.count == 20)
    }

    @Test func `an account without anything that names a company is told, not sent`() async throws {
        var mapping = Rehearsal.companies(match: [])
        mapping.fields[0].rule = .dontSync
        let stage = try await Rehearsal(mapping: mapping)
        _ = try await stage.runner.sync()
        stage.wait()
        try stage.salesforceCreates("Account", ["Name": "Acme"])
        stage.wait()
        _ = try await stage.runner.sync()
        let finding = try #require(try await stage.findings().first)
        #expect(finding.code == .missingRequiredField)
        #expect(finding.details == ["companies", "name", "domain"])
    }

    @Test func `C25: companies may be merged, and are one pair once their accounts are`()
        async throws
    {
        let stage = try await Rehearsal.everything()
        let firms = [try await stage.firm("Acme"), try await stage.firm("Acme Inc")]
        let person = try stage.salesforceCreates(
            "Contact",
            ["LastName": "Roe", "Email": "roe@acme.test", "AccountId": firms[1].salesforce]
        )
        for _ in 0..<2 { try await stage.plays() }
        let survivor = try stage.world.with { state, now in
            try state.hubspot.merge(
                firms[0].hubspot,
                with: firms[1].hubspot,
                object: "companies",
                at: now
            )
        }
        for _ in 0..<3 { try await stage.plays() }
        // Nothing is written to either account, and nobody lost one: people say which stays.
        #expect(stage.records("Account").count == 2)
        #expect(stage.salesforce(person, "AccountId") == firms[1].salesforce)
        #expect(Set(try await stage.findings().map(\.code)) == [.counterpartsMerged])
        try stage.world.with { state, now in
            try state.salesforce.merge(
                winner: firms[0].salesforce,
                losers: [firms[1].salesforce],
                at: now
            )
        }
        for _ in 0..<3 { try await stage.plays() }
        #expect(stage.hubspotRecords("companies").map(\.id) == [survivor])
        #expect(stage.records("Account").map(\.id) == [firms[0].salesforce])
        #expect(stage.hubspot(survivor, "sf_account_key", of: "companies") == firms[0].salesforce)
        #expect(stage.salesforce(person, "AccountId") == firms[0].salesforce)
        let contact = try #require(stage.contacts.first).id
        #expect(stage.company(of: contact) == survivor)
        try stage.hubspotEdits(survivor, of: "companies", ["name": "Acme Corp"])
        for _ in 0..<2 { try await stage.plays() }
        #expect(stage.salesforce(firms[0].salesforce, "Name") == "Acme Corp")
        #expect(try await stage.findings().isEmpty)
    }
}
