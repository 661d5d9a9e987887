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
    private struct Deal {
        var name: String
        var agent: String
        var account: String
        var stage: String
        /// Such as `2017-03-01`; blank where there is none, as the amount.
        var date: String
        var amount: String
    }

    private struct Sales {
        /// Name, sector and parent.
        var accounts: [(name: String, sector: String, parent: String)] = []
        var deals: [Deal] = []

        /// All who own deals, in order; the last of them is known where the deals come from only.
        var agents: [String] { Set(self.deals.map(\.agent)).sorted() }
    }

    private static let stages = [
        "Prospecting": ("appointmentscheduled", "Prospecting"),
        "Engaging": ("qualifiedtobuy", "Qualification"), "Won": ("closedwon", "Closed Won"),
        "Lost": ("closedlost", "Closed Lost"),
    ]

    /// The sectors as HubSpot knows them; one is misspelt in the data, and is in no list.
    private static let industries = [
        "employment": "STAFFING_AND_RECRUITING", "entertainment": "ENTERTAINMENT",
        "finance": "FINANCIAL_SERVICES", "marketing": "MARKETING_AND_ADVERTISING",
        "medical": "HOSPITAL_HEALTH_CARE", "retail": "RETAIL", "services": "HOSPITALITY",
        "software": "COMPUTER_SOFTWARE", "telecommunications": "TELECOMMUNICATIONS",
    ]

    private static func lines(_ path: String) throws -> [[String]] {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        return text.split(whereSeparator: \.isNewline).dropFirst().map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }

    private static func sales() throws -> Sales {
        guard let folder = ProcessInfo.processInfo.environment["DUET_SAMPLE_DATA"] else {
            return Self.invented()
        }
        var sales = Sales()
        sales.accounts = try Self.lines(folder + "/crm-sales/accounts.csv")
            .map { ($0[0], $0[1], $0[6]) }
        sales.deals = try Self.lines(folder + "/crm-sales/sales_pipeline.csv").map { line in
            // 01-03-17 is the first of March.
            let date = line[6].split(separator: "-")
            return Deal(
                name: line[0],
                agent: line[1],
                account: line[3],
                stage: line[4],
                date: date.count == 3 ? "20\(date[2])-\(date[1])-\(date[0])" : "",
                amount: line[7]
            )
        }
        return sales
    }

    private static func invented() -> Sales {
        var sales = Sales()
        let sectors = Self.industries.keys.sorted() + ["technolgy"]
        for number in 0..<85 {
            let parent = number % 6 == 5 ? "Firm \(number / 6)" : ""
            sales.accounts.append(("Firm \(number)", sectors[number % 10], parent))
        }
        let stages = Self.stages.keys.sorted()
        for number in 0..<2_000 {
            let stage = stages[number % 4]
            let isOpen = stage == "Prospecting" || stage == "Engaging"
            sales.deals.append(
                Deal(
                    name: "D\(number)",
                    agent: "Agent No\(10 + number % 30)",
                    account: number % 6 == 0 ? "" : "Firm \(number % 85)",
                    stage: stage,
                    date: isOpen ? "" : "2017-0\(1 + number % 9)-11",
                    amount: isOpen ? "" : "\(number)"
                )
            )
        }
        return sales
    }

    // MARK: - Both accounts

    /// Companies and deals with their owners.
    private static func stage(
        _ sales: Sales,
        from side: Side
    ) async throws -> Rehearsal {
        var companies = Rehearsal.referring(
            Rehearsal.mapping(
                of: ("companies", "Account", "sf_account_key"),
                [
                    ("name", "Name", FieldShape(type: .text, lengthMax: 255)),
                    ("industry", "Industry", FieldShape(type: .text)),
                ]
            ),
            by: "hs_parent_company_id",
            as: "ParentId"
        )
        companies.fields[1].values = Self.industries.sorted { $0.key < $1.key }
            .map { .init(hubspot: $0.value, salesforce: $0.key) }
        companies.fields[1].rejectsUnlisted = true
        let deals = Rehearsal.owned(
            Rehearsal.referring(Rehearsal.deals(), by: "hs_primary_associated_company")
        )
        let time = ManualTime()
        var hubspot = MockHubSpotSettings()
        var salesforce = MockSalesforceSettings()
        for (place, agent) in sales.agents.enumerated() {
            let names = agent.split(separator: " ", maxSplits: 1).map(String.init)
            let email = names.joined(separator: ".").lowercased() + "@sales.test"
            let isEverywhere = place < sales.agents.count - 1
            if isEverywhere || side == .hubspot {
                hubspot.owners.append(
                    MockHubSpotOwner(
                        id: Int64(1_000 + place),
                        userID: Int64(5_000 + place),
                        email: email,
                        firstName: names[0],
                        lastName: names[1]
                    )
                )
            }
            if isEverywhere || side == .salesforce {
                salesforce.users.append(
                    MockSalesforceUser(
                        id: MockSalesforceUser.id(1_000 + place),
                        firstName: names[0],
                        lastName: names[1],
                        email: email
                    )
                )
            }
        }
        let world = MockWorld(
            hubspot: MockHubSpot(settings: hubspot),
            salesforce: MockSalesforce(settings: salesforce),
            time: time
        )
        let stage = try await Rehearsal(
            world: world,
            time: time,
            mapping: companies,
            others: [deals]
        )
        _ = try await stage.runner.sync()
        stage.wait()
        return stage
    }

    private static func fillHubSpot(_ stage: Rehearsal, _ sales: Sales) throws {
        let owners = sales.agents
        try stage.world.with { state, now in
            var companies: [String: String] = [:]
            for account in sales.accounts {
                var fields = [("name", account.name)]
                if let industry = Self.industries[account.sector] {
                    fields.append(("industry", industry))
                }
                companies[account.name] = try state.hubspot.create(
                    object: "companies",
                    fields: fields,
                    at: now
                )
            }
            for account in sales.accounts {
                guard let parent = companies[account.parent], let id = companies[account.name]
                else { continue }
                try state.hubspot.setParent(parent, of: id)
            }
            for deal in sales.deals {
                let owner = 1_000 + (owners.firstIndex(of: deal.agent) ?? 0)
                var fields = [
                    ("dealname", deal.name), ("pipeline", "default"),
                    ("dealstage", Self.stages[deal.stage]?.0 ?? ""),
                    ("hubspot_owner_id", String(owner)),
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

    /// Salesforce demands a close date: an open opportunity has the end of the year.
    private static func fillSalesforce(_ stage: Rehearsal, _ sales: Sales) throws {
        let owners = sales.agents
        try stage.world.with { state, now in
            var accounts: [String: String] = [:]
            for account in sales.accounts {
                accounts[account.name] = try state.salesforce.create(
                    object: "Account",
                    fields: [
                        .init("Name", .text(account.name)),
                        .init("Industry", .text(account.sector)),
                    ],
                    at: now
                )
            }
            for account in sales.accounts {
                guard let parent = accounts[account.parent], let id = accounts[account.name]
                else { continue }
                try state.salesforce.edit(id, fields: [.init("ParentId", .text(parent))], at: now)
            }
            for deal in sales.deals {
                let owner = 1_000 + (owners.firstIndex(of: deal.agent) ?? 0)
                var fields: [MockSalesforceRecord.Field] = [
                    .init("Name", .text(deal.name)),
                    .init("StageName", .text(Self.stages[deal.stage]?.1 ?? "")),
                    .init("CloseDate", .text(deal.date.isEmpty ? "2017-12-31" : deal.date)),
                    .init("OwnerId", .text(MockSalesforceUser.id(owner))),
                ]
                if !deal.amount.isEmpty { fields.append(.init("Amount", .number(deal.amount))) }
                if let account = accounts[deal.account] {
                    fields.append(.init("AccountId", .text(account)))
                }
                _ = try state.salesforce.create(object: "Opportunity", fields: fields, at: now)
            }
        }
    }

    private static func backfill(_ stage: Rehearsal) async throws {
        _ = try await stage.runner.backfillAndPush("companies")
        _ = try await stage.runner.backfillAndPush("deals")
    }

    /// Twice in a row there is nothing to do.
    private static func isInStep(_ stage: Rehearsal) async throws {
        let (deals, opportunities) = (
            stage.hubspotRecords("deals").count, stage.records("Opportunity").count
        )
        stage.wait(seconds: 1_200)
        try await stage.restart()
        try await Self.backfill(stage)
        let again = try await stage.runner.sync()
        #expect(again.createdInHubSpot + again.createdInSalesforce == 0)
        #expect(again.updatedInHubSpot + again.updatedInSalesforce == 0)
        #expect(stage.records("Opportunity").count == opportunities)
        #expect(stage.hubspotRecords("deals").count == deals)
    }

    // MARK: - What arrives

    @Test
    func `all of it arrives in Salesforce, tied as it was, and what is missing is told by name`()
        async throws
    {
        let sales = try Self.sales()
        let stage = try await Self.stage(sales, from: .hubspot)
        try Self.fillHubSpot(stage, sales)
        stage.wait()
        try await Self.backfill(stage)
        let accounts = stage.records("Account")
        let names = Dictionary(accounts.map { ($0.id, $0["Name"].text ?? "") }) { one, _ in one }
        let found = accounts.map { account in
            "\(account["Name"].text ?? ""), \(account["Industry"].text ?? ""), of "
                + (account["ParentId"].text.flatMap { names[$0] } ?? "")
        }
        let expected = sales.accounts.map { account in
            let sector = Self.industries[account.sector] == nil ? "" : account.sector
            return "\(account.name), \(sector), of \(account.parent)"
        }
        #expect(found.sorted() == expected.sorted())

        // Salesforce demands a close date, and one of the agents is nobody there.
        let dated = sales.deals.filter { !$0.date.isEmpty }
        let lines = dated.map { deal in
            let place = sales.agents.firstIndex(of: deal.agent) ?? 0
            let isThere = place < sales.agents.count - 1
            let owner = isThere ? MockSalesforceUser.id(1_000 + place) : "?"
            return "\(deal.name) \(deal.account) \(Self.stages[deal.stage]?.1 ?? "") "
                + "\(deal.date) \(deal.amount) \(owner)"
        }
        let agents = Set(
            (0..<sales.agents.count).map { MockSalesforceUser.id(1_000 + $0) }
        )
        let arrived = stage.records("Opportunity").map { deal in
            let account = deal["AccountId"].text.flatMap { names[$0] } ?? ""
            var amount = ""
            if case .number(let text) = deal["Amount"] { amount = text }
            let owner = deal["OwnerId"].text ?? ""
            return "\(deal["Name"].text ?? "") \(account) \(deal["StageName"].text ?? "") "
                + "\(deal["CloseDate"].text ?? "") \(amount) \(agents.contains(owner) ? owner : "?")"
        }
        #expect(arrived.sorted() == lines.sorted())
        let findings = try await stage.findings()
        let undated = findings.filter { $0.code == .missingRequiredField }
        #expect(undated.count == sales.deals.count - dated.count)
        #expect(undated.allSatisfy { $0.details == ["Opportunity", "CloseDate"] })
        #expect(
            findings.filter { $0.code != .missingRequiredField }.map(\.code) == [.ownerNotFound]
        )
        try await Self.isInStep(stage)
    }

    @Test
    func `all of it arrives in HubSpot, tied as it was, and what is misspelt is told by name`()
        async throws
    {
        let sales = try Self.sales()
        let stage = try await Self.stage(sales, from: .salesforce)
        try Self.fillSalesforce(stage, sales)
        stage.wait()
        try await Self.backfill(stage)
        let companies = stage.hubspotRecords("companies")
        let names = Dictionary(companies.map { ($0.id, $0["name"] ?? "") }) { one, _ in one }
        let found = companies.map { company in
            "\(company["name"] ?? ""), \(company["industry"] ?? ""), of "
                + (stage.parent(of: company.id).flatMap { names[$0] } ?? "")
        }
        let expected = sales.accounts.map { account in
            "\(account.name), \(Self.industries[account.sector] ?? ""), of \(account.parent)"
        }
        #expect(found.sorted() == expected.sorted())
        let lines = sales.deals.map { deal in
            let place = sales.agents.firstIndex(of: deal.agent) ?? 0
            let owner = place < sales.agents.count - 1 ? String(1_000 + place) : ""
            let date = deal.date.isEmpty ? "2017-12-31" : deal.date
            return "\(deal.name) \(deal.account) \(Self.stages[deal.stage]?.0 ?? "") "
                + "\(date) \(deal.amount) \(owner)"
        }
        let arrived = stage.hubspotRecords("deals").map { deal in
            let company = stage.company(of: deal.id, in: "deals").flatMap { names[$0] } ?? ""
            let date = String((deal["closedate"] ?? "").prefix(10))
            return "\(deal["dealname"] ?? "") \(company) \(deal["dealstage"] ?? "") "
                + "\(date) \(deal["amount"] ?? "") \(deal["hubspot_owner_id"] ?? "")"
        }
        #expect(arrived.sorted() == lines.sorted())
        let findings = try await stage.findings()
        let misspelt = sales.accounts.filter { Self.industries[$0.sector] == nil }.count
        #expect(misspelt > 0)
        #expect(findings.filter { $0.code == .valueNotConvertible }.count == misspelt)
        #expect(
            findings.filter { $0.code == .valueNotConvertible }
                .allSatisfy { $0.details == ["industry"] }
        )
        #expect(
            findings.filter { $0.code != .valueNotConvertible }.map(\.code) == [.ownerNotFound]
        )
        try await Self.isInStep(stage)
    }
}
