import WireJSON
import HTTPTransport
import MockSalesforce
import Testing

@Suite struct SOQLTests {
    /// Four contacts, A to D, written a minute apart; A and B work for Acme.
    private static func org() throws -> Rehearsal {
        var rehearsal = Rehearsal()
        let account = try rehearsal.seed("Account", [("Name", "Acme")])
        rehearsal.now += 60_000
        _ = try rehearsal.seed(
            "Contact",
            [
                ("LastName", "A"), ("Email", "a@x.invalid"), ("AccountId", account),
                ("HubSpot_Record_ID__c", "Key1"), ("Birthdate", "1990-05-01"),
            ]
        )
        rehearsal.now += 60_000
        _ = try rehearsal.seed(
            "Contact",
            [
                ("LastName", "B"), ("Email", "B@X.invalid"), ("AccountId", account),
                ("Title", "100% \"boss\"\\"),
            ]
        )
        rehearsal.now += 60_000
        _ = try rehearsal.seed("Contact", [("LastName", "C"), ("Title", "O'Neil")])
        rehearsal.now += 60_000
        _ = try rehearsal.seed("Contact", [("LastName", "D"), ("Email", "d@y.invalid")])
        return rehearsal
    }

    @Test(arguments: [
        ("Email = 'A@X.INVALID'", ["A"]),
        ("email in ('b@x.invalid', 'd@y.invalid')", ["B", "D"]),
        ("Email NOT IN ('b@x.invalid')", ["A", "C", "D"]),
        ("Email != 'b@x.invalid'", ["A", "C", "D"]),
        ("Email = null", ["C"]),
        ("Email <> NULL", ["A", "B", "D"]),
        ("NOT Email LIKE '%@x.%'", ["C", "D"]),
        ("Email LIKE '_@y.invalid'", ["D"]),
        (#"Title LIKE '100\% %'"#, ["B"]),
        (#"Title = '100% "boss"\\'"#, ["B"]),
        (#"Title = 'O\'Neil'"#, ["C"]),
        ("HubSpot_Record_ID__c = 'Key1'", ["A"]),
        ("HubSpot_Record_ID__c = 'key1'", []),
        ("Account.Name = 'acme'", ["A", "B"]),
        ("AccountId = null AND (LastName = 'C' OR LastName = 'A')", ["C"]),
        ("Birthdate < 1991-01-01", ["A"]),
        ("SystemModstamp > 2026-09-21T14:15:20Z", ["C", "D"]),
        ("SystemModstamp >= 2026-09-21T14:15:20.500Z", ["C", "D"]),
        ("SystemModstamp = 2026-09-21T14:15:20+00:00", ["B"]),
        ("CreatedDate = TODAY", ["A", "B", "C", "D"]),
        ("CreatedDate < LAST_N_DAYS:3", []),
        ("IsDeleted = FALSE", ["A", "B", "C", "D"]),
        ("AccountId IN (SELECT Id FROM Account WHERE Name = 'Acme')", ["A", "B"]),
    ])
    func `a condition finds its rows`(_ condition: String, _ names: [String]) throws {
        var rehearsal = try Self.org()
        let statement = "SELECT LastName FROM Contact WHERE \(condition) ORDER BY Id"
        #expect(rehearsal.column("LastName", statement) == names)
    }

    @Test(arguments: [
        ("Email", ["C", "A", "B", "D"]),
        ("Email DESC", ["C", "D", "B", "A"]),
        ("Email DESC NULLS LAST", ["D", "B", "A", "C"]),
        ("Account.Name NULLS LAST, LastName DESC", ["B", "A", "D", "C"]),
        ("SystemModstamp DESC, Id ASC LIMIT 2", ["D", "C"]),
        ("SystemModstamp ASC, Id ASC LIMIT 2 OFFSET 1", ["B", "C"]),
    ])
    func `rows come in the order asked for`(_ order: String, _ names: [String]) throws {
        var rehearsal = try Self.org()
        let statement = "select LastName from contact order by \(order)"
        #expect(rehearsal.column("LastName", statement) == names)
    }

    @Test(arguments: [
        ("SELECT FROM Contact", "MALFORMED_QUERY"),
        ("SELECT Id, Id FROM Contact", "MALFORMED_QUERY"),
        ("SELECT Id FROM Contact WHERE Name = 'a' AND Name = 'b' OR Name = 'c'", "MALFORMED_QUERY"),
        (#"SELECT Id FROM Contact WHERE Name = '\q'"#, "MALFORMED_QUERY"),
        ("SELECT Id FROM Contact WHERE Name = 'a", "MALFORMED_QUERY"),
        ("SELECT Id FROM Contact WHERE SystemModstamp > '2026-01-01'", "INVALID_FIELD"),
        ("SELECT Id FROM Contact WHERE Description = 'a'", "INVALID_FIELD"),
        ("SELECT Boss.Name FROM Contact", "INVALID_FIELD"),
        ("SELECT Id FROM Contact WHERE Id = 'x'", "INVALID_QUERY_FILTER_OPERATOR"),
        ("SELECT Id FROM XYZZY", "INVALID_TYPE"),
        ("SELECT Id FROM Lead WHERE Status INCLUDES ('Open')", "INVALID_QUERY_FILTER_OPERATOR"),
        ("SELECT Id FROM Lead WHERE LastName EXCLUDES ('a')", "INVALID_QUERY_FILTER_OPERATOR"),
    ])
    func `a bad statement is refused with its code`(_ statement: String, _ code: String) throws {
        var rehearsal = Rehearsal()
        let reply = rehearsal.query(statement)
        #expect(reply.status == 400)
        #expect(reply.errorCode == code)
    }

    @Test func `FROM may give parents names of their own`() throws {
        var rehearsal = Rehearsal()
        let account = try rehearsal.seed("Account", [("Name", "Acme")])
        _ = try rehearsal.seed("Contact", [("LastName", "Roux"), ("AccountId", account)])
        _ = try rehearsal.seed("Contact", [("LastName", "Else")])
        for statement in [
            "SELECT c.LastName, a.Name FROM Contact c, c.Account a WHERE a.Name = 'Acme'",
            "SELECT LastName, a.Name FROM Contact, Contact.Account AS a WHERE a.Name LIKE 'A%'",
            "SELECT c.LastName, o.IsActive FROM Contact c, c.Account a, a.Owner o WHERE a.Id != null",
        ] {
            #expect(rehearsal.column("LastName", statement) == ["Roux"], "\(statement)")
        }
        let named = rehearsal.column("Account.Name", "SELECT a.Name FROM Contact c, c.Account a")
        #expect(Set(named) == ["Acme", "-"])
        let count = rehearsal.query(
            "SELECT COUNT() FROM Contact c, c.Account a WHERE a.Name = 'Acme'"
        )
        #expect(count.json["totalSize"]?.integer == 1)
        for statement in [
            "SELECT Id FROM Contact c, c.Account", "SELECT Id FROM Contact, , b c",
            "SELECT Id FROM , b c",
        ] {
            #expect(rehearsal.query(statement).errorCode == "MALFORMED_QUERY", "\(statement)")
        }
    }

    @Test func `a path goes over five parents and no further`() {
        var rehearsal = Rehearsal()
        let five = "Account.Parent.Parent.Parent.Parent.Name"
        for path in [five, "Contact." + five, "c." + five] {
            #expect(rehearsal.query("SELECT \(path) FROM Contact c").status == 200, "\(path)")
            let where5 = "SELECT Id FROM Contact c WHERE \(path) = 'x'"
            #expect(rehearsal.query(where5).status == 200, "\(path)")
        }
        let six = "Account.Parent." + five.dropFirst(8)
        for statement in [
            "SELECT \(six) FROM Contact", "SELECT Id FROM Contact WHERE \(six) = 'x'",
            "SELECT Id FROM Contact ORDER BY \(six)",
        ] {
            #expect(rehearsal.query(statement).errorCode == "MALFORMED_QUERY", "\(statement)")
        }
    }

    @Test func `an unknown column is pointed at`() {
        var rehearsal = Rehearsal()
        let message = rehearsal.query("SELECT Nope__c FROM Contact").message
        #expect(
            message.hasPrefix(
                "\nSELECT Nope__c FROM Contact\n       ^\nERROR at Row:1:Column:8\n"
                    + "No such column 'Nope__c' on entity 'Contact'."
            )
        )
    }

    @Test func `a statement over 100,000 characters and a string over 4,000 are refused`() {
        var rehearsal = Rehearsal()
        let long = String(repeating: "x", count: 4001)
        func status(_ condition: String) -> Int {
            let part =
                #"{"compositeRequest":[{"method":"GET","referenceId":"q","url":"#
                + #""/services/data/v62.0/query?q=SELECT Id FROM Contact WHERE \#(condition)"}]}"#
            let reply = rehearsal.send(.post, "/composite", part)
            return Int(reply.json["compositeResponse"]?[0]?["httpStatusCode"]?.integer ?? 0)
        }
        #expect(status("Name = '\(long)'") == 400)
        #expect(status("Name = '\(long.dropLast())'") == 200)
        let list = Array(repeating: "'\(long.dropLast())'", count: 25).joined(separator: ",")
        #expect(status("Name IN (\(list))") == 400)
    }

    @Test func `a URL over the limit is 414`() {
        var rehearsal = Rehearsal()
        let reply = rehearsal.query("SELECT Id FROM Contact" + String(repeating: " ", count: 6000))
        #expect(reply.status == 414)
    }

    @Test func `COUNT() puts the number into totalSize`() throws {
        var rehearsal = try Self.org()
        let reply = rehearsal.query("SELECT COUNT() FROM Contact WHERE Account.Name = 'Acme'")
        #expect(reply.text == #"{"totalSize":2,"done":true,"records":[]}"#)
    }

    @Test func `pages follow their locator until done, and not after two days`() throws {
        var rehearsal = Rehearsal()
        for number in 0..<450 { _ = try rehearsal.seed("Contact", [("LastName", "\(number)")]) }
        let options = [HTTPHeader("Sforce-Query-Options", "batchSize=200")]
        let first = rehearsal.query("SELECT Id FROM Contact ORDER BY Id", headers: options)
        let next = first.json["nextRecordsUrl"]?.string ?? ""
        #expect(first.json["totalSize"]?.integer == 450)
        #expect(first.json["done"]?.boolean == false)
        #expect(next.hasPrefix("/services/data/v62.0/query/01g") && next.hasSuffix("-200"))
        let second = rehearsal.send(.get, String(next.dropFirst(20)))
        let third = rehearsal.send(
            .get,
            String((second.json["nextRecordsUrl"]?.string ?? "").dropFirst(20))
        )
        #expect(third.json["records"]?.count == 50)
        #expect(third.json["done"]?.boolean == true)
        #expect(third.json["nextRecordsUrl"] == nil)
        rehearsal.now += 2 * 86_400_000
        let late = rehearsal.send(.get, String(next.dropFirst(20)))
        #expect(late.errorCode == "INVALID_QUERY_LOCATOR")
    }

    @Test func `a page may hold fewer rows than were asked for`() throws {
        var rehearsal = try Self.org()
        rehearsal.mock.settings.pageRowsMax = 3
        let reply = rehearsal.query("SELECT Id FROM Contact")
        #expect(reply.json["records"]?.count == 3)
        #expect(reply.json["done"]?.boolean == false)
    }
}
