import CRMInterface
import DuetCLI
import HubSpotConnector
import MockHubSpot
import MockSalesforce
import SalesforceConnector
import SimulationKit
import SyncCore
import Testing

/// A configuration that needs a right of every kind, and both CRMs with just those that it needs.
enum DoctorStage {
    static let text = """
        version: 1
        hubspot: {token: env:HUBSPOT_TOKEN}
        salesforce:
          oauth: {clientID: env:ID, clientSecret: env:SECRET}
        mappings:
          - hubspot: contacts
            salesforce: [Contact, Lead]
            createAs: lead
            deletes: {fromHubSpot: delete}
            include:
              segment: Customers
              salesforce: {LeadSource: any}
            status:
              salesforce: {field: Duet_Status__c}
            fields:
              - {hubspot: lastname, salesforce: LastName, rule: twoWay}
              - {hubspot: jobtitle, salesforce: Title, rule: twoWay}
              - {hubspot: company, salesforce: Company, rule: twoWay}
              - {hubspot: hubspot_owner_id, salesforce: OwnerId, rule: twoWay}
          - hubspot: companies
            fields:
              - {hubspot: name, salesforce: Name, rule: twoWay}
              - {hubspot: industry, salesforce: Industry, rule: alwaysSalesforce}
          - hubspot: deals
            relations:
              - {with: contacts, through: OpportunityContactRole, labels: {Decider: Decision Maker}}
            fields:
              - {hubspot: dealname, salesforce: Name, rule: twoWay}
              - {hubspot: amount, salesforce: Amount, rule: preferSalesforce}
              - {hubspot: createdate, salesforce: CreatedDate, rule: preferSalesforce}
          - hubspot: tickets
            fields:
              - {hubspot: subject, salesforce: Subject, rule: twoWay}
          - hubspot: tasks
            taskType: Other
            fields:
              - {hubspot: hs_task_subject, salesforce: Subject, rule: twoWay}
          - hubspot: emails
            creates: hubspot
            fields:
              - {hubspot: hs_email_subject, salesforce: Subject, rule: alwaysSalesforce}
          - hubspot: meetings
            fields:
              - {hubspot: hs_meeting_title, salesforce: Subject, rule: twoWay}
          - name: cars
            hubspot: cars
            salesforce: Car__c
            fields:
              - {hubspot: vin, salesforce: VIN__c, rule: alwaysHubSpot}
        """

    static let scopes = [
        "crm.lists.read", "crm.objects.companies.read", "crm.objects.companies.write",
        "crm.objects.contacts.read", "crm.objects.contacts.write", "crm.objects.custom.read",
        "crm.objects.custom.write", "crm.objects.deals.read", "crm.objects.deals.write",
        "crm.objects.owners.read", "crm.schemas.custom.read", "sales-email-read", "tickets",
    ]

    static let objects = [
        "Account", "Car__c", "Case", "Contact", "Event", "Lead", "Opportunity",
        "OpportunityContactRole", "Task",
    ]

    /// Fields that are written, and that a profile can refuse.
    static let written = [
        "Account.HubSpot_Record_ID__c", "Car__c.HubSpot_Record_ID__c", "Car__c.VIN__c",
        "Case.HubSpot_Record_ID__c", "Case.Subject", "Contact.Duet_Status__c",
        "Contact.HubSpot_Record_ID__c", "Contact.Title", "Event.HubSpot_Record_ID__c",
        "Event.Subject", "Lead.Duet_Status__c", "Lead.HubSpot_Record_ID__c", "Lead.Title",
        "Opportunity.Amount", "Opportunity.HubSpot_Record_ID__c", "OpportunityContactRole.Role",
        "Task.HubSpot_Record_ID__c", "Task.Subject", "Task.TaskSubtype", "Task.Type",
    ]

    /// Fields that are only read.
    static let read = [
        "Account.Industry", "Contact.LeadSource", "Event.IsChild", "Event.IsRecurrence",
        "Lead.LeadSource", "Task.IsRecurrence",
    ]

    /// Fields that whoever has the object has; contacts have no company of their own in Salesforce.
    static let alwaysOpen = [
        "Account.Name", "Contact.Company", "Contact.LastName", "Contact.OwnerId", "Lead.Company",
        "Lead.LastName", "Lead.OwnerId", "Opportunity.CreatedDate", "Opportunity.Name",
    ]

    static func configuration() throws -> Configuration {
        try ConfigurationReader.read(Self.text, path: "duet.yaml")
    }

    static func salesforce(
        _ change: (inout MockSalesforceProfile) -> Void = { _ in }
    ) -> MockSalesforceSettings {
        var profile = MockSalesforceProfile(
            name: "Integration",
            permissions: [.apiEnabled, .viewSetup]
        )
        change(&profile)
        var settings = MockSalesforceSettings()
        settings.customObjects = [MockSalesforceCustomObject(name: "Car__c", label: "Car")]
        for object in ["Contact", "Lead"] {
            settings.customFields.append(
                .init(object: object, name: "Duet_Status__c", label: "Status")
            )
        }
        settings.customFields += [
            .init(object: "Car__c", name: "VIN__c", label: "VIN"),
            .init(
                object: "Car__c",
                name: "HubSpot_Record_ID__c",
                label: "HubSpot Record ID",
                length: 18,
                isExternalID: true,
                isUnique: true
            ),
        ]
        settings.permissions = MockSalesforcePermissions(profiles: [profile])
        return settings
    }

    /// A portal with an object of its own, cars.
    static func hubspot(scopes: [String] = Self.scopes) throws -> MockHubSpotSettings {
        var portal = MockHubSpotSettings()
        portal.apps[0].scopes = scopes
        var car = try #require(portal.objects.first { $0.name == "companies" })
        (car.name, car.aliases, car.typeID, car.label) = ("car", [], "2-1", "CAR")
        (car.singularLabel, car.pluralLabel, car.scopeName) = ("Car", "Cars", "custom")
        car.requiredOneOf = []
        car.properties.append(MockHubSpotProperty("vin", label: "VIN"))
        var key = MockHubSpotProperty("sf_car_key", label: "Salesforce key")
        key.hasUniqueValue = true
        car.properties.append(key)
        portal.objects.append(car)
        return portal
    }

    /// Everything that the doctor looks at in these accounts.
    static func checks(
        _ text: String = Self.text,
        hubspot portal: MockHubSpotSettings? = nil,
        salesforce org: MockSalesforceSettings? = nil,
        clockLead: Int64 = 0,
        prepare: (inout MockHubSpot, Int64) throws -> Void = { _, _ in }
    ) async throws -> [Check] {
        let (hubspot, salesforce) = try await MockAccounts.connected(
            org ?? Self.salesforce(),
            portal: try portal ?? Self.hubspot(),
            clockLead: clockLead,
            prepare: prepare
        )
        let configuration = try ConfigurationReader.read(text, path: "duet.yaml")
        let examination = Examination(configuration, hubspot: hubspot, salesforce: salesforce)
        return await examination.run(now: ManualTime().wallMilliseconds)
    }

    static func diagnoses(
        scopes: [String] = Self.scopes,
        _ change: (inout MockSalesforceProfile) -> Void = { _ in }
    ) async throws -> [Diagnosis] {
        try await Self.checks(
            hubspot: try Self.hubspot(scopes: scopes),
            salesforce: Self.salesforce(change)
        ).flatMap(\.found)
    }

    static func found(
        scopes: [String] = Self.scopes,
        _ change: (inout MockSalesforceProfile) -> Void = { _ in }
    ) async throws -> [String] {
        try await Self.diagnoses(scopes: scopes, change).map(\.text)
    }
}

extension Diagnosis {
    /// Its code and what it is about.
    var text: String { "\(self.code.rawValue) \(self.subject)" }
}
