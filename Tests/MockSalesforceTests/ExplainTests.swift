import HTTPTransport
import Testing
import WireJSON

@testable import MockSalesforce

/// Which plans `explain` lists, and which of them leads.
@Suite struct ExplainTests {
    private var rehearsal = Rehearsal()
    private var accounts: [String] = []
    private var contacts: [String] = []

    /// Two accounts, forty contacts, an hour apart from one another.
    init() throws {
        for name in ["Acme", "Bolt"] {
            self.accounts.append(try self.rehearsal.seed("Account", [("Name", name)]))
        }
        for number in 0..<40 {
            self.rehearsal.now += 3_600_000
            let id = try self.rehearsal.seed(
                "Contact",
                [
                    ("LastName", number < 4 ? "Novak" : "Lee"), ("Title", "T\(number % 4)"),
                    ("Email", "c\(number)@x.test"), ("HubSpot_Record_ID__c", "\(number)"),
                    ("AccountId", self.accounts[number < 8 ? 0 : 1]),
                ]
            )
            self.contacts.append(id)
        }
        self.rehearsal.signIn()
    }

    private mutating func plans(_ condition: String) -> [JSON] {
        let statement =
            "SELECT Id FROM Contact"
            + condition.replacing("@", with: self.accounts[0])
            .replacing("#", with: self.contacts[3])
        let path = "/query?explain=" + Rehearsal.encode(statement)
        return self.rehearsal.send(.get, path).json["plans"]?.elements ?? []
    }

    private static func lead(_ plans: [JSON]) -> String {
        plans.first?["leadingOperationType"]?.string ?? "none"
    }

    @Test(arguments: [
        (" WHERE Id = '#'", ["Id"]), (" WHERE Id IN ('#')", ["Id"]), (" WHERE Id < '#'", ["Id"]),
        (" WHERE Name = 'Novak'", ["Name"]), (" WHERE Name LIKE 'Nov%'", ["Name"]),
        (" WHERE Email = 'c1@x.test'", ["Email"]),
        (" WHERE HubSpot_Record_ID__c = '7'", ["HubSpot_Record_ID__c"]),
        (" WHERE AccountId = '@'", ["AccountId"]),
        (" WHERE AccountId IN (SELECT Id FROM Account WHERE Name = 'Acme')", ["AccountId"]),
        (" WHERE CreatedDate < 2026-09-21T20:00:00Z", ["CreatedDate"]),
        (" WHERE SystemModstamp < 2026-09-21T20:00:00Z", ["SystemModstamp"]),
        (" WHERE Title = 'T1' AND Email = 'c1@x.test'", ["Email"]),
        (" WHERE Id = '#' OR Email = 'c1@x.test'", ["Id", "Email"]),
        (" WHERE (Title = 'T1' AND Id = '#') OR Email = 'c1@x.test'", ["Id", "Email"]),
    ])
    mutating func `an index leads`(condition: String, fields: [String]) {
        let plans = self.plans(condition)
        #expect(Self.lead(plans) == "Index")
        #expect(plans[0]["fields"]?.elements.map(\.string) == fields)
        #expect(plans[0]["relativeCost"]?.double.map { $0 <= 1 } == true)
        #expect(plans.last?["leadingOperationType"]?.string == "TableScan")
    }

    @Test(arguments: [
        "", " WHERE Title = 'T1'", " WHERE Id != '#'", " WHERE Id NOT IN ('#')",
        " WHERE NOT Id = '#'", " WHERE Name LIKE '%ovak'", " WHERE Name LIKE '_ovak'",
        " WHERE Email = null", " WHERE Name > 'Mu'", " WHERE Account.Name = 'Acme'",
        " WHERE Id = '#' OR Title = 'T1'", " WHERE Id = '#' OR Id != '#'",
        " WHERE CALENDAR_YEAR(CreatedDate) = 2026", " ORDER BY Id",
    ])
    mutating func `every record is looked at`(condition: String) {
        let plans = self.plans(condition)
        #expect(plans.map { $0["leadingOperationType"]?.string } == ["TableScan"])
        #expect(plans[0]["fields"]?.elements.isEmpty == true)
    }

    @Test mutating func `an index that gives too much comes after the scan`() {
        // 36 of 40 are more than the 12 of a standard index.
        let wide = self.plans(" WHERE Name = 'Lee'")
        #expect(wide.map { $0["leadingOperationType"]?.string } == ["TableScan", "Index"])
        #expect(wide[1]["cardinality"]?.integer == 36)
        #expect(wide[1]["relativeCost"]?.double == 3)
        // Four keys are the most of a custom index, five are too many.
        func keys(_ count: Int) -> String {
            let list = (0..<count).map { "'\($0)'" }.joined(separator: ",")
            return Self.lead(self.plans(" WHERE HubSpot_Record_ID__c IN (\(list))"))
        }
        #expect(keys(4) == "Index")
        #expect(keys(5) == "TableScan")
    }

    @Test mutating func `both ends of a range are one look, and a LIMIT alone is an optimization`()
    {
        let range = self.plans(
            " WHERE CreatedDate >= 2026-09-21T16:00:00Z AND CreatedDate < 2026-09-21T20:00:00Z"
        )
        #expect(range.count == 2)
        #expect(range[0]["cardinality"]?.integer == 4)
        let limited = self.plans(" LIMIT 6")
        #expect(limited.map { $0["leadingOperationType"]?.string } == ["Other", "TableScan"])
        #expect(limited[0]["relativeCost"]?.double == 0.5)
        let note = limited[1]["notes"]?[0]
        #expect(note?["fields"]?[0]?.string == "IsDeleted")
        #expect(note?["tableEnumOrId"]?.string == "Contact")
    }

    /// Plans as real orgs gave them.
    @Test(
        arguments: [
            (.index(["K"], [(198_750, true)], of: 1_500_000), 1.59),
            (.index(["K"], [(277_500, true)], of: 1_500_000), 2.22),
            (.tableScan(198_750, of: 1_500_000), 1.3445),
            (.tableScan(277_500, of: 1_500_000), 1.481),
            (.tableScan(13, of: 13), 3.816666666666667), (.tableScan(1, of: 3), 0.65),
            (.index(["CreatedDate"], [(1, false)], of: 3), 0), (.limit(10, of: 1_001), 1.0 / 30),
        ] as [(QueryCost, Double)]
    )
    func `costs are those of recorded plans`(cost: QueryCost, recorded: Double) {
        #expect(abs(cost.relativeCost - recorded) < 1e-9)
    }

    /// The vendor's own examples.
    @Test(arguments: [
        (2_500_000, false, 525_000), (2_500_000, true, 175_000), (5_700_000, false, 1_000_000),
        (20_000_000, true, 333_333), (50_000, false, 15_000),
    ])
    func `thresholds are the documented ones`(count: Int, isCustom: Bool, threshold: Int) {
        #expect(QueryCost.threshold(of: count, isCustom: isCustom) == threshold)
    }
}
