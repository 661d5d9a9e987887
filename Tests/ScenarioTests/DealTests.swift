import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import Testing

/// Rows of table 1E: deals and Opportunities.
struct DealTests {
    private static let day: Int64 = 86_400_000

    private static func rehearsal(match: [Int] = [0]) async throws -> Rehearsal {
        let stage = try await Rehearsal(mapping: Rehearsal.deals(match: match))
        _ = try await stage.runner.sync()
        stage.wait()
        return stage
    }

    private static func deal(_ stage: Rehearsal, named name: String) throws -> String {
        try stage.hubspotCreates(
            "deals",
            [
                "dealname": name, "pipeline": "default", "dealstage": "qualifiedtobuy",
                "closedate": String(20_000 * Self.day), "amount": "1200.50",
                "dealtype": "newbusiness",
            ]
        )
    }

    private static func opportunity(_ stage: Rehearsal, named name: String) throws -> String {
        try stage.salesforceCreates(
            "Opportunity",
            ["Name": name, "StageName": "Prospecting", "CloseDate": "2026-12-01", "Amount": "90"]
        )
    }

    @Test
    func `D05: opportunities from before come with their next edit or a backfill, not before`()
        async throws
    {
        let stage = try await Rehearsal(mapping: Rehearsal.deals())
        let edited = try Self.opportunity(stage, named: "Edited")
        _ = try Self.opportunity(stage, named: "Left alone")
        stage.wait(seconds: 4_000)
        for _ in 0..<2 {
            _ = try await stage.runner.sync()
            stage.wait()
        }
        #expect(stage.hubspotRecords("deals").isEmpty)
        try stage.salesforceEdits(edited, ["Amount": "91"])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.hubspotRecords("deals").map { $0["dealname"] } == ["Edited"])
        stage.wait()
        _ = try await stage.runner.backfillAndPush("deals")
        #expect(
            Set(stage.hubspotRecords("deals").map { $0["dealname"] }) == ["Edited", "Left alone"]
        )
    }

    @Test func `D06, D12: a new deal becomes an opportunity with its stage, date and amount`()
        async throws
    {
        let stage = try await Self.rehearsal()
        let deal = try Self.deal(stage, named: "Boat")
        stage.wait()
        let summary = try await stage.runner.sync()
        #expect(summary.createdInSalesforce == 1)
        let made = try #require(stage.records("Opportunity").first)
        #expect(made["Name"].text == "Boat")
        #expect(made["StageName"].text == "Qualification")
        #expect(made["CloseDate"].text == "2024-10-04")
        #expect(made["Amount"] == .number("1200.5"))
        #expect(made["Type"].text == "New Customer")
        #expect(stage.hubspot(deal, "sf_opportunity_key", of: "deals") == made.id)
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.hubspotRecords("deals").count == 1)
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `D09: a new opportunity becomes a deal in the mapped stage, and moves go both ways`()
        async throws
    {
        let stage = try await Self.rehearsal()
        let opportunity = try Self.opportunity(stage, named: "Ship")
        stage.wait()
        let summary = try await stage.runner.sync()
        #expect(summary.createdInHubSpot == 1)
        let deal = try #require(stage.hubspotRecords("deals").first)
        #expect(deal["dealstage"] == "appointmentscheduled")
        #expect(deal["amount"] == "90")
        stage.wait()
        try stage.salesforceEdits(opportunity, ["StageName": "Closed Won"])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.hubspot(deal.id, "dealstage", of: "deals") == "closedwon")
        stage.wait()
        try stage.hubspotEdits(deal.id, of: "deals", ["dealstage": "closedlost"])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.salesforce(opportunity, "StageName") == "Closed Lost")
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `two of HubSpot's stages are one of Salesforce's: moving between them is no edit`()
        async throws
    {
        let stage = try await Self.rehearsal()
        let deal = try Self.deal(stage, named: "Boat")
        stage.wait()
        _ = try await stage.runner.sync()
        stage.wait()
        try stage.hubspotEdits(deal, of: "deals", ["dealstage": "presentationscheduled"])
        stage.wait()
        let summary = try await stage.runner.sync()
        #expect(summary.updatedInSalesforce == 0)
        #expect(stage.hubspot(deal, "dealstage", of: "deals") == "presentationscheduled")
    }

    @Test func `D09: a stage that nobody listed stays where it is and is told`() async throws {
        let stage = try await Self.rehearsal()
        let deal = try Self.deal(stage, named: "Boat")
        stage.wait()
        _ = try await stage.runner.sync()
        let opportunity = try #require(stage.records("Opportunity").first).id
        stage.wait()
        try stage.hubspotEdits(
            deal,
            of: "deals",
            ["dealstage": "contractsent", "description": "Sent on Monday"]
        )
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.salesforce(opportunity, "StageName") == "Qualification")
        #expect(stage.salesforce(opportunity, "Description") == "Sent on Monday")
        let finding = try #require(try await stage.findings().first)
        #expect(finding.code == .valueNotConvertible)
        #expect(finding.details == ["dealstage"])
        stage.wait()
        try stage.hubspotEdits(deal, of: "deals", ["dealstage": "closedwon"])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.salesforce(opportunity, "StageName") == "Closed Won")
        #expect(try await stage.findings().isEmpty)
    }

    /// Found by the simulator (`family` 14): the next edit of another field made it a difference from the first
    /// sync.
    @Test func `a stage that nobody listed is told as such, whatever else is edited`() async throws
    {
        let stage = try await Self.rehearsal()
        let deal = try Self.deal(stage, named: "Boat")
        stage.wait()
        _ = try await stage.runner.sync()
        let opportunity = try #require(stage.records("Opportunity").first).id
        stage.wait()
        try stage.hubspotEdits(deal, of: "deals", ["dealstage": "contractsent"])
        stage.wait()
        _ = try await stage.runner.sync()
        stage.wait()
        try stage.salesforceEdits(opportunity, ["Description": "Sent on Monday"])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.hubspot(deal, "description", of: "deals") == "Sent on Monday")
        #expect(try await stage.findings().map(\.code) == [.valueNotConvertible])
        #expect(try await stage.findings().first?.details == ["dealstage"])
    }

    @Test func `an opportunity in a stage that nobody listed makes no deal, and is told`()
        async throws
    {
        let stage = try await Self.rehearsal()
        let opportunity = try stage.salesforceCreates(
            "Opportunity",
            ["Name": "Ship", "StageName": "Needs Analysis", "CloseDate": "2026-12-01"]
        )
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.hubspotRecords("deals").isEmpty)
        let finding = try #require(try await stage.findings().first)
        #expect(finding.code == .valueNotConvertible)
        #expect(finding.salesforceID == opportunity)
        #expect(finding.details == ["dealstage"])
        stage.wait()
        try stage.salesforceEdits(opportunity, ["StageName": "Closed Won"])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.hubspotRecords("deals").map { $0["dealstage"] } == ["closedwon"])
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `D11: deals are matched by name where both have one, and never guessed`()
        async throws
    {
        let stage = try await Self.rehearsal()
        _ = try Self.deal(stage, named: "Boat")
        let opportunity = try Self.opportunity(stage, named: "boat")
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.hubspotRecords("deals").count == 1)
        #expect(stage.records("Opportunity").map(\.id) == [opportunity])
        // What differs when two are first matched is told, not overwritten.
        #expect(try await stage.findings().map(\.code) == [.firstSyncDiverged])
    }

    /// "Renewal" is what many deals are called.
    @Test(arguments: [Side.hubspot, .salesforce])
    func `D11: another deal of a name that is linked is one of its own`(side: Side) async throws {
        let stage = try await Self.rehearsal()
        for number in 1...2 {
            switch side {
            case .hubspot: _ = try Self.deal(stage, named: "Renewal")
            case .salesforce: _ = try Self.opportunity(stage, named: "Renewal")
            }
            stage.wait()
            _ = try await stage.runner.sync()
            #expect(stage.hubspotRecords("deals").count == number)
            #expect(stage.records("Opportunity").count == number)
            stage.wait()
        }
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `D11: tied by keys alone, deals of one name are two`() async throws {
        let stage = try await Self.rehearsal(match: [])
        _ = try Self.deal(stage, named: "Renewal")
        stage.wait()
        _ = try await stage.runner.sync()
        stage.wait()
        _ = try Self.deal(stage, named: "Renewal")
        _ = try Self.opportunity(stage, named: "Renewal")
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.hubspotRecords("deals").count == 3)
        #expect(stage.records("Opportunity").count == 3)
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.hubspotRecords("deals").count == 3)
        #expect(stage.records("Opportunity").count == 3)
    }

    @Test func `C27: a deal's kind is the record type of its opportunity, both ways`() async throws
    {
        var settings = MockSalesforceSettings()
        settings.recordTypes = [
            MockSalesforceRecordType(object: "Opportunity", name: "New Deal", isDefault: true),
            MockSalesforceRecordType(object: "Opportunity", name: "Renewal"),
        ]
        var mapping = Rehearsal.deals()
        let ids = (0..<2).map(MockSalesforceRecordType.id)
        mapping.fields[4].salesforce = "RecordTypeId"
        mapping.fields[4].values = [
            .init(hubspot: "newbusiness", salesforce: ids[0]),
            .init(hubspot: "existingbusiness", salesforce: ids[1]),
        ]
        mapping.fields[4].rejectsUnlisted = true
        mapping.salesforce[0].fields[4] = .init(
            name: "RecordTypeId",
            shape: FieldShape(type: .reference)
        )
        let time = ManualTime()
        let world = MockWorld(
            hubspot: MockHubSpot(),
            salesforce: MockSalesforce(settings: settings),
            time: time
        )
        let stage = try await Rehearsal(world: world, time: time, mapping: mapping)
        _ = try await stage.runner.sync()
        stage.wait()
        let deal = try stage.hubspotCreates(
            "deals",
            [
                "dealname": "Here", "pipeline": "default", "dealstage": "qualifiedtobuy",
                "closedate": "2026-12-01T00:00:00Z", "dealtype": "existingbusiness",
            ]
        )
        let there = try stage.salesforceCreates(
            "Opportunity",
            [
                "Name": "There", "StageName": "Prospecting", "CloseDate": "2026-12-01",
                "RecordTypeId": ids[1],
            ]
        )
        for _ in 0..<2 {
            stage.wait()
            _ = try await stage.runner.sync()
        }
        let made = stage.records("Opportunity").first { $0["Name"].text == "Here" }
        #expect(made?["RecordTypeId"].text == ids[1])
        let kinds = stage.hubspotRecords("deals").map { $0["dealtype"] ?? "" }
        #expect(kinds == ["existingbusiness", "existingbusiness"])
        try stage.salesforceEdits(there, ["RecordTypeId": ids[0]])
        try stage.hubspotEdits(deal, of: "deals", ["dealtype": "newbusiness"])
        for _ in 0..<2 {
            stage.wait()
            _ = try await stage.runner.sync()
        }
        #expect(stage.records("Opportunity").allSatisfy { $0["RecordTypeId"].text == ids[0] })
        #expect(stage.hubspotRecords("deals").allSatisfy { $0["dealtype"] == "newbusiness" })
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `L06: a deal's currency goes over with its amount`() async throws {
        var settings = MockSalesforceSettings()
        settings.currencies = MockSalesforceCurrencies(
            currencies: [.init("USD", rate: 1), .init("EUR", rate: 0.9)],
            corporate: "USD"
        )
        var portal = MockHubSpotSettings()
        portal.currencies = [.init(id: "1", code: "EUR", rate: "1.1")]
        var mapping = Rehearsal.deals()
        mapping.hubspot.fields[5]?.name = "deal_currency_code"
        mapping.fields[5].hubspot = "deal_currency_code"
        mapping.fields[5].salesforce = "CurrencyIsoCode"
        mapping.salesforce[0].fields[5]?.name = "CurrencyIsoCode"
        let time = ManualTime()
        let world = MockWorld(
            hubspot: MockHubSpot(settings: portal),
            salesforce: MockSalesforce(settings: settings),
            time: time
        )
        let stage = try await Rehearsal(world: world, time: time, mapping: mapping)
        _ = try await stage.runner.sync()
        stage.wait()
        try stage.hubspotCreates(
            "deals",
            [
                "dealname": "Here", "pipeline": "default", "dealstage": "qualifiedtobuy",
                "closedate": "2026-12-01T00:00:00Z", "amount": "100", "deal_currency_code": "EUR",
            ]
        )
        try stage.salesforceCreates(
            "Opportunity",
            [
                "Name": "There", "StageName": "Prospecting", "CloseDate": "2026-12-01",
                "CurrencyIsoCode": "EUR",
            ]
        )
        for _ in 0..<2 {
            stage.wait()
            _ = try await stage.runner.sync()
        }
        #expect(stage.records("Opportunity").map { $0["CurrencyIsoCode"].text } == ["EUR", "EUR"])
        #expect(stage.hubspotRecords("deals").map { $0["deal_currency_code"] } == ["EUR", "EUR"])
        #expect(try await stage.findings().isEmpty)
    }
}
