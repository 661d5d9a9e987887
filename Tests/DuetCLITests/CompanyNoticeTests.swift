import DuetCLI
import SyncCore
import Testing

/// Leads beside accounts of companies that HubSpot made by itself.
struct CompanyNoticeTests {
    private static func notices(
        _ createAs: String,
        contacts: String = "both",
        companies: String? = "both"
    ) throws -> [String] {
        let mapped =
            companies.map { creates in
                """
                  - hubspot: companies
                    creates: \(creates)
                    fields:
                      - {hubspot: name, salesforce: Name, rule: twoWay}
                """
            } ?? ""
        let text = """
            version: 1
            hubspot: {token: env:HUBSPOT_TOKEN}
            salesforce:
              oauth: {clientID: env:ID, clientSecret: env:SECRET}
            mappings:
            \(mapped)
              - name: people
                hubspot: contacts
                createAs: \(createAs)
                creates: \(contacts)
                fields:
                  - {hubspot: email, salesforce: Email, rule: twoWay}
                  - {hubspot: lastname, salesforce: LastName, rule: twoWay}
                  - {hubspot: associatedcompanyid, salesforce: AccountId, rule: twoWay}
            """
        return CompanyNotices.texts(try ConfigurationReader.read(text, path: "duet.yaml"))
    }

    @Test
    func `C06: who makes leads beside accounts is told which setting of HubSpot's to look at`()
        throws
    {
        let said = try Self.notices("lead")
        #expect(said.count == 1)
        #expect(said.first?.hasPrefix("New people become leads, and new companies") == true)
        #expect(said.first?.contains("\"Create and associate companies with contacts\"") == true)
        let rule = "[{contact: {lifecyclestage: customer}}, lead]"
        #expect(try Self.notices(rule).count == 1)
        #expect(try Self.notices("lead", companies: "salesforce").count == 1)
    }

    @Test func `C06: nothing is said where no lead hides a company`() throws {
        #expect(try Self.notices("contact").isEmpty)
        #expect(try Self.notices("lead", companies: nil).isEmpty)
        #expect(try Self.notices("lead", companies: "hubspot").isEmpty)
        #expect(try Self.notices("lead", contacts: "hubspot").isEmpty)
        // Whose company is synced becomes a contact.
        let rule = "[{contact: {associatedcompanyid: synced}}, lead]"
        #expect(try Self.notices(rule).isEmpty)
    }

    @Test func `C06: what init writes says so where leads are chosen`() {
        let text = ConfigurationTemplate.text
        #expect(text.contains("whether it makes companies of contacts by itself"))
    }
}
