import HTTPTransport
import MockSalesforce
import Testing
import WireJSON

@Suite struct SOQLChildTests {
    /// Acme with three contacts and a deal, Bolt with nobody.
    private static func org(contacts: Int = 3) throws -> Rehearsal {
        var rehearsal = Rehearsal()
        let acme = try rehearsal.seed("Account", [("Name", "Acme")])
        _ = try rehearsal.seed("Account", [("Name", "Bolt")])
        for number in 1...contacts {
            _ = try rehearsal.seed(
                "Contact",
                [("LastName", "Contact \(number)"), ("AccountId", acme)]
            )
        }
        return rehearsal
    }

    @Test func `children are a reply of their own, null where there are none`() throws {
        var rehearsal = try Self.org()
        let reply = rehearsal.query(
            "SELECT Name, (SELECT LastName, Account.Name FROM Contacts WHERE LastName != 'Contact 2' "
                + "ORDER BY LastName DESC LIMIT 5), (SELECT Id FROM Opportunities) FROM Account "
                + "ORDER BY Name"
        )
        #expect(reply.status == 200)
        let acme = reply.json["records"]?[0]
        #expect(acme?["Contacts"]?["totalSize"]?.integer == 2)
        #expect(acme?["Contacts"]?["done"]?.boolean == true)
        let names = acme?["Contacts"]?["records"]?.elements.map { $0["LastName"]?.string }
        #expect(names == ["Contact 3", "Contact 1"])
        let first = acme?["Contacts"]?["records"]?[0]
        #expect(first?["attributes"]?["type"]?.string == "Contact")
        #expect(first?["Account"]?["Name"]?.string == "Acme")
        #expect(acme?["Opportunities"]?.kind == .null)
        #expect(reply.json["records"]?[1]?["Contacts"]?.kind == .null)
    }

    @Test func `more children than a page holds go on under an address of their own`() throws {
        var rehearsal = try Self.org(contacts: 450)
        let size = [HTTPHeader("Sforce-Query-Options", "batchSize=200")]
        let reply = rehearsal.query(
            "SELECT Name, (SELECT LastName FROM Contacts ORDER BY Id) FROM Account ORDER BY Name",
            headers: size
        )
        // The children fill the page, so the second account is on the next one.
        #expect(reply.json["records"]?.count == 1)
        #expect(reply.json["totalSize"]?.integer == 2)
        let outer = reply.json["nextRecordsUrl"]?.string ?? ""
        var children = reply.json["records"]?[0]?["Contacts"]
        #expect(children?["totalSize"]?.integer == 450)
        var names = children?["records"]?.elements.compactMap { $0["LastName"]?.string } ?? []
        while let next = children?["nextRecordsUrl"]?.string {
            let path = String(next.dropFirst("/services/data/v62.0".count))
            children = rehearsal.send(.get, path).json
            names += children?["records"]?.elements.compactMap { $0["LastName"]?.string } ?? []
        }
        #expect(names == (1...450).map { "Contact \($0)" })
        let path = String(outer.dropFirst("/services/data/v62.0".count))
        let rest = rehearsal.send(.get, path, headers: size).json
        #expect(rest["records"]?[0]?["Name"]?.string == "Bolt")
        #expect(rest["done"]?.boolean == true)
    }

    @Test(arguments: [
        ("SELECT (SELECT Id FROM Kontakte) FROM Account", "INVALID_TYPE"),
        ("SELECT (SELECT COUNT(Id) FROM Contacts) FROM Account", "MALFORMED_QUERY"),
        ("SELECT (SELECT Nope FROM Contacts) FROM Account", "INVALID_FIELD"),
        (
            "SELECT Id FROM Account WHERE Name = 'a' OR Id IN (SELECT AccountId FROM Contact)",
            "MALFORMED_QUERY"
        ),
        ("SELECT Id FROM Account WHERE Id IN (SELECT LastName FROM Contact)", "MALFORMED_QUERY"),
    ])
    func `a bad sub-select is refused`(_ statement: String, _ code: String) throws {
        var rehearsal = try Self.org()
        let reply = rehearsal.query(statement)
        #expect(reply.status == 400)
        #expect(reply.errorCode == code)
    }

    @Test func `aliases stand for the object`() throws {
        var rehearsal = try Self.org()
        let names = rehearsal.column(
            "Name",
            "SELECT a.Name FROM Account a WHERE a.Id IN (SELECT c.AccountId FROM Contact AS c) "
                + "FOR VIEW"
        )
        #expect(names == ["Acme"])
    }

    @Test func `a polymorphic reference finds rows of every object it can name`() throws {
        var rehearsal = try Self.org()
        let lead = try rehearsal.seed("Lead", [("LastName", "Leader"), ("Company", "Lone")])
        let contact = rehearsal.column("Id", "SELECT Id FROM Contact LIMIT 1")[0]
        for who in [lead, contact] {
            _ = try rehearsal.seed("Task", [("Subject", "Call"), ("WhoId", who)])
        }
        let reply = rehearsal.query(
            "SELECT Who.Name, Who.Type FROM Task WHERE Who.Type IN ('Lead', 'Contact') ORDER BY Id"
        )
        let people = reply.json["records"]?.elements.compactMap { $0["Who"] } ?? []
        #expect(people.map { $0["Type"]?.string } == ["Lead", "Contact"])
        #expect(people.map { $0["Name"]?.string } == ["Leader", "Contact 1"])
        #expect(people.map { $0["attributes"]?["type"]?.string } == ["Lead", "Contact"])
    }

    /// One task of a contact and an account, one of a lead, one of a campaign.
    private static func tasks() throws -> Rehearsal {
        var rehearsal = Rehearsal()
        let account = try rehearsal.seed("Account", [("Name", "Acme"), ("Phone", "1")])
        let contact = try rehearsal.seed(
            "Contact",
            [("LastName", "C"), ("Title", "Boss"), ("AccountId", account)]
        )
        let lead = try rehearsal.seed("Lead", [("LastName", "L"), ("Company", "Inc")])
        let campaign = try rehearsal.seed("Campaign", [("Name", "Fair")])
        _ = try rehearsal.seed(
            "Task",
            [("Subject", "1"), ("WhoId", contact), ("WhatId", account)]
        )
        _ = try rehearsal.seed("Task", [("Subject", "2"), ("WhoId", lead)])
        _ = try rehearsal.seed("Task", [("Subject", "3"), ("WhatId", campaign)])
        return rehearsal
    }

    @Test func `TYPEOF shows each object's own fields`() throws {
        var rehearsal = try Self.tasks()
        let reply = rehearsal.query(
            "SELECT Subject, TYPEOF Who WHEN Contact THEN Title, Account.Name WHEN Lead THEN Company "
                + "END, TYPEOF What WHEN Account THEN Phone ELSE Id, Name END FROM Task ORDER BY Subject"
        )
        let rows = reply.json["records"]?.elements ?? []
        try #require(rows.count == 3)
        #expect(rows[0]["Who"]?["Title"]?.string == "Boss")
        #expect(rows[0]["Who"]?["Account"]?["Name"]?.string == "Acme")
        #expect(rows[0]["Who"]?["attributes"]?["type"]?.string == "Contact")
        #expect(rows[0]["What"]?["Phone"]?.string == "1")
        #expect(rows[0]["What"]?["Name"] == nil)
        #expect(rows[1]["Who"]?["Company"]?.string == "Inc")
        #expect(rows[1]["What"]?.isNull == true)
        #expect(rows[2]["Who"]?.isNull == true)
        #expect(rows[2]["What"]?["Name"]?.string == "Fair")
        let without = rehearsal.query(
            "SELECT TYPEOF What WHEN Account THEN Phone END FROM Task WHERE Subject = '3'"
        )
        #expect(without.json["records"]?[0]?["What"]?.isNull == true)
    }

    @Test(arguments: [
        ("SELECT TYPEOF What WHEN Account THEN Nope END FROM Task", "INVALID_FIELD"),
        ("SELECT TYPEOF What WHEN Account THEN Phone ELSE Nope END FROM Task", "INVALID_FIELD"),
        ("SELECT TYPEOF What WHEN Lead THEN Company END FROM Task", "INVALID_TYPE"),
        ("SELECT TYPEOF Account WHEN Account THEN Phone END FROM Contact", "INVALID_FIELD"),
        ("SELECT TYPEOF Nope WHEN Account THEN Phone END FROM Task", "INVALID_FIELD"),
        ("SELECT TYPEOF What END FROM Task", "MALFORMED_QUERY"),
        ("SELECT TYPEOF What WHEN Account THEN Phone FROM Task", "MALFORMED_QUERY"),
        ("SELECT What.Name, TYPEOF What WHEN Account THEN Phone END FROM Task", "MALFORMED_QUERY"),
        ("SELECT TYPEOF What WHEN Account THEN Phone END, What.Name FROM Task", "MALFORMED_QUERY"),
        ("SELECT COUNT(Id), TYPEOF What WHEN Account THEN Phone END FROM Task", "MALFORMED_QUERY"),
        (
            "SELECT Id FROM Task WHERE WhatId IN (SELECT TYPEOF What WHEN Account THEN Id END FROM "
                + "Task)", "MALFORMED_QUERY"
        ),
    ])
    func `TYPEOF is refused where it means nothing`(statement: String, code: String) throws {
        var rehearsal = try Self.tasks()
        #expect(rehearsal.query(statement).errorCode == code)
    }

    @Test func `Bulk jobs take no TYPEOF`() throws {
        var rehearsal = try Self.tasks()
        let statement = "SELECT TYPEOF What WHEN Account THEN Phone END FROM Task"
        let job = rehearsal.send(
            .post,
            "/jobs/query",
            #"{"operation":"query","query":"\#(statement)"}"#
        )
        let state = rehearsal.send(.get, "/jobs/query/\(job.json["id"]?.string ?? "")").json
        #expect(job.status == 400 || state["state"]?.string == "Failed")
    }

    @Test func `describe names the children`() throws {
        var rehearsal = Rehearsal()
        let json = rehearsal.send(.get, "/sobjects/Account/describe").json
        let children = json["childRelationships"]?.elements ?? []
        let contacts = children.first { $0["relationshipName"]?.string == "Contacts" }
        #expect(contacts?["childSObject"]?.string == "Contact")
        #expect(contacts?["field"]?.string == "AccountId")
        #expect(contacts?["cascadeDelete"]?.boolean == true)
        #expect(children.contains { $0["relationshipName"]?.string == "ChildAccounts" })
    }
}
