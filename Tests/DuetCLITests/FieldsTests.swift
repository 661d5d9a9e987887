import CRMInterface
import DuetCLI
import HubSpotConnector
import MockHubSpot
import MockSalesforce
import SalesforceConnector
import SyncCore
import Synchronization
import Testing

/// `duet fields`: what the accounts lack is shown, and made when somebody asks for it.
struct FieldsTests {
    private static let text = """
        version: 1
        hubspot: {token: env:HUBSPOT_TOKEN}
        salesforce:
          oauth: {clientID: env:ID, clientSecret: env:SECRET}
        mappings:
          - hubspot: contacts
            salesforce: [Contact, Lead]
            keys:
              salesforce: Duet_Key__c
              hubspot: {Contact: duet_contact, Lead: duet_lead}
            status:
              hubspot: {field: duet_status}
            fields:
              - {hubspot: email, salesforce: Email, rule: twoWay}
              - {hubspot: lastname, salesforce: LastName, rule: twoWay}
              - {hubspot: shirt_size, salesforce: {Contact: Shirt__c}, rule: twoWay}
              - {hubspot: jobtitle, salesforce: Job__c, rule: twoWay}
              - {hubspot: Nickname, salesforce: {Contact: Title}, rule: twoWay}
              - {hubspot: nowhere, salesforce: Nowhere__c, rule: twoWay}
          - hubspot: tasks
            keys: {salesforce: Duet_Key__c, hubspot: {Task: duet_task}}
            fields:
              - {hubspot: hs_task_subject, salesforce: Subject, rule: twoWay}
        """

    /// What a bare portal and a bare org lack of it, in the order in which it is shown.
    private static let missing = [
        "contacts.duet_contact", "contacts.duet_lead", "contacts.duet_status",
        "contacts.shirt_size", "tasks.duet_task", "Contact.Duet_Key__c", "Contact.Job__c",
        "Lead.Duet_Key__c", "Lead.Job__c", "Task.Duet_Key__c",
    ]

    private static let scopes = [
        "crm.objects.contacts.read", "crm.objects.contacts.write", "crm.schemas.contacts.read",
        "crm.schemas.contacts.write",
    ]

    private static func org(
        _ change: (inout MockSalesforceProfile) -> Void = { _ in }
    ) -> MockSalesforceSettings {
        var settings = MockSalesforceSettings()
        var shirt = MockSalesforceCustomField(
            object: "Contact",
            name: "Shirt__c",
            label: "Shirt size",
            type: .picklist
        )
        shirt.picklistValues = ["S", "M", "L"]
        settings.customFields.append(shirt)
        var profile = MockSalesforceProfile(name: "Integration")
        change(&profile)
        settings.permissions = MockSalesforcePermissions(profiles: [profile])
        return settings
    }

    private static func maker(
        _ org: MockSalesforceSettings,
        scopes: [String]? = nil
    ) async throws -> FieldMaker {
        var portal = MockHubSpotSettings()
        if let scopes { portal.apps[0].scopes = scopes }
        let (hubspot, salesforce) = try await MockAccounts.connected(org, portal: portal)
        return FieldMaker(
            try ConfigurationReader.read(Self.text, path: "duet.yaml"),
            hubspot: hubspot,
            salesforce: salesforce
        )
    }

    private static func desk(
        answer: String?,
        only: [String] = [],
        asks: Bool = true,
        said: @escaping @Sendable (String) -> Void = { _ in }
    ) -> FieldsDesk {
        FieldsDesk(
            dialog: ConnectDialog(say: said, ask: { _, _ in answer }),
            terminal: Terminal(environment: ["NO_COLOR": "1"]),
            author: "anna",
            reason: "Needed for the launch.",
            only: only,
            asks: asks
        )
    }

    @Test func `S37: what the accounts lack is told, with what it would hold`() async throws {
        let survey = try await Self.maker(Self.org()).survey()
        #expect(survey.missing.map(\.place) == Self.missing)
        let kinds = Dictionary(uniqueKeysWithValues: survey.missing.map { ($0.place, $0.kind) })
        #expect(kinds["contacts.duet_contact"] == .key)
        #expect(kinds["Contact.Job__c"] == .text)
        #expect(
            kinds["contacts.shirt_size"]
                == .choice(
                    ["S", "M", "L"].map { .init(value: $0, label: $0) },
                    isMultiple: false
                )
        )
        #expect(
            survey.left.map(\.field) == [
                "contacts.Nickname", "contacts.nowhere", "Contact.Nowhere__c", "Lead.Nowhere__c",
            ]
        )
        #expect(survey.hidden == [])
    }

    @Test func `S37: nothing is made unless somebody agrees`() async throws {
        for answer in [nil, "", "n", "maybe"] {
            let maker = try await Self.maker(Self.org())
            await #expect(throws: SyncError.self) { try await Self.desk(answer: answer).run(maker) }
            #expect(try await maker.survey().missing.map(\.place) == Self.missing)
        }
    }

    @Test func `S37: what is made says who wanted it and why, and is there afterwards`()
        async throws
    {
        let said = Mutex("")
        let maker = try await Self.maker(Self.org())
        let desk = Self.desk(answer: "y") { text in said.withLock { $0 += text } }
        let outcome = try await desk.run(maker)
        #expect(outcome.made.map(\.place) == Self.missing)
        #expect(outcome.refused == [])
        #expect(outcome.after.missing == [])
        #expect(said.withLock { $0.contains("contacts.shirt_size") })
        #expect(
            outcome.made.allSatisfy {
                $0.note.hasPrefix("Made by Duet for anna: ")
                    && $0.note.hasSuffix(" Needed for the launch.")
            }
        )
        // Nobody sees Salesforce's before they are given.
        #expect(
            outcome.after.hidden.sorted() == [
                "Contact.Duet_Key__c", "Contact.Job__c", "Lead.Duet_Key__c", "Lead.Job__c",
                "Task.Duet_Key__c",
            ]
        )
    }

    @Test func `what is made is what doctor asks for`() async throws {
        var org = Self.org()
        org.permissions = nil
        let maker = try await Self.maker(org)
        _ = try await Self.desk(answer: nil, asks: false).run(maker)
        let found = await maker.examination().run(now: 0).flatMap(\.found)
            .filter { $0.code == .keyNotUnique || $0.code == .keyNotVisible }
        #expect(found == [])
        let survey = try await maker.survey()
        #expect((survey.missing, survey.hidden.count) == ([], 0))
    }

    @Test func `some can be made alone, and what is not missing is refused by name`() async throws {
        let maker = try await Self.maker(Self.org())
        let desk = Self.desk(answer: "yes", only: ["contacts.duet_lead"])
        #expect(try await desk.run(maker).made.map(\.place) == ["contacts.duet_lead"])
        let wrong = Self.desk(answer: "yes", only: ["contacts.duet_laed"])
        await #expect(throws: SyncError.self) { try await wrong.run(maker) }
    }

    @Test func `S37: who may not make fields is told what to give, and the rest is made`()
        async throws
    {
        let read = Self.scopes.filter { !$0.hasPrefix("crm.schemas.contacts.w") }
        let maker = try await Self.maker(
            Self.org { $0.permissions.remove(.customizeApplication) },
            scopes: read
        )
        let outcome = try await Self.desk(answer: "y").run(maker)
        #expect(outcome.made == [])
        #expect(outcome.refused.map(\.place) == Self.missing)
        let text = FieldsReport.text(outcome, Terminal(environment: ["NO_COLOR": "1"]))
        #expect(text.contains("crm.schemas.contacts.write"))
        #expect(text.contains("Customize Application"))
    }

    @Test func `a type that both CRMs have a word for is kept`() {
        func kind(_ type: FieldType, scale: Int? = nil, options: [String]? = nil) -> NewField.Kind?
        {
            NewField.Kind(
                like: ObjectDescription.Field(
                    name: "x",
                    label: "X",
                    shape: FieldShape(type: type, scale: scale),
                    isRequiredOnCreate: false,
                    isUnique: false,
                    options: options
                )
            )
        }
        #expect(kind(.text) == .text)
        #expect(kind(.email) == .email)
        #expect(kind(.number, scale: 2) == .number(scale: 2))
        #expect(kind(.boolean) == .checkbox)
        #expect(kind(.date) == .date)
        #expect(kind(.datetime) == .dateTime)
        #expect(kind(.singleChoice) == .text)
        #expect(
            kind(.multiChoice, options: ["a"])
                == .choice([.init(value: "a", label: "a")], isMultiple: true)
        )
        #expect(kind(.reference) == nil)
    }

    @Test(arguments: [
        NewField.Kind.key, .text, .email, .number(scale: 0), .number(scale: 4), .checkbox, .date,
        .dateTime, .choice([.init(value: "a", label: "A")], isMultiple: false),
        .choice([.init(value: "a", label: "A")], isMultiple: true),
    ])
    func `each kind is one that both CRMs take`(kind: NewField.Kind) async throws {
        var org = Self.org()
        org.permissions = nil
        let maker = try await Self.maker(org)
        let fields = [
            NewField(.hubspot, "contacts", "made_here", label: "Made", kind: kind, note: "n"),
            NewField(.salesforce, "Contact", "Made_Here__c", label: "Made", kind: kind, note: "n"),
        ]
        #expect(await maker.make(fields) == [:])
    }
}
