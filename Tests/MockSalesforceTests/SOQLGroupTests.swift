import HTTPTransport
import Testing
import WireJSON

@testable import MockSalesforce

@Suite struct SOQLGroupTests {
    /// Five accounts of three industries; revenues 100, 200, 50, 25 and none.
    private static func org() throws -> Rehearsal {
        var rehearsal = Rehearsal()
        let rows = [
            ("Acme", "Energy", "100", "3"), ("Bolt", "Energy", "200", "4"),
            ("Coil", "Banking", "50", "5"), ("Dyno", "Banking", "25", "6"),
            ("Echo", "", "", ""),
        ]
        for (name, industry, revenue, people) in rows {
            var fields = [("Name", name)]
            if !industry.isEmpty { fields.append(("Industry", industry)) }
            let id = try rehearsal.seed("Account", fields)
            if !revenue.isEmpty {
                let body = #"{"AnnualRevenue":\#(revenue),"NumberOfEmployees":\#(people)}"#
                #expect(rehearsal.send(.patch, "/sobjects/Account/\(id)", body).status == 204)
            }
            rehearsal.now += 31 * 86_400_000
            rehearsal.signIn()
        }
        return rehearsal
    }

    /// Every row's values in the order of the list, `-` for null.
    private static func rows(_ rehearsal: inout Rehearsal, _ statement: String) -> [String] {
        let records = rehearsal.query(statement).json["records"]?.elements ?? []
        return records.map { record in
            record.members.filter { $0.name != "attributes" }.map { member in
                let value = member.value.string ?? member.value.numberText ?? "-"
                return "\(member.name)=\(value)"
            }.joined(separator: " ")
        }
    }

    @Test(arguments: [
        (
            "SELECT Industry, COUNT(Id) n, SUM(AnnualRevenue) total FROM Account GROUP BY Industry "
                + "ORDER BY Industry",
            [
                "Industry=- n=1 total=-", "Industry=Banking n=2 total=75.0",
                "Industry=Energy n=2 total=300.0",
            ]
        ),
        (
            "SELECT COUNT(AnnualRevenue), AVG(AnnualRevenue), MIN(Name), MAX(NumberOfEmployees) "
                + "FROM Account",
            ["expr0=4 expr1=93.75 expr2=Acme expr3=6"]
        ),
        (
            "SELECT COUNT(Id) FROM Account WHERE Name = 'Nobody'", ["expr0=0"]
        ),
        (
            "SELECT Industry kind, COUNT_DISTINCT(Name) FROM Account GROUP BY Industry "
                + "HAVING COUNT(Id) > 1 ORDER BY COUNT(Id) DESC, SUM(AnnualRevenue) DESC LIMIT 1",
            ["kind=Energy expr0=2"]
        ),
        (
            "SELECT CALENDAR_MONTH(CreatedDate) month, COUNT(Id) FROM Account "
                + "GROUP BY CALENDAR_MONTH(CreatedDate) HAVING CALENDAR_MONTH(CreatedDate) IN (9, 1) "
                + "ORDER BY CALENDAR_MONTH(CreatedDate)",
            ["month=1 expr0=1", "month=9 expr0=1"]
        ),
        (
            "SELECT Owner.Type, COUNT(Id) n FROM Account GROUP BY Owner.Type", ["Type=User n=5"]
        ),
    ])
    func `groups come with their values`(_ statement: String, _ expected: [String]) throws {
        var rehearsal = try Self.org()
        #expect(Self.rows(&rehearsal, statement) == expected)
        let first = rehearsal.query(statement).json["records"]?[0]
        #expect(first?["attributes"]?["type"]?.string == "AggregateResult")
        #expect(first?["attributes"]?["url"] == nil)
    }

    @Test(arguments: [
        ("SELECT Name, COUNT(Id) FROM Account GROUP BY Industry", "MALFORMED_QUERY"),
        ("SELECT SUM(Name) FROM Account", "MALFORMED_QUERY"),
        ("SELECT COUNT(Id) a, MIN(Name) a FROM Account", "MALFORMED_QUERY"),
        ("SELECT COUNT(Id) FROM Account LIMIT 1", "MALFORMED_QUERY"),
        ("SELECT Name n FROM Account", "MALFORMED_QUERY"),
        ("SELECT COUNT(), Name FROM Account", "MALFORMED_QUERY"),
        ("SELECT Id FROM Account WHERE COUNT(Id) > 1", "MALFORMED_QUERY"),
        ("SELECT Description FROM Account GROUP BY Description", "INVALID_FIELD"),
        ("SELECT CALENDAR_YEAR(Name) FROM Account GROUP BY CALENDAR_YEAR(Name)", "MALFORMED_QUERY"),
        ("SELECT Id FROM Account WHERE BOGUS(Name) = 1", "MALFORMED_QUERY"),
    ])
    func `what cannot be grouped is refused`(_ statement: String, _ code: String) throws {
        var rehearsal = Rehearsal()
        let reply = rehearsal.query(statement)
        #expect(reply.status == 400)
        #expect(reply.errorCode == code)
    }

    @Test func `parts of a time filter rows, labels and formats are values`() throws {
        var rehearsal = try Self.org()
        let names = rehearsal.column(
            "Name",
            "SELECT Name FROM Account WHERE CALENDAR_YEAR(CreatedDate) = 2027 ORDER BY Name"
        )
        #expect(names == ["Echo"])
        let row = rehearsal.query(
            "SELECT toLabel(Industry), FORMAT(AnnualRevenue) money FROM Account WHERE Name = 'Acme'"
        ).json["records"]?[0]
        #expect(row?["Industry"]?.string == "Energy")
        #expect(row?["money"]?.string == "100")
    }

    @Test(arguments: [
        ("LAST_N_DAYS:40", ["Echo"]), ("LAST_MONTH", ["Echo"]),
        ("LAST_N_MONTHS:2", ["Dyno", "Echo"]),
        ("N_MONTHS_AGO:1", ["Echo"]), ("LAST_QUARTER", ["Bolt", "Coil", "Dyno"]),
        ("THIS_YEAR", ["Echo"]), ("LAST_FISCAL_YEAR", ["Acme", "Bolt", "Coil", "Dyno"]),
        ("N_DAYS_AGO:31", ["Echo"]), ("NEXT_N_WEEKS:4", []),
    ])
    func `periods are whole units`(_ period: String, _ names: [String]) throws {
        // The accounts are of 21 September, 22 October, 22 November, 23 December and 23 January.
        var rehearsal = try Self.org()
        let statement = "SELECT Name FROM Account WHERE CreatedDate = \(period) ORDER BY Name"
        #expect(rehearsal.column("Name", statement) == names)
    }

    private static let literals =
        [
            "YESTERDAY", "TODAY", "TOMORROW", "LAST_90_DAYS", "NEXT_90_DAYS", "LAST_N_DAYS:3",
            "NEXT_N_DAYS:3", "N_DAYS_AGO:3",
        ]
        + ["WEEK", "MONTH", "QUARTER", "YEAR", "FISCAL_QUARTER", "FISCAL_YEAR"].flatMap { unit in
            [
                "LAST_\(unit)", "THIS_\(unit)", "NEXT_\(unit)", "LAST_N_\(unit)S:3",
                "NEXT_N_\(unit)S:3", "N_\(unit)S_AGO:3",
            ]
        }

    @Test func `every documented date literal parts time in before, within and after`() throws {
        var rehearsal = Rehearsal()
        // One account for each day of nine years around now.
        let today = rehearsal.now / 86_400_000
        for day in today - 1_600..<today + 1_600 {
            let time = SalesforceTime.format(day * 86_400_000 + 43_200_000)
            _ = try rehearsal.seed("Account", [("Name", "\(day)"), ("CreatedDate", time)])
        }
        for period in Self.literals {
            func count(_ comparison: String) -> Int64 {
                let condition = "CreatedDate \(comparison) \(period)"
                let reply = rehearsal.query("SELECT COUNT() FROM Account WHERE \(condition)")
                return reply.json["totalSize"]?.integer ?? -1
            }
            let within = count("=")
            #expect(within > 0, "\(period)")
            #expect(count("<") + within + count(">") == 3_200, "\(period)")
            #expect(count("!=") == 3_200 - within, "\(period)")
            #expect(count("<=") == 3_200 - count(">"), "\(period)")
            #expect(count(">=") == 3_200 - count("<"), "\(period)")
        }
    }

    @Test func `a statement that is nested too deeply is refused`() {
        var rehearsal = Rehearsal()
        let open = String(repeating: "(", count: 2_000)
        let reply = rehearsal.query("SELECT Id FROM Contact WHERE \(open)Name = 'a'")
        #expect(reply.errorCode == "QUERY_TOO_COMPLICATED")
        let not = String(repeating: "NOT ", count: 2_000)
        let other = rehearsal.query("SELECT Id FROM Contact WHERE \(not)Name = 'a'")
        #expect(other.errorCode == "QUERY_TOO_COMPLICATED")
    }

    @Test func `a pattern of many parts takes no time`() throws {
        var rehearsal = Rehearsal()
        let long = String(repeating: "a", count: 80)
        _ = try rehearsal.seed("Account", [("Name", long)])
        let pattern = String(repeating: "%a", count: 30) + "%b"
        let names = rehearsal.column(
            "Name",
            "SELECT Name FROM Account WHERE Name LIKE '\(pattern)'"
        )
        #expect(names.isEmpty)
    }

    @Test func `a rollup adds subtotals from the last field to the first, and a total`() throws {
        var rehearsal = Rehearsal()
        for (source, rating) in [
            ("Web", "Hot"), ("Web", "Hot"), ("Web", "Cold"), ("Web", ""), ("Other", "Hot"),
        ] {
            var fields = [("LastName", "L"), ("Company", "C"), ("LeadSource", source)]
            if !rating.isEmpty { fields.append(("Rating", rating)) }
            _ = try rehearsal.seed("Lead", fields)
        }
        let rows = Self.rows(
            &rehearsal,
            "SELECT LeadSource, Rating, GROUPING(LeadSource) a, GROUPING(Rating) b, COUNT(Id) n "
                + "FROM Lead GROUP BY ROLLUP(LeadSource, Rating)"
        )
        #expect(
            rows == [
                "LeadSource=Web Rating=Hot a=0 b=0 n=2", "LeadSource=Web Rating=Cold a=0 b=0 n=1",
                "LeadSource=Web Rating=- a=0 b=0 n=1", "LeadSource=Other Rating=Hot a=0 b=0 n=1",
                "LeadSource=Web Rating=- a=0 b=1 n=4", "LeadSource=Other Rating=- a=0 b=1 n=1",
                "LeadSource=- Rating=- a=1 b=1 n=5",
            ]
        )
        let cube = Self.rows(
            &rehearsal,
            "SELECT LeadSource, Rating, COUNT(Id) n FROM Lead GROUP BY CUBE(LeadSource, Rating) "
                + "HAVING GROUPING(LeadSource) = 1 ORDER BY GROUPING(Rating), COUNT(Id) DESC, Rating"
        )
        #expect(
            cube == [
                "LeadSource=- Rating=Hot n=3", "LeadSource=- Rating=- n=1",
                "LeadSource=- Rating=Cold n=1", "LeadSource=- Rating=- n=5",
            ]
        )
    }

    @Test(arguments: [
        "SELECT COUNT(Id) FROM Account GROUP BY ROLLUP(Industry), Name",
        "SELECT COUNT(Id) FROM Account GROUP BY CUBE(Industry, Name, Type, Rating)",
        "SELECT GROUPING(Industry), COUNT(Id) FROM Account GROUP BY Industry",
        "SELECT GROUPING(Name), COUNT(Id) FROM Account GROUP BY ROLLUP(Industry)",
        "SELECT GROUPING(Name) FROM Account", "SELECT Id FROM Account GROUP BY ROLLUP(",
        "SELECT Id FROM Account WHERE GROUPING(Name) = 1",
    ])
    func `subtotals are refused where they mean nothing`(statement: String) throws {
        var rehearsal = try Self.org()
        #expect(rehearsal.query(statement).errorCode == "MALFORMED_QUERY")
    }
}
