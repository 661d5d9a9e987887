import DuetCLI
import MockHubSpot
import MockSalesforce
import SyncCore
import Testing

/// `status`: what a file says of fields in which records tell how they stand.
struct StatusConfigurationTests {
    private static func text(_ status: String) -> String {
        """
        version: 1
        hubspot: {token: env:HUBSPOT_TOKEN}
        salesforce:
          oauth: {clientID: env:ID, clientSecret: env:SECRET}
        mappings:
          - hubspot: contacts
            salesforce: Contact
            status: \(status)
            fields:
              - {hubspot: lastname, salesforce: LastName, rule: twoWay}
        """
    }

    /// The org's fields: one that holds everything, a short one, and a picklist that lacks a value.
    private static func compiled(_ status: String) async throws -> ObjectMapping? {
        func field(_ name: String, _ type: MockFieldType = .string) -> MockSalesforceCustomField {
            MockSalesforceCustomField(object: "Contact", name: name, label: name, type: type)
        }
        var short = field("Short__c")
        short.length = 10
        var list = field("List__c", .picklist)
        list.isRestrictedPicklist = true
        list.picklistValues = ["In sync", "Waiting", "Error"]
        var formula = field("Formula__c")
        formula.calculation = .formula(["MailingCity"])
        var settings = MockSalesforceSettings()
        settings.customFields += [field("Status__c"), short, list, formula]
        let accounts = try await MockAccounts.described(settings)
        return try MappingCompiler.compile(
            try ConfigurationReader.read(Self.text(status), path: "duet.yaml"),
            hubspot: accounts.hubspot,
            salesforce: accounts.salesforce
        ).first
    }

    @Test func `fields are found by their names`() async throws {
        let mapping = try await Self.compiled(
            "{hubspot: {field: jobtitle}, salesforce: {page: Status__c}}"
        )
        #expect(
            mapping?.status
                == StatusFields(
                    hubspot: .init(status: "jobtitle"),
                    salesforce: .init(page: "Status__c")
                )
        )
    }

    @Test func `without it records tell nothing`() async throws {
        let text = Self.text("x").replacing("    status: x\n", with: "")
        let read = try ConfigurationReader.read(text, path: "duet.yaml")
        #expect(read.mappings.first?.status == nil)
    }

    @Test(arguments: [
        ("{}", "`status` names no field"),
        ("{hubspt: {field: jobtitle}}", "`hubspt`"),
        ("{hubspot: {fields: jobtitle}}", "`fields`"),
        ("{salesforce: {field: State__c}}", "has no field `State__c`"),
        ("{salesforce: {field: Short__c}}", "cannot hold what `status` writes"),
        ("{salesforce: {page: Short__c}}", "cannot hold what `status` writes"),
        ("{salesforce: {field: List__c}}", "does not have the choice `Not included`"),
        ("{salesforce: {field: Formula__c}}", "does not let the integration user write"),
        ("{hubspot: {field: lastname}}", "is synced, so it cannot"),
    ])
    func `mistakes are told with what to do`(status: String, says: String) async throws {
        do {
            _ = try await Self.compiled(status)
            Issue.record("nothing was said")
        } catch let problems as ConfigurationProblems {
            #expect(problems.problems.contains { $0.message.contains(says) }, "\(problems)")
        }
    }
}
