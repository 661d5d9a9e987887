import CRMInterface
import DuetCLI
import HubSpotConnector
import MockHubSpot
import MockSalesforce
import SalesforceConnector
import SyncCore
import Testing

/// What `duet doctor` finds where one right is missing: that one, and nothing else.
struct DoctorTests {
    private static let text = """
        version: 1
        hubspot: {token: env:HUBSPOT_TOKEN}
        salesforce:
          oauth: {clientID: env:ID, clientSecret: env:SECRET}
        mappings:
          - hubspot: contacts
            salesforce: Contact
            deletes: {fromHubSpot: delete}
            fields:
              - {hubspot: lastname, salesforce: LastName, rule: twoWay}
              - {hubspot: jobtitle, salesforce: Title, rule: twoWay}
              - {hubspot: hubspot_owner_id, salesforce: OwnerId, rule: twoWay}
          - hubspot: tickets
            salesforce: Case
            fields:
              - {hubspot: subject, salesforce: Subject, rule: twoWay}
        """

    private static let scopes = [
        "crm.objects.contacts.read", "crm.objects.contacts.write", "crm.objects.owners.read",
        "tickets",
    ]

    private static func found(
        scopes: [String] = Self.scopes,
        _ change: (inout MockSalesforceProfile) -> Void = { _ in }
    ) async throws -> [String] {
        var profile = MockSalesforceProfile(
            name: "Integration",
            permissions: [.apiEnabled, .viewSetup]
        )
        change(&profile)
        var settings = MockSalesforceSettings()
        settings.permissions = MockSalesforcePermissions(profiles: [profile])
        var portal = MockHubSpotSettings()
        portal.apps[0].scopes = scopes
        let (hubspot, salesforce) = try await MockAccounts.connected(settings, portal: portal)
        let doctor = Doctor(try ConfigurationReader.read(Self.text, path: "duet.yaml"))
        let found =
            doctor.examine(hubspot: try await hubspot.rights())
            + doctor.examine(salesforce: try await salesforce.rights(on: doctor.objects))
        return found.map { "\($0.code.rawValue) \($0.subject)" }
    }

    @Test func `where every right is given nothing is found`() async throws {
        #expect(try await Self.found() == [])
    }

    @Test(arguments: Self.scopes)
    func `a scope that is missing is named`(scope: String) async throws {
        #expect(
            try await Self.found(scopes: Self.scopes.filter { $0 != scope }) == [
                "missingScope \(scope)"
            ]
        )
    }

    @Test(arguments: [
        (MockSalesforceObjectAccess(isCreateable: false), "createNotAllowed"),
        (MockSalesforceObjectAccess(isEditable: false), "editNotAllowed"),
        (MockSalesforceObjectAccess(isDeletable: false), "deleteNotAllowed"),
        (.none, "objectNotVisible"),
    ])
    func `a right on an object that is missing is named`(
        access: MockSalesforceObjectAccess,
        code: String
    ) async throws {
        #expect(try await Self.found { $0.objects["Contact"] = access } == ["\(code) Contact"])
    }

    @Test func `a field that cannot be seen is named`() async throws {
        #expect(
            try await Self.found { $0.hiddenFields = ["Contact.Title"] } == [
                "fieldNotVisible Contact.Title"
            ]
        )
    }

    @Test func `a field that cannot be written is named`() async throws {
        #expect(
            try await Self.found { $0.readOnlyFields = ["Contact.Title"] }
                == ["fieldNotEditable Contact.Title"]
        )
    }

    @Test func `a right on the org that is missing is named`() async throws {
        #expect(
            try await Self.found { $0.permissions = [.apiEnabled] }
                == ["setupNotVisible View Setup and Configuration"]
        )
    }
}
