import DuetCLI
import HTTPTransport
import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import Testing

/// D08: HubSpot's pipelines with Salesforce's record types.
struct PipelineTests {
    private static let deals = """
          - name: deals
            hubspot: deals
            match: none
            fields:
              - {hubspot: dealname, salesforce: Name, rule: twoWay}
              - {hubspot: closedate, salesforce: CloseDate, rule: twoWay}
              - {hubspot: pipeline, salesforce: RecordTypeId, rule: twoWay,
                 values: {default: New Business, renewals: Renewal}}
              - {hubspot: dealstage, salesforce: StageName, rule: twoWay,
                 values: {qualifiedtobuy: Qualification, closedwon: Closed Won, r1: Qualification,
                          r2: Prospecting, rwon: Closed Won}}
        """

    private static let tickets = """
          - name: tickets
            hubspot: tickets
            fields:
              - {hubspot: subject, salesforce: Subject, rule: twoWay}
              - {hubspot: hs_pipeline, salesforce: RecordTypeId, rule: twoWay,
                 values: {0: Support, returns: Return}}
              - {hubspot: hs_pipeline_stage, salesforce: Status, rule: twoWay,
                 values: {1: New, 4: Closed, b1: New, b2: Closed}}
        """

    private static func org(isAvailable: Bool = true) -> MockSalesforceSettings {
        var settings = MockSalesforceSettings()
        settings.recordTypes = [
            MockSalesforceRecordType(object: "Opportunity", name: "New Business", isDefault: true),
            MockSalesforceRecordType(
                object: "Opportunity",
                name: "Renewal",
                isAvailable: isAvailable
            ),
            MockSalesforceRecordType(object: "Case", name: "Support", isDefault: true),
            MockSalesforceRecordType(object: "Case", name: "Return"),
        ]
        return settings
    }

    private static func portal(_ time: ManualTime) throws -> MockHubSpot {
        var portal = MockHubSpot()
        func stage(_ id: String, _ place: Int, _ metadata: String) -> String {
            #"{"stageId":"\#(id)","label":"\#(id)","displayOrder":\#(place),"metadata":{\#(metadata)}}"#
        }
        let deals = [("r1", "0.2"), ("r2", "0.1"), ("rwon", "1.0")].enumerated().map {
            stage($1.0, $0, #""probability":"\#($1.1)""#)
        }
        let tickets = [("b1", "OPEN"), ("b2", "CLOSED")].enumerated().map {
            stage($1.0, $0, #""ticketState":"\#($1.1)""#)
        }
        for (object, id, stages) in [
            ("deals", "renewals", deals), ("tickets", "returns", tickets),
        ] {
            try Rehearsal.ask(
                &portal,
                .post,
                "/crm/v3/pipelines/\(object)",
                #"{"pipelineId":"\#(id)","label":"\#(id)","displayOrder":1,"#
                    + #""stages":[\#(stages.joined(separator: ","))]}"#,
                at: time.wallMilliseconds
            )
        }
        return portal
    }

    private static func rehearsal(
        _ mappings: String,
        isAvailable: Bool = true
    ) async throws -> (stage: Rehearsal, notices: [String]) {
        let time = ManualTime()
        let world = MockWorld(
            hubspot: try Self.portal(time),
            salesforce: MockSalesforce(settings: Self.org(isAvailable: isAvailable)),
            time: time
        )
        let loaded = try await Rehearsal.loaded(mappings, world, time)
        let stage = try await Rehearsal(
            world: world,
            time: time,
            mapping: loaded.mappings[0],
            required: loaded.required
        )
        _ = try await stage.runner.sync()
        stage.wait()
        return (stage, loaded.notices)
    }

    private static let business = MockSalesforceRecordType.id(0)
    private static let renewal = MockSalesforceRecordType.id(1)

    private static func opportunity(
        _ stage: Rehearsal,
        _ name: String,
        _ type: String,
        _ state: String
    ) throws -> String {
        try stage.salesforceCreates(
            "Opportunity",
            ["Name": name, "RecordTypeId": type, "StageName": state, "CloseDate": "2026-12-01"]
        )
    }

    private static func deal(
        _ stage: Rehearsal,
        _ name: String,
        _ pipeline: String,
        _ state: String
    ) throws -> String {
        try stage.hubspotCreates(
            "deals",
            [
                "dealname": name, "pipeline": pipeline, "dealstage": state,
                "closedate": "2026-12-01T00:00:00Z",
            ]
        )
    }

    private static func place(_ stage: Rehearsal, deal name: String) -> [String?] {
        let deal = stage.hubspotRecords("deals").first { $0["dealname"] == name }
        return [deal?["pipeline"], deal?["dealstage"]]
    }

    private static func place(_ stage: Rehearsal, opportunity name: String) -> [String?] {
        let found = stage.records("Opportunity").first { $0["Name"].text == name }
        return [found?["RecordTypeId"].text, found?["StageName"].text]
    }

    @Test func `D08: stages of one name in two pipelines are told apart, both ways`() async throws {
        let (stage, notices) = try await Self.rehearsal(Self.deals)
        #expect(notices.isEmpty)
        let first = try Self.opportunity(stage, "First", Self.renewal, "Qualification")
        _ = try Self.opportunity(stage, "Second", Self.business, "Qualification")
        _ = try Self.deal(stage, "Third", "renewals", "rwon")
        let fourth = try Self.deal(stage, "Fourth", "default", "qualifiedtobuy")
        for _ in 0..<2 { try await stage.plays() }
        #expect(Self.place(stage, deal: "First") == ["renewals", "r1"])
        #expect(Self.place(stage, deal: "Second") == ["default", "qualifiedtobuy"])
        #expect(Self.place(stage, opportunity: "Third") == [Self.renewal, "Closed Won"])
        #expect(Self.place(stage, opportunity: "Fourth") == [Self.business, "Qualification"])
        try stage.salesforceEdits(first, ["StageName": "Closed Won"])
        try stage.hubspotEdits(fourth, of: "deals", ["dealstage": "closedwon"])
        for _ in 0..<2 { try await stage.plays() }
        #expect(Self.place(stage, deal: "First") == ["renewals", "rwon"])
        #expect(Self.place(stage, opportunity: "Fourth") == [Self.business, "Closed Won"])
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `D08: a deal that moves to another pipeline takes its stage along`() async throws {
        let (stage, _) = try await Self.rehearsal(Self.deals)
        let there = try Self.opportunity(stage, "Boat", Self.business, "Qualification")
        for _ in 0..<2 { try await stage.plays() }
        // Its stage has the same name in both.
        try stage.salesforceEdits(there, ["RecordTypeId": Self.renewal])
        try await stage.plays()
        #expect(Self.place(stage, deal: "Boat") == ["renewals", "r1"])
        let deal = try #require(stage.hubspotRecords("deals").first?.id)
        stage.wait()
        try stage.hubspotEdits(
            deal,
            of: "deals",
            ["pipeline": "default", "dealstage": "closedwon"]
        )
        for _ in 0..<2 { try await stage.plays() }
        #expect(Self.place(stage, opportunity: "Boat") == [Self.business, "Closed Won"])
        try stage.salesforceEdits(
            there,
            ["RecordTypeId": Self.renewal, "StageName": "Prospecting"]
        )
        for _ in 0..<2 { try await stage.plays() }
        #expect(Self.place(stage, deal: "Boat") == ["renewals", "r2"])
        #expect(try await stage.findings().isEmpty)
    }

    /// A stage and a record type that people change at the same time, one in each CRM.
    @Test func `D08: a move and an edit of the stage meet`() async throws {
        let (stage, _) = try await Self.rehearsal(Self.deals)
        let there = try Self.opportunity(stage, "Boat", Self.business, "Qualification")
        for _ in 0..<2 { try await stage.plays() }
        let deal = try #require(stage.hubspotRecords("deals").first?.id)
        try stage.salesforceEdits(there, ["RecordTypeId": Self.renewal])
        try stage.hubspotEdits(deal, of: "deals", ["dealstage": "closedwon"])
        for _ in 0..<3 { try await stage.plays() }
        #expect(Self.place(stage, deal: "Boat") == ["renewals", "rwon"])
        #expect(Self.place(stage, opportunity: "Boat") == [Self.renewal, "Closed Won"])
        #expect(try await stage.findings().isEmpty)
    }

    @Test
    func `D08: a stage that the other pipeline lacks keeps the deal where it is, and is told`()
        async throws
    {
        let (stage, _) = try await Self.rehearsal(Self.deals)
        let there = try Self.opportunity(stage, "Boat", Self.renewal, "Prospecting")
        for _ in 0..<2 { try await stage.plays() }
        #expect(Self.place(stage, deal: "Boat") == ["renewals", "r2"])
        try stage.salesforceEdits(there, ["RecordTypeId": Self.business])
        for _ in 0..<2 { try await stage.plays() }
        #expect(Self.place(stage, deal: "Boat") == ["renewals", "r2"])
        #expect(try await stage.findings().map(\.code) == [.valueNotConvertible])
        #expect(try await stage.findings().first?.details == ["dealstage"])
        try stage.salesforceEdits(there, ["StageName": "Closed Won"])
        for _ in 0..<2 { try await stage.plays() }
        #expect(Self.place(stage, deal: "Boat") == ["default", "closedwon"])
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `D08: a record type that the user may not use is told before and after`()
        async throws
    {
        let (stage, notices) = try await Self.rehearsal(Self.deals, isAvailable: false)
        #expect(notices.count == 1)
        #expect(notices.first?.contains("may not use the record type `Renewal`") == true)
        _ = try Self.deal(stage, "Kept back", "renewals", "r1")
        _ = try Self.deal(stage, "Goes", "default", "qualifiedtobuy")
        for _ in 0..<2 { try await stage.plays() }
        #expect(stage.records("Opportunity").map { $0["Name"].text } == ["Goes"])
        let finding = try #require(try await stage.findings().first)
        #expect(try await stage.findings().count == 1)
        #expect(finding.code == .recordRejected)
        #expect(finding.salesforceID == nil)
    }

    @Test func `D08: tickets go with record types of cases the same way`() async throws {
        let (stage, notices) = try await Self.rehearsal(Self.tickets)
        #expect(notices.isEmpty)
        let (support, returns) = (MockSalesforceRecordType.id(2), MockSalesforceRecordType.id(3))
        let there = try stage.salesforceCreates(
            "Case",
            ["Subject": "Leaks", "RecordTypeId": returns, "Status": "New"]
        )
        try stage.hubspotCreates(
            "tickets",
            ["subject": "Rattles", "hs_pipeline": "returns", "hs_pipeline_stage": "b2"]
        )
        for _ in 0..<2 { try await stage.plays() }
        func ticket() -> [String?] {
            let found = stage.hubspotRecords("tickets").first { $0["subject"] == "Leaks" }
            return [found?["hs_pipeline"], found?["hs_pipeline_stage"]]
        }
        #expect(ticket() == ["returns", "b1"])
        let made = stage.records("Case").first { $0["Subject"].text == "Rattles" }
        #expect(made?["RecordTypeId"].text == returns)
        #expect(made?["Status"].text == "Closed")
        try stage.salesforceEdits(there, ["RecordTypeId": support])
        for _ in 0..<2 { try await stage.plays() }
        #expect(ticket() == ["0", "1"])
        #expect(try await stage.findings().isEmpty)
    }

    @Test(arguments: [
        ("r2: Prospecting", "r9: Prospecting", "has a stage `r9`"),
        ("renewals: Renewal", "renewal: Renewal", "no pipeline `renewal` of deals"),
    ])
    func `D08: a pipeline or a stage that HubSpot does not have is refused with its line`(
        is right: String,
        instead: String,
        says: String
    ) async throws {
        let error = await #expect(throws: ConfigurationProblems.self) {
            _ = try await Self.rehearsal(Self.deals.replacing(right, with: instead))
        }
        #expect(error?.problems.count == 1)
        #expect(error?.problems.first?.message.contains(says) == true)
    }
}
