import DuetCLI
import HTTPTransport
import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// Campaigns and their members: rows V13, V14 and V15.
struct CampaignTests {
    private static let mappings = """
          - name: contacts
            hubspot: contacts
            salesforce: [Contact, Lead]
            fields:
              - {hubspot: email, salesforce: Email, rule: twoWay}
              - {hubspot: lastname, salesforce: LastName, rule: twoWay}
              - {hubspot: company, salesforce: {Lead: Company}, rule: preferSalesforce}
          - name: campaigns
            hubspot: campaign
            salesforce: Campaign
            match: campaign_name
            include: {salesforce: {IsActive: "true"}}
            fields:
              - {hubspot: campaign_name, salesforce: Name, rule: twoWay}
            relations:
              - {with: contacts, through: CampaignMember}
        """

    /// A pair whose portal has an object for Salesforce's campaigns.
    private static func rehearsal() async throws -> Rehearsal {
        let time = ManualTime()
        var portal = MockHubSpot()
        try Rehearsal.ask(
            &portal,
            .post,
            "/crm/v3/schemas",
            #"{"name":"campaign","labels":{"singular":"SF campaign","plural":"SF campaigns"},"#
                + #""primaryDisplayProperty":"campaign_name","requiredProperties":["campaign_name"],"#
                + #""properties":[{"name":"campaign_name","label":"Name","type":"string","fieldType":"text"},"#
                + #"{"name":"sf_campaign_key","label":"Key","type":"string","fieldType":"text","#
                + #""hasUniqueValue":true}],"associatedObjects":["CONTACT"]}"#,
            at: time.wallMilliseconds
        )
        var org = MockSalesforceSettings()
        org.customFields.append(
            MockSalesforceCustomField(
                object: "Campaign",
                name: "HubSpot_Record_ID__c",
                label: "HubSpot Record ID",
                length: 18,
                isExternalID: true,
                isUnique: true
            )
        )
        let world = MockWorld(
            hubspot: portal,
            salesforce: MockSalesforce(settings: org),
            time: time
        )
        let loaded = try await Rehearsal.loaded(Self.mappings, world, time)
        var settings = RuntimeSettings()
        settings.sweeps = SweepSettings()
        let stage = try await Rehearsal(
            world: world,
            time: time,
            settings: settings,
            mapping: loaded.mappings[0],
            others: Array(loaded.mappings.dropFirst()),
            required: loaded.required
        )
        _ = try await stage.runner.sync()
        stage.wait()
        return stage
    }

    private static func campaign(_ stage: Rehearsal, _ name: String) throws -> String {
        try stage.world.with { state, now in
            try state.salesforce.create(
                object: "Campaign",
                fields: [.init("Name", .text(name)), .init("IsActive", .boolean(true))],
                at: now
            )
        }
    }

    @discardableResult
    private static func joins(
        _ stage: Rehearsal,
        _ person: String,
        _ campaign: String
    ) throws -> String {
        let field = person.hasPrefix("003") ? "ContactId" : "LeadId"
        return try stage.salesforceCreates(
            "CampaignMember",
            ["CampaignId": campaign, field: person]
        )
    }

    @Test func `V14: the campaigns of a contact and of a lead are what it is tied to`()
        async throws
    {
        let stage = try await Self.rehearsal()
        let fair = try Self.campaign(stage, "Fair")
        let ada = try stage.salesforceCreates(
            "Contact",
            ["LastName": "Ada", "Email": "ada@x.test"]
        )
        let bob = try stage.salesforceCreates(
            "Lead",
            ["LastName": "Bob", "Email": "bob@x.test", "Company": "Acme"]
        )
        for person in [ada, bob] { try Self.joins(stage, person, fair) }
        for _ in 0..<3 { try await stage.plays() }
        let campaign = try #require(stage.hubspotRecords("campaign").first)
        #expect(campaign["campaign_name"] == "Fair")
        let people = stage.contacts.map(\.id).sorted()
        #expect(people.count == 2)
        #expect(stage.tied(campaign.id, in: "campaign", to: "contacts").sorted() == people)
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `V13: who leaves a campaign in Salesforce leaves it in HubSpot with the next poll`()
        async throws
    {
        let stage = try await Self.rehearsal()
        let fair = try Self.campaign(stage, "Fair")
        let ada = try await stage.person("Ada")
        let member = try Self.joins(stage, ada.salesforce, fair)
        for _ in 0..<3 { try await stage.plays() }
        let campaign = try #require(stage.hubspotRecords("campaign").first)
        #expect(stage.tied(campaign.id, in: "campaign", to: "contacts") == [ada.hubspot])
        try stage.uncasts(member)
        try await stage.plays()
        #expect(stage.tied(campaign.id, in: "campaign", to: "contacts").isEmpty)
    }

    @Test func `V15: a tie that a workflow makes in HubSpot adds to the active campaign`()
        async throws
    {
        let stage = try await Self.rehearsal()
        _ = try Self.campaign(stage, "Fair")
        let ada = try await stage.person("Ada")
        try await stage.plays()
        let campaign = try #require(stage.hubspotRecords("campaign").first)
        try stage.ties(campaign.id, of: "campaign", to: ada.hubspot, of: "contacts")
        stage.wait(seconds: 90_000)
        for _ in 0..<2 { try await stage.plays() }
        let members = stage.records("CampaignMember")
        #expect(members.map { $0["ContactId"].text } == [ada.salesforce])
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `V13: who joins a campaign while it is left out is tied once it is in again`()
        async throws
    {
        let stage = try await Self.rehearsal()
        let fair = try Self.campaign(stage, "Fair")
        let (ada, bob) = (try await stage.person("Ada"), try await stage.person("Bob"))
        try Self.joins(stage, ada.salesforce, fair)
        for _ in 0..<3 { try await stage.plays() }
        let campaign = try #require(stage.hubspotRecords("campaign").first)
        try stage.salesforceEdits(fair, ["IsActive": "false"])
        try await stage.plays()
        try Self.joins(stage, bob.salesforce, fair)
        for _ in 0..<2 { try await stage.plays() }
        #expect(stage.tied(campaign.id, in: "campaign", to: "contacts") == [ada.hubspot])
        try stage.salesforceEdits(fair, ["IsActive": "true"])
        for _ in 0..<2 { try await stage.plays() }
        #expect(
            stage.tied(campaign.id, in: "campaign", to: "contacts").sorted()
                == [ada.hubspot, bob.hubspot].sorted()
        )
    }
}
