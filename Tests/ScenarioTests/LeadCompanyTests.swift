import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// Row C06: leads beside companies, and what becomes of both when a lead is converted.
struct LeadCompanyTests {
    /// A contact of a company, synced as a lead; its company is synced where `creates` lets it.
    private static func rehearsal(
        makesAccounts: Bool
    ) async throws -> (stage: Rehearsal, company: String, contact: String, lead: String) {
        var companies = Rehearsal.companies()
        companies.createsInSalesforce = makesAccounts
        let stage = try await Rehearsal(
            mapping: companies,
            others: [
                Rehearsal.referring(
                    Rehearsal.mapping(createAs: "Lead"),
                    by: "associatedcompanyid"
                )
            ]
        )
        _ = try await stage.runner.sync()
        stage.wait()
        let company = try stage.hubspotCreates("companies", ["name": "Acme"])
        let contact = try stage.hubspotCreates([
            "email": "roe@acme.test", "lastname": "Roe", "company": "Acme",
        ])
        try stage.ties(contact, to: company)
        try await Self.settle(stage)
        let lead = try #require(stage.records("Lead").first).id
        #expect(stage.records("Account").count == (makesAccounts ? 1 : 0))
        return (stage, company, contact, lead)
    }

    private static func settle(_ stage: Rehearsal) async throws {
        for _ in 0..<2 {
            stage.wait()
            _ = try await stage.runner.sync()
        }
        stage.wait()
        let writes = try await stage.writes()
        stage.wait()
        #expect(try await stage.writes() == writes)
        #expect(try await stage.openEntries() == 0)
    }

    @Test func `C06: a lead that is converted with a new account ends with one company`()
        async throws
    {
        let (stage, company, contact, lead) = try await Self.rehearsal(makesAccounts: false)
        let converted = try stage.world.with { state, now in
            try state.salesforce.convert(lead: lead, at: now)
        }
        try await Self.settle(stage)
        #expect(stage.hubspotRecords("companies").map(\.id) == [company])
        #expect(stage.hubspot(company, "sf_account_key", of: "companies") == converted.accountID)
        #expect(stage.records("Account").count == 1)
        #expect(stage.contacts.map(\.id) == [contact])
        #expect(stage.company(of: contact) == company)
        #expect(stage.hubspot(contact, "sf_contact_key") == converted.contactID)
        #expect(stage.salesforce(converted.contactID, "AccountId") == converted.accountID)
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `C06: a lead that is converted with its company's account ends with one company`()
        async throws
    {
        let (stage, company, contact, lead) = try await Self.rehearsal(makesAccounts: true)
        let account = try #require(stage.records("Account").first).id
        let converted = try stage.world.with { state, now in
            try state.salesforce.convert(lead: lead, accountID: account, at: now)
        }
        try await Self.settle(stage)
        #expect(stage.hubspotRecords("companies").map(\.id) == [company])
        #expect(stage.records("Account").map(\.id) == [account])
        #expect(stage.company(of: contact) == company)
        #expect(stage.salesforce(converted.contactID, "AccountId") == account)
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `C06: a second account of a synced company makes no second company, and is told`()
        async throws
    {
        let (stage, company, contact, lead) = try await Self.rehearsal(makesAccounts: true)
        let first = try #require(stage.records("Account").first).id
        let converted = try stage.world.with { state, now in
            try state.salesforce.convert(lead: lead, at: now)
        }
        try await Self.settle(stage)
        #expect(converted.accountID != first)
        #expect(stage.hubspotRecords("companies").map { $0["sf_account_key"] } == [first])
        #expect(stage.company(of: contact) == company)
        #expect(stage.records("Account").count == 2)
        let findings = try await stage.findings()
        #expect(findings.map(\.code) == [.alreadyLinked])
        #expect(findings.map(\.salesforceID) == [converted.accountID])
    }
}
