@testable import DuetCLI
import SyncCore
import Testing

@Suite struct AllowanceTests {
    private static func read(_ line: String) throws -> Configuration {
        try ConfigurationReader.read(
            """
            version: 1
            hubspot: connected
            salesforce: connected
            \(line)
            mappings:
              - hubspot: contacts
                fields:
                  - {hubspot: email, salesforce: Email, rule: twoWay}
            """,
            path: "duet.yaml"
        )
    }

    @Test(
        arguments: [
            ("", 20, 50), ("allowance: {salesforce: 35%}", 35, 50),
            ("allowance: {hubspot: 10, salesforce: 90%}", 90, 10),
        ]
    )
    func `S23: the share of the day's calls is a setting`(
        line: String,
        salesforce: Int,
        hubspot: Int
    ) throws {
        let configuration = try Self.read(line)
        #expect(configuration.budget(of: .salesforce).sharePercent == salesforce)
        #expect(configuration.budget(of: .hubspot).sharePercent == hubspot)
        #expect(configuration.budget(of: .salesforce).reservePercent == 10)
    }

    @Test(arguments: ["0%", "91%", "-5", "much", "20.5%"])
    func `S23: a tenth of the org's calls is always left to others`(text: String) {
        let error = #expect(throws: ConfigurationProblems.self) {
            try Self.read("allowance: {salesforce: \"\(text)\"}")
        }
        #expect(error?.problems.first?.message.contains("from 1% to 90%") == true)
        #expect(error?.problems.first?.place.line == 4)
    }

    @Test func `the status tells used, allocated and the org's limit`() {
        var budget = BudgetSettings(side: .salesforce)
        budget.sharePercent = 20
        var state = AllowanceState([], budget)
        #expect(Reporting.text(state, .salesforce, budget).contains("not known yet"))
        (state.own, state.allocated) = (12, 20_000)
        state.told = DailyUsage(used: 1_234, allowed: 100_000)
        #expect(
            Reporting.text(state, .salesforce, budget)
                == "Salesforce API calls, last 24 hours: Duet 12 of 20000 allocated to it (20 %); everybody 1234 of 100000"
        )
    }
}
