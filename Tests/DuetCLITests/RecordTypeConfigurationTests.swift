import DuetCLI
import MockSalesforce
import SyncCore
import Testing

/// Record types stand in the file by their names.
struct RecordTypeConfigurationTests {
    private static func text(_ field: String) -> String {
        """
        version: 1
        hubspot: {token: env:HUBSPOT_TOKEN}
        salesforce:
          oauth: {clientID: env:ID, clientSecret: env:SECRET}
        mappings:
          - hubspot: deals
            fields:
              - {hubspot: dealname, salesforce: Name, rule: twoWay}
              - {hubspot: dealtype, salesforce: RecordTypeId, rule: twoWay\(field)}
        """
    }

    private static func accounts() async throws -> MockAccounts {
        var settings = MockSalesforceSettings()
        settings.recordTypes = [
            MockSalesforceRecordType(object: "Opportunity", name: "New Deal"),
            MockSalesforceRecordType(object: "Opportunity", name: "Renewal"),
        ]
        return try await MockAccounts.described(settings)
    }

    @Test func `C27: a record type is found by its name`() async throws {
        let accounts = try await Self.accounts()
        let field = ", values: {newbusiness: New Deal, existingbusiness: Renewal}"
        let read = try ConfigurationReader.read(Self.text(field), path: "duet.yaml")
        let compiled = try MappingCompiler.compile(
            read,
            hubspot: accounts.hubspot,
            salesforce: accounts.salesforce
        )
        let deals = try #require(compiled.first)
        #expect(
            deals.fields[1].values == [
                .init(hubspot: "newbusiness", salesforce: MockSalesforceRecordType.id(0)),
                .init(hubspot: "existingbusiness", salesforce: MockSalesforceRecordType.id(1)),
            ]
        )
        #expect(deals.fields[1].rejectsUnlisted)
    }

    @Test(arguments: [
        (", values: {newbusiness: Renewals}", "Did you mean `Renewal`?"),
        ("", "List them under `values`"),
    ])
    func `what the org does not have is told before anything is synced`(
        field: String,
        says: String
    ) async throws {
        let read = try ConfigurationReader.read(Self.text(field), path: "duet.yaml")
        let accounts = try await Self.accounts()
        let error = #expect(throws: ConfigurationProblems.self) {
            try MappingCompiler.compile(
                read,
                hubspot: accounts.hubspot,
                salesforce: accounts.salesforce
            )
        }
        let said = try #require(error?.problems.first)
        #expect(error?.problems.count == 1)
        #expect(said.suggestion?.contains(says) == true, "\(said)")
    }
}
