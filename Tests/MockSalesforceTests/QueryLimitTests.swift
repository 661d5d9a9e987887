import MockSalesforce
import Testing
import WireJSON

/// A query that stops when it has enough answers what one that reads every row begins with.
struct QueryLimitTests {
    private var rehearsal = Rehearsal()
    private var ids: [String] = []

    init() throws {
        for number in 0..<120 {
            self.rehearsal.now += 1_000
            let id = try self.rehearsal.seed(
                "Contact",
                [("LastName", number % 3 == 0 ? "Novak" : "Lee"), ("Title", "T\(number % 7)")]
            )
            self.ids.append(id)
        }
        for place in stride(from: 5, to: 120, by: 11) {
            try self.rehearsal.mock.delete(self.ids[place], at: self.rehearsal.now)
        }
        for place in stride(from: 7, to: 120, by: 13) {
            try self.rehearsal.mock.setVisible(self.ids[place], false)
        }
    }

    @Test(arguments: [
        "", " ORDER BY Id", " ORDER BY Id DESC", " ORDER BY Title, Id",
        " WHERE LastName = 'Novak'", " WHERE Title LIKE 'T%' ORDER BY Id, Title",
        " WHERE Id > '@' ORDER BY Id", " WHERE Id >= '@' AND LastName = 'Lee'",
        " WHERE Id > '@' OR LastName = 'Novak'", " WHERE NOT Id > '@'",
    ])
    mutating func `a limit and an offset cut a piece out of all`(rest: String) {
        let rest = rest.replacing("@", with: self.ids[60])
        let all = self.rehearsal.column("Id", "SELECT Id FROM Contact" + rest)
        #expect(all.count > 10)
        for (limit, offset) in [(1, 0), (10, 0), (7, 5), (200, 3), (5, 300)] {
            let piece = self.rehearsal.column(
                "Id",
                "SELECT Id FROM Contact\(rest) LIMIT \(limit) OFFSET \(offset)"
            )
            #expect(piece == Array(all.dropFirst(offset).prefix(limit)))
        }
        guard !rest.contains("ORDER") else { return }
        let count = self.rehearsal.query("SELECT COUNT() FROM Contact\(rest) LIMIT 9")
        #expect(count.json["totalSize"]?.integer == 9)
    }

    @Test mutating func `a limit without an order bounds groups, not rows`() {
        let names = self.rehearsal.column(
            "expr0",
            "SELECT LastName, COUNT(Id) FROM Contact GROUP BY LastName ORDER BY LastName LIMIT 1"
        )
        let all = self.rehearsal.column(
            "Id",
            "SELECT Id FROM Contact WHERE LastName = 'Lee'"
        )
        #expect(names == ["\(all.count)"])
    }

    @Test mutating func `ids after one are the rest of all`() {
        let all = self.rehearsal.column("Id", "SELECT Id FROM Contact ORDER BY Id")
        let rest = self.rehearsal.column(
            "Id",
            "SELECT Id FROM Contact WHERE Id > '\(all[40])' ORDER BY Id LIMIT 2000"
        )
        #expect(rest == Array(all.dropFirst(41)))
    }
}
