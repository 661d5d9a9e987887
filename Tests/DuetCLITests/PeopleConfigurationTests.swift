import CRMInterface
import DuetCLI
import MockHubSpot
import MockSalesforce
import SyncCore
import Testing

/// Row M04: fields that name people besides the owner.
struct PeopleConfigurationTests {
    private static func text(_ fields: String) -> String {
        """
        version: 1
        hubspot: {token: env:HUBSPOT_TOKEN}
        salesforce:
          oauth: {clientID: env:ID, clientSecret: env:SECRET}
        mappings:
          - hubspot: contacts
            fields:
              - {hubspot: email, salesforce: Email, rule: twoWay}
        \(fields)
        """
    }

    /// Accounts whose contacts have two people besides their owner, and a lookup to an account.
    private static func accounts() async throws -> MockAccounts {
        var portal = MockHubSpotSettings()
        for (name, fieldType) in [("csm", "select"), ("seller", "radio"), ("team", "checkbox")] {
            var property = MockHubSpotProperty(
                name,
                label: name,
                kind: .enumeration,
                fieldType: fieldType
            )
            property.refersToOwners = true
            property.isHubSpotDefined = false
            portal.objects[0].properties.append(property)
        }
        var settings = MockSalesforceSettings()
        for object in ["Contact", "Lead"] {
            for (name, target) in [
                ("CSM__c", "User"), ("Seller__c", "User"), ("Partner__c", "Account"),
            ] {
                var field = MockSalesforceCustomField(
                    object: object,
                    name: name,
                    label: name,
                    type: .reference
                )
                field.referenceTo = target
                field.childRelationshipName = object + name.dropLast(3)
                settings.customFields.append(field)
            }
        }
        return try await MockAccounts.described(settings, portal: portal)
    }

    private static func kinds(_ fields: String) async throws -> [FieldMapping.Kind] {
        let accounts = try await Self.accounts()
        let read = try ConfigurationReader.read(Self.text(fields), path: "duet.yaml")
        return try MappingCompiler.compile(
            read,
            hubspot: accounts.hubspot,
            salesforce: accounts.salesforce
        )[0].fields.map(\.kind)
    }

    @Test func `M04: both CRMs say which fields name people, any number of them`() async throws {
        let kinds = try await Self.kinds(
            """
                  - {hubspot: hubspot_owner_id, salesforce: OwnerId}
                  - {hubspot: csm, salesforce: CSM__c, rule: twoWay}
                  - {hubspot: seller, salesforce: Seller__c, rule: alwaysSalesforce}
            """
        )
        #expect(kinds == [.identity, .owner, .user, .user])
        // Whose record it is may stand elsewhere in HubSpot, and HubSpot's owner elsewhere in Salesforce.
        let crossed = try await Self.kinds(
            """
                  - {hubspot: csm, salesforce: OwnerId, rule: twoWay}
                  - {hubspot: hubspot_owner_id, salesforce: CSM__c, rule: twoWay}
            """
        )
        #expect(crossed == [.identity, .owner, .user])
        // As text it is HubSpot's id, as it was.
        let text = try await Self.kinds("      - {hubspot: csm, salesforce: Department}")
        #expect(text == [.identity, .plain])
    }

    @Test func `M04: a property of users that is mapped with another lookup is refused`()
        async throws
    {
        let accounts = try await Self.accounts()
        let other = try ConfigurationReader.read(
            Self.text("      - {hubspot: csm, salesforce: Partner__c}"),
            path: "duet.yaml"
        )
        let problems = accounts.problems(other)
        #expect(problems.count == 2)
        #expect(
            problems.first == "`csm` names users, but `Partner__c` is a lookup to Account."
        )
        // A property that takes several people has no lookup to go to.
        let several = try ConfigurationReader.read(
            Self.text("      - {hubspot: team, salesforce: CSM__c}"),
            path: "duet.yaml"
        )
        #expect(accounts.problems(several).first?.contains("does not fit `CSM__c`") == true)
    }
}
