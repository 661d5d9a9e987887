import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// What belongs to a company belongs to its account, in whatever order they come.
struct ReferenceTests {
    private static let closeDate = String(20_000 * Int64(86_400_000))

    @Test func `an account and its contact come over at once, tied, and nothing is made twice`()
        async throws
    {
        let stage = try await Rehearsal.everything()
        let account = try stage.salesforceCreates("Account", ["Name": "Acme"])
        try stage.salesforceCreates(
            "Contact",
            ["LastName": "Roe", "Email": "roe@acme.test", "AccountId": account]
        )
        stage.wait()
        _ = try await stage.runner.sync()
        let company = try #require(stage.hubspotRecords("companies").first)
        let contact = try #require(stage.contacts.first)
        #expect(stage.company(of: contact.id) == company.id)
        // The new contact brought its tie along.
        #expect(try await stage.calls(to: "associationsWrite") == 0)
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.contacts.count == 1)
        #expect(stage.hubspotRecords("companies").count == 1)
        #expect(stage.records("Contact").count == 1)
        #expect(try await stage.findings().isEmpty)
        #expect(try await stage.store.waitingCount() == 0)
        #expect(try await stage.ledger() == stage.billed)
    }

    @Test func `a contact of a new company is made with its account, not before it`() async throws {
        let stage = try await Rehearsal.everything()
        let company = try stage.hubspotCreates("companies", ["name": "Acme"])
        let contact = try stage.hubspotCreates(["email": "roe@acme.test", "lastname": "Roe"])
        try stage.ties(contact, to: company)
        stage.wait()
        _ = try await stage.runner.sync()
        let account = try #require(stage.records("Account").first)
        let person = try #require(stage.records("Contact").first)
        #expect(person["AccountId"].text == account.id)
        let first = stage.world.with { state, _ in
            state.salesforce.changes.first { $0.recordID == person.id }
        }
        #expect(first?.fields.first { $0.name == "AccountId" }?.after.text == account.id)
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `deals and tickets go with their company`() async throws {
        let stage = try await Rehearsal.everything()
        let company = try stage.hubspotCreates("companies", ["name": "Acme"])
        let deal = try stage.hubspotCreates(
            "deals",
            [
                "dealname": "Boat", "pipeline": "default", "dealstage": "qualifiedtobuy",
                "closedate": Self.closeDate,
            ]
        )
        try stage.ties(deal, of: "deals", to: company)
        stage.wait()
        _ = try await stage.runner.sync()
        let account = try #require(stage.records("Account").first).id
        #expect(stage.records("Opportunity").map { $0["AccountId"].text } == [account])
        stage.wait()
        let made = try stage.salesforceCreates(
            "Case",
            ["Subject": "It leaks", "Status": "New", "AccountId": account]
        )
        stage.wait()
        _ = try await stage.runner.sync()
        let ticket = try #require(stage.hubspotRecords("tickets").first)
        #expect(stage.company(of: ticket.id, in: "tickets") == company)
        #expect(ticket["sf_case_key"] == made)
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `a contact that moves to another account gets that company, and keeps the old one`()
        async throws
    {
        let stage = try await Rehearsal.everything()
        let first = try stage.salesforceCreates("Account", ["Name": "Acme"])
        let second = try stage.salesforceCreates("Account", ["Name": "Bolt"])
        let person = try stage.salesforceCreates(
            "Contact",
            ["LastName": "Roe", "Email": "roe@acme.test", "AccountId": first]
        )
        stage.wait()
        _ = try await stage.runner.sync()
        let contact = try #require(stage.contacts.first).id
        let acme = try #require(stage.company(of: contact))
        stage.wait()
        try stage.salesforceEdits(person, ["AccountId": second, "Title": "CEO"])
        stage.wait()
        _ = try await stage.runner.sync()
        let bolt = stage.hubspotRecords("companies").first { $0["name"] == "Bolt" }?.id
        #expect(stage.company(of: contact) == bolt)
        #expect(stage.companies(of: contact).contains(acme))
        #expect(stage.hubspot(contact, "jobtitle") == "CEO")
        stage.wait()
        try stage.salesforceEdits(person, ["AccountId": ""])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.company(of: contact) == nil)
        #expect(stage.companies(of: contact) == [acme])
        #expect(stage.salesforce(person, "AccountId") == "")
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `another primary company becomes another account`() async throws {
        var settings = MockHubSpotSettings()
        settings.tiesMoveStamps = true
        let stage = try await Rehearsal.everything(settings: settings)
        let acme = try stage.hubspotCreates("companies", ["name": "Acme"])
        let contact = try stage.hubspotCreates(["email": "roe@acme.test", "lastname": "Roe"])
        stage.wait()
        _ = try await stage.runner.sync()
        stage.wait()
        try stage.ties(contact, to: acme)
        try stage.hubspotEdits(contact, ["jobtitle": "CEO"])
        stage.wait()
        _ = try await stage.runner.sync()
        let account = try #require(stage.records("Account").first).id
        #expect(stage.records("Contact").map { $0["AccountId"].text } == [account])
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `what is tied to a company that cannot be synced goes without, and gets it later`()
        async throws
    {
        let stage = try await Rehearsal.everything()
        // Salesforce demands a name.
        let company = try stage.hubspotCreates("companies", ["domain": "acme.test"])
        let contact = try stage.hubspotCreates(["email": "roe@acme.test", "lastname": "Roe"])
        try stage.ties(contact, to: company)
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.records("Account").isEmpty)
        #expect(stage.records("Contact").map { $0["AccountId"].text } == [nil])
        #expect(try await stage.findings().map(\.code) == [.missingRequiredField])
        #expect(try await stage.store.waitingCount() == 1)
        stage.wait()
        try stage.hubspotEdits(company, of: "companies", ["name": "Acme"])
        stage.wait()
        _ = try await stage.runner.sync()
        let account = try #require(stage.records("Account").first).id
        #expect(stage.records("Contact").map { $0["AccountId"].text } == [account])
        #expect(try await stage.findings().isEmpty)
        #expect(try await stage.store.waitingCount() == 0)
    }

    @Test func `people before their companies: a backfill brings the ties with the companies`()
        async throws
    {
        let stage = try await Rehearsal.everything()
        for number in 0..<10 {
            let account = try stage.salesforceCreates("Account", ["Name": "Firm \(number)"])
            for person in 0..<3 {
                try stage.salesforceCreates(
                    "Contact",
                    [
                        "LastName": "P\(person)", "Email": "p\(person)@firm\(number).test",
                        "AccountId": account,
                    ]
                )
            }
        }
        stage.wait()
        _ = try await stage.runner.backfillAndPush("contacts")
        #expect(stage.contacts.count == 30)
        #expect(stage.contacts.allSatisfy { stage.companies(of: $0.id).isEmpty })
        stage.wait()
        _ = try await stage.runner.backfillAndPush("companies")
        let names = Dictionary(stage.hubspotRecords("companies").map { ($0.id, $0["name"] ?? "") })
        {
            one,
            _ in one
        }
        for contact in stage.contacts {
            let company = try #require(stage.company(of: contact.id))
            let number = try #require(names[company]?.split(separator: " ").last)
            #expect(contact["email"]?.hasSuffix("@firm\(number).test") == true)
        }
        stage.wait()
        let summary = try await stage.runner.sync()
        #expect(stage.contacts.count == 30)
        #expect(summary.findingsRaised == 0)
    }

    @Test func `people who are matched before their companies differ in nothing`() async throws {
        let stage = try await Rehearsal.everything()
        let account = try stage.salesforceCreates("Account", ["Name": "Acme"])
        try stage.salesforceCreates(
            "Contact",
            ["LastName": "Roe", "Email": "roe@acme.test", "AccountId": account]
        )
        let company = try stage.hubspotCreates("companies", ["name": "Acme"])
        let contact = try stage.hubspotCreates(["email": "roe@acme.test", "lastname": "Roe"])
        try stage.ties(contact, to: company)
        stage.wait()
        _ = try await stage.runner.backfillAndPush("contacts")
        #expect(try await stage.findings().isEmpty)
        _ = try await stage.runner.backfillAndPush("companies")
        stage.wait(seconds: 1_200)
        _ = try await stage.runner.sync()
        #expect(try await stage.findings().isEmpty)
        #expect(stage.company(of: contact) == company)
        #expect(stage.records("Account").count == 1)
    }

    @Test func `a plan shows those who wait for a parent that is only planned`() async throws {
        let stage = try await Rehearsal.everything()
        let account = try stage.salesforceCreates("Account", ["Name": "Acme"])
        try stage.salesforceCreates(
            "Contact",
            ["LastName": "Roe", "Email": "roe@acme.test", "AccountId": account]
        )
        try stage.salesforceCreates(
            "Opportunity",
            [
                "Name": "Boat", "StageName": "Prospecting", "CloseDate": "2026-12-01",
                "AccountId": account,
            ]
        )
        stage.wait()
        _ = try await stage.runner.preview()
        #expect(try await stage.openEntries() == 3)
    }

    @Test func `D04: companies that are synced late strip no account`() async throws {
        let stage = try await Rehearsal.everything()
        let account = try stage.salesforceCreates("Account", ["Name": "Acme"])
        let person = try stage.salesforceCreates(
            "Contact",
            ["LastName": "Roe", "Email": "roe@acme.test", "AccountId": account]
        )
        let lone = try stage.hubspotCreates("companies", ["domain": "other.test"])
        let contact = try stage.hubspotCreates(["email": "roe@acme.test", "lastname": "Roe"])
        try stage.ties(contact, to: lone)
        stage.wait()
        for number in 0..<3 {
            _ = try await stage.runner.sync()
            stage.wait()
            try stage.hubspotEdits(contact, ["jobtitle": "J \(number)"])
            stage.wait()
        }
        #expect(stage.salesforce(person, "AccountId") == account)
        #expect(stage.company(of: contact) == lone)
    }

    @Test func `a company that is deleted strips no account`() async throws {
        let stage = try await Rehearsal.everything()
        let account = try stage.salesforceCreates("Account", ["Name": "Acme"])
        let person = try stage.salesforceCreates(
            "Contact",
            ["LastName": "Roe", "Email": "roe@acme.test", "AccountId": account]
        )
        stage.wait()
        _ = try await stage.runner.sync()
        let company = try #require(stage.hubspotRecords("companies").first).id
        let contact = try #require(stage.contacts.first).id
        stage.wait()
        try stage.world.with { state, now in
            try state.hubspot.archive(company, object: "companies", at: now)
        }
        try stage.hubspotEdits(contact, ["jobtitle": "CEO"])
        stage.wait(seconds: 4_000)
        _ = try await stage.runner.sync()
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.salesforce(person, "Title") == "CEO")
        #expect(stage.salesforce(person, "AccountId") == account)
        #expect(try await stage.findings().map(\.code) == [.counterpartDeleted])
        let calls = stage.billed
        stage.wait(seconds: 30)
        _ = try await stage.runner.sync()
        #expect(stage.billed[.hubspot] == calls[.hubspot].map { $0 + 4 })
        #expect(stage.billed[.salesforce] == calls[.salesforce].map { $0 + 1 })
    }

    @Test func `a new contact of an account whose company was deleted is made without it`()
        async throws
    {
        let stage = try await Rehearsal.everything()
        let account = try stage.salesforceCreates("Account", ["Name": "Acme"])
        stage.wait()
        _ = try await stage.runner.sync()
        let company = try #require(stage.hubspotRecords("companies").first).id
        stage.wait()
        try stage.world.with { state, now in
            try state.hubspot.archive(company, object: "companies", at: now)
        }
        let person = try stage.salesforceCreates(
            "Contact",
            ["LastName": "Roe", "Email": "roe@acme.test", "AccountId": account]
        )
        stage.wait()
        _ = try await stage.runner.sync()
        stage.wait(seconds: 1_000)
        _ = try await stage.runner.sync()
        #expect(stage.contacts.map { $0["email"] } == ["roe@acme.test"])
        #expect(stage.salesforce(person, "AccountId") == account)
        #expect(try await stage.findings().map(\.code) == [.counterpartDeleted])
        #expect(stage.records("Contact").count == 1)
    }

    @Test func `what a record no longer waits for is forgotten`() async throws {
        let stage = try await Rehearsal.everything()
        let nameless = try stage.hubspotCreates("companies", ["domain": "acme.test"])
        let contact = try stage.hubspotCreates(["email": "roe@acme.test", "lastname": "Roe"])
        try stage.ties(contact, to: nameless)
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(try await stage.store.waitingCount() == 1)
        let named = try stage.hubspotCreates("companies", ["name": "Bolt"])
        try stage.ties(contact, to: named)
        try stage.hubspotEdits(contact, ["jobtitle": "CEO"])
        stage.wait()
        _ = try await stage.runner.sync()
        let account = try #require(stage.records("Account").first).id
        #expect(stage.records("Contact").map { $0["AccountId"].text } == [account])
        #expect(try await stage.store.waitingCount() == 0)
    }

    @Test func `a company from which a person takes a contact is taken from the account too`()
        async throws
    {
        let stage = try await Rehearsal.everything()
        let account = try stage.salesforceCreates("Account", ["Name": "Acme"])
        let person = try stage.salesforceCreates(
            "Contact",
            ["LastName": "Roe", "Email": "roe@acme.test", "AccountId": account]
        )
        stage.wait()
        _ = try await stage.runner.sync()
        let contact = try #require(stage.contacts.first).id
        let company = try #require(stage.company(of: contact))
        stage.wait()
        try stage.world.with { state, _ in
            try state.hubspot.untie(contact, of: "contacts", from: company, of: "companies")
        }
        try stage.hubspotEdits(contact, ["jobtitle": "CEO"])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.salesforce(person, "AccountId") == "")
        #expect(stage.salesforce(person, "Title") == "CEO")
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `parents go over both ways, whatever comes first, and follow changes`() async throws
    {
        let stage = try await Rehearsal.everything()
        let child = try stage.salesforceCreates("Account", ["Name": "Child"])
        let parent = try stage.salesforceCreates("Account", ["Name": "Parent"])
        try stage.salesforceEdits(child, ["ParentId": parent])
        stage.wait()
        _ = try await stage.runner.sync()
        func company(_ name: String) -> String {
            stage.hubspotRecords("companies").first { $0["name"] == name }?.id ?? ""
        }
        #expect(stage.parent(of: company("Child")) == company("Parent"))
        #expect(stage.hubspotRecords("companies").count == 2)
        stage.wait()
        let other = try stage.salesforceCreates("Account", ["Name": "Other"])
        try stage.salesforceEdits(child, ["ParentId": other])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.parent(of: company("Child")) == company("Other"))
        stage.wait()
        let (above, below) = (company("Parent"), company("Child"))
        try stage.world.with { state, _ in try state.hubspot.setParent(above, of: below) }
        try stage.hubspotEdits(company("Child"), of: "companies", ["phone": "1"])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.salesforce(child, "ParentId") == parent)
        stage.wait()
        try stage.salesforceEdits(child, ["ParentId": ""])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.parent(of: company("Child")) == nil)
        #expect(try await stage.findings().isEmpty)
    }
}
