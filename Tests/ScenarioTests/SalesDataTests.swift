import Foundation
import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// A real sales team's accounts and opportunities, untidy as they are; invented ones of the same kind where
/// `DUET_SAMPLE_DATA` names no folder.
struct SalesDataTests {
    private struct Sales {
        /// Name and parent.
        var accounts: [(name: String, parent: String)] = []
        /// Name, account, stage, close date (`2017-03-01`) and amount; blank where there is none.
        var deals: [(name: String, account: String, stage: String, date: String, amount: String)] =
            []
    }

    private static let stages = [
        "Prospecting": "appointmentscheduled", "Engaging": "qualifiedtobuy", "Won": "closedwon",
        "Lost": "closedlost",
    ]

    private static func lines(_ path: String) throws -> [[String]] {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        return text.split(whereSeparator: \.isNewline).dropFirst().map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }

    private static func sales() throws -> Sales {
        var sales = Sales()
        guard let folder = ProcessInfo.processInfo.environment["DUET_SAMPLE_DATA"] else {
            for number in 0..<85 {
                sales.accounts.append(
                    ("Firm \(number)", number % 6 == 5 ? "Firm \(number / 6)" : "")
                )
            }
            let stages = Self.stages.keys.sorted()
            for number in 0..<2_000 {
                let stage = stages[number % 4]
                let isOpen = stage == "Prospecting" || stage == "Engaging"
                sales.deals.append(
                    (
                        "D\(number)", number % 6 == 0 ? "" : "Firm \(number % 85)", stage,
                        isOpen ? "" : "2017-0\(1 + number % 9)-11", isOpen ? "" : "\(number)"
                    )
                )
            }
            return sales
        }
        sales.accounts = try Self.lines(folder + "/crm-sales/accounts.csv").map { ($0[0], $0[6]) }
        sales.deals = try Self.lines(folder + "/crm-sales/sales_pipeline.csv").map { line in
            // 01-03-17 is the first of March.
            let date = line[6].split(separator: "-")
            return (
                line[0], line[3], line[4],
                date.count == 3 ? "20\(date[2])-\(date[1])-\(date[0])" : "", line[7]
            )
        }
        return sales
    }

    private static func fill(_ stage: Rehearsal, _ sales: Sales) throws {
        try stage.world.with { state, now in
            var companies: [String: String] = [:]
            for account in sales.accounts {
                companies[account.name] = try state.hubspot.create(
                    object: "companies",
                    fields: [("name", account.name)],
                    at: now
                )
            }
            for account in sales.accounts {
                guard let parent = companies[account.parent], let id = companies[account.name]
                else { continue }
                try state.hubspot.setParent(parent, of: id)
            }
            for deal in sales.deals {
                var fields = [
                    ("dealname", deal.name), ("pipeline", "default"),
                    ("dealstage", Self.stages[deal.stage] ?? ""),
                ]
                if !deal.date.isEmpty { fields.append(("closedate", deal.date + "T00:00:00Z")) }
                if !deal.amount.isEmpty { fields.append(("amount", deal.amount)) }
                let id = try state.hubspot.create(object: "deals", fields: fields, at: now)
                guard let company = companies[deal.account] else { continue }
                try state.hubspot.tie(
                    id,
                    of: "deals",
                    to: company,
                    of: "companies",
                    isPrimary: true
                )
            }
        }
    }

    @Test func `all of it arrives, tied as it was, and what is missing is told by name`()
        async throws
    {
        let sales = try Self.sales()
        let stage = try await Rehearsal.everything()
        try Self.fill(stage, sales)
        stage.wait()
        _ = try await stage.runner.backfillAndPush("companies")
        _ = try await stage.runner.backfillAndPush("deals")
        let accounts = stage.records("Account")
        let names = Dictionary(accounts.map { ($0.id, $0["Name"].text ?? "") }) { one, _ in one }
        let parents = accounts.map { account in
            "\(account["Name"].text ?? "") of \(account["ParentId"].text.flatMap { names[$0] } ?? "")"
        }
        #expect(Set(parents) == Set(sales.accounts.map { "\($0.name) of \($0.parent)" }))
        #expect(accounts.count == sales.accounts.count)

        // Salesforce demands a close date.
        let dated = sales.deals.filter { !$0.date.isEmpty }
        let stages = ["Won": "Closed Won", "Lost": "Closed Lost"]
        let expected = dated.map { deal in
            "\(deal.name) \(deal.account) \(stages[deal.stage] ?? "") \(deal.date) \(deal.amount)"
        }
        let found = stage.records("Opportunity").map { deal in
            let account = deal["AccountId"].text.flatMap { names[$0] } ?? ""
            var amount = ""
            if case .number(let text) = deal["Amount"] { amount = text }
            return "\(deal["Name"].text ?? "") \(account) \(deal["StageName"].text ?? "") "
                + "\(deal["CloseDate"].text ?? "") \(amount)"
        }
        #expect(found.count == dated.count)
        #expect(Set(found) == Set(expected))
        let findings = try await stage.findings()
        #expect(findings.count == sales.deals.count - dated.count)
        #expect(findings.allSatisfy { $0.details == ["Opportunity", "CloseDate"] })

        // A second time there is nothing to do.
        stage.wait(seconds: 1_200)
        try await stage.restart()
        _ = try await stage.runner.backfillAndPush("companies")
        _ = try await stage.runner.backfillAndPush("deals")
        let again = try await stage.runner.sync()
        #expect(again.createdInHubSpot + again.createdInSalesforce == 0)
        #expect(again.updatedInHubSpot + again.updatedInSalesforce == 0)
        #expect(stage.records("Opportunity").count == dated.count)
        #expect(stage.hubspotRecords("deals").count == sales.deals.count)
    }
}
