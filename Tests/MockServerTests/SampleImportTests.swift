import Foundation
import MockHubSpot
import MockSalesforce
import MockServer
import SimulationKit
import Testing

/// A whole sales data set as companies put it into a spreadsheet, into both CRMs: that of
/// `DUET_SAMPLE_DATA`, or lines of its form.
struct SampleImportTests {
    private static let map = """
        files:
          - file: accounts.csv
            side: hubspot
            object: companies
            columns: {name: account, numberofemployees: employees, country: office_location}
          - file: accounts.csv
            side: salesforce
            object: Account
            columns: {Name: account, Industry: sector, NumberOfEmployees: employees}
            ties: [{field: ParentId, to: Account, by: Name, column: subsidiary_of}]
          - file: sales_pipeline.csv
            side: hubspot
            object: deals
            columns:
              {dealname: "{product} {opportunity_id}", pipeline: default, dealstage: deal_stage,
               amount: close_value, closedate: close_date}
            values: &stages
              dealstage:
                {Won: closedwon, Lost: closedlost, Engaging: qualifiedtobuy,
                 Prospecting: appointmentscheduled}
            dates: {closedate: dd-MM-yy}
            ties: [{to: companies, by: name, column: account}]
          - file: sales_pipeline.csv
            side: salesforce
            object: Opportunity
            columns:
              {Name: "{product} {opportunity_id}", StageName: deal_stage, Amount: close_value,
               CloseDate: close_date}
            values: {StageName: {Won: Closed Won, Lost: Closed Lost}}
            dates: {CloseDate: dd-MM-yy}
            ties: [{field: AccountId, to: Account, by: Name, column: account}]
        """

    /// The two files and how many lines of data they have.
    private static func files() throws -> (accounts: String, sales: String) {
        guard let folder = ProcessInfo.processInfo.environment["DUET_SAMPLE_DATA"] else {
            return (
                """
                account,sector,year_established,revenue,employees,office_location,subsidiary_of
                Bluth,technolgy,1993,1242.32,3027,Kenya,Acme
                Acme,medical,1996,1100.04,2822,Philipines,
                """,
                """
                opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value
                A1,Ann,GTXPro,Acme,Won,20-10-16,01-03-17,1054
                B2,Ann,GTX Pro,,Engaging,20-10-16,,
                """
            )
        }
        func text(_ name: String) throws -> String {
            try String(contentsOfFile: "\(folder)/crm-sales/\(name)", encoding: .utf8)
        }
        return (try text("accounts.csv"), try text("sales_pipeline.csv"))
    }

    private static func lines(_ text: String) -> Int {
        text.split(whereSeparator: \.isNewline).count - 1
    }

    @Test func `every line of a real sales data set is there, on both sides, tied`() throws {
        let (accounts, sales) = try Self.files()
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("duet-sample-\(ProcessInfo.processInfo.globallyUniqueString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in [
            ("import.yaml", Self.map), ("accounts.csv", accounts), ("sales_pipeline.csv", sales),
        ] {
            try Data(text.utf8).write(to: folder.appendingPathComponent(name))
        }
        let world = MockWorld(
            hubspot: MockHubSpot(),
            salesforce: MockSalesforce(),
            time: ManualTime()
        )
        let rows = try ImportFolder.read(folder.path)
        let report = try world.with { state, now in
            try ImportRun.apply(rows, to: &state, now: now)
        }
        let (firms, deals) = (Self.lines(accounts), Self.lines(sales))
        #expect(report.records == 2 * (firms + deals))
        #expect(report.ties > 2)
        world.with { state, _ in
            #expect(state.hubspot.export(object: "companies").count == firms)
            #expect(state.salesforce.export(object: "Account").count == firms)
            let here = state.hubspot.export(object: "deals")
            let there = state.salesforce.export(object: "Opportunity")
            #expect(here.count == deals)
            #expect(there.count == deals)
            let orphans = here.filter {
                state.hubspot.tieCount($0.id, of: "deals", to: "companies") == 0
            }
            #expect(orphans.count == there.filter { $0["AccountId"].text == nil }.count)
            #expect(!orphans.isEmpty, "real data has deals of nobody")
            #expect(here.contains { $0["closedate"] == nil })
            #expect(there.contains { $0["Name"].text?.hasPrefix("GTXPro ") == true })
        }
    }
}
