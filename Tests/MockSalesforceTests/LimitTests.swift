import HTTPTransport
import Testing
import WireJSON

@testable import MockSalesforce

/// How much of everything one request, one job or one org takes.
@Suite struct LimitTests {
    // MARK: - Graphs and trees

    private static func node(_ reference: String, _ url: String, _ body: String) -> String {
        #"{"method":"POST","referenceId":"\#(reference)","url":"/services/data/v62.0\#(url)","body":\#(body)}"#
    }

    private static func graphs(_ graphs: [[String]]) -> String {
        let list = graphs.enumerated().map { number, nodes in
            #"{"graphId":"g\#(number)","compositeRequest":[\#(nodes.joined(separator: ","))]}"#
        }
        return #"{"graphs":[\#(list.joined(separator: ","))]}"#
    }

    @Test func `75 graphs and 500 nodes are taken, one more is not`() {
        var rehearsal = Rehearsal()
        let good = Self.node("a", "/sobjects/Account", #"{"Name":"Acme"}"#)
        let many = rehearsal.send(
            .post,
            "/composite/graph",
            Self.graphs(Array(repeating: [good], count: 75))
        )
        #expect(
            many.json["graphs"]?.elements.allSatisfy { $0["isSuccessful"]?.boolean == true } == true
        )
        let tooMany = Self.graphs(Array(repeating: [good], count: 76))
        #expect(
            rehearsal.send(.post, "/composite/graph", tooMany).errorCode == "LIMIT_EXCEEDED"
        )
        let before = rehearsal.mock.export(object: "Account").count
        func nodes(_ count: Int) -> Answer {
            let nodes = (0..<count).map {
                Self.node("n\($0)", "/sobjects/Account", #"{"Name":"N"}"#)
            }
            return rehearsal.send(.post, "/composite/graph", Self.graphs([nodes]))
        }
        #expect(nodes(501).errorCode == "LIMIT_EXCEEDED")
        #expect(rehearsal.mock.export(object: "Account").count == before)
        #expect(nodes(500).json["graphs"]?[0]?["isSuccessful"]?.boolean == true)
        #expect(rehearsal.mock.export(object: "Account").count == before + 500)
    }

    @Test func `fifteen kinds of nodes are taken, a sixteenth is not`() {
        var rehearsal = Rehearsal()
        let objects = ["Account", "Contact", "Lead", "Opportunity", "Case", "Task", "Campaign"]
        // Verb and version count apart: two of each object, and one object more.
        var nodes: [String] = []
        for (place, object) in objects.enumerated() {
            for version in ["61.0", "62.0"] {
                nodes.append(
                    #"{"method":"POST","referenceId":"r\#(place)_\#(version.prefix(2))","#
                        + #""url":"/services/data/v\#(version)/sobjects/\#(object)","body":{}}"#
                )
            }
        }
        nodes.append(Self.node("e", "/sobjects/Event", "{}"))
        #expect(rehearsal.send(.post, "/composite/graph", Self.graphs([nodes])).status == 200)
        nodes.append(Self.node("m", "/sobjects/CampaignMember", "{}"))
        let refused = rehearsal.send(.post, "/composite/graph", Self.graphs([nodes]))
        #expect(refused.errorCode == "LIMIT_EXCEEDED")
    }

    @Test func `fourteen failed graphs stop nothing, fifteen stop the rest`() {
        for (failures, isHalted) in [(14, false), (15, true)] {
            var rehearsal = Rehearsal()
            let graphs = (0..<18).map { number in
                let body = number < failures ? "{}" : #"{"Name":"Acme"}"#
                return [Self.node("a", "/sobjects/Account", body)]
            }
            let reply = rehearsal.send(.post, "/composite/graph", Self.graphs(graphs))
            let made = rehearsal.mock.export(object: "Account").count
            #expect(made == (isHalted ? 0 : 18 - failures))
            let next = reply.json["graphs"]?[failures]?["graphResponse"]?["compositeResponse"]?[0]
            #expect((next?["httpStatusCode"]?.integer == 201) == !isHalted)
        }
    }

    /// Accounts below accounts.
    private static func tree(_ depth: Int) -> String {
        var below = ""
        for level in stride(from: depth, through: 1, by: -1) {
            let children = below.isEmpty ? "" : #","ChildAccounts":{"records":[\#(below)]}"#
            below =
                #"{"attributes":{"type":"Account","referenceId":"r\#(level)"},"Name":"L"\#(children)}"#
        }
        return #"{"records":[\#(below)]}"#
    }

    @Test func `a tree has five levels and two hundred records`() {
        var rehearsal = Rehearsal()
        let path = "/composite/tree/Account"
        #expect(rehearsal.send(.post, path, Self.tree(6)).errorCode == "LIMIT_EXCEEDED")
        #expect(rehearsal.mock.export(object: "Account").isEmpty)
        #expect(rehearsal.send(.post, path, Self.tree(5)).status == 201)
        #expect(rehearsal.mock.export(object: "Account").count == 5)
        func wide(_ count: Int) -> Answer {
            let records = (0..<count).map {
                #"{"attributes":{"type":"Account","referenceId":"w\#($0)"},"Name":"W"}"#
            }
            return rehearsal.send(
                .post,
                path,
                #"{"records":[\#(records.joined(separator: ","))]}"#
            )
        }
        #expect(wide(201).errorCode == "LIMIT_EXCEEDED")
        #expect(wide(200).status == 201)
        #expect(rehearsal.mock.export(object: "Account").count == 205)
    }

    // MARK: - Batches

    @Test(arguments: [true, false])
    func `a batch that halts leaves the rest out and keeps what was done`(halts: Bool) {
        var rehearsal = Rehearsal()
        func part(_ object: String, _ input: String) -> String {
            #"{"method":"POST","url":"v62.0/sobjects/\#(object)","richInput":\#(input)}"#
        }
        let parts = [
            part("Account", #"{"Name":"First"}"#), part("Account", "{}"),
            part("Account", #"{"Name":"Third"}"#),
        ]
        let reply = rehearsal.send(
            .post,
            "/composite/batch",
            #"{"haltOnError":\#(halts),"batchRequests":[\#(parts.joined(separator: ","))]}"#
        )
        #expect(reply.status == 200)
        #expect(reply.json["hasErrors"]?.boolean == true)
        let results = reply.json["results"]?.elements ?? []
        #expect(results.map { $0["statusCode"]?.integer } == [201, 400, halts ? 412 : 201])
        if halts {
            let code = results[2]["result"]?[0]?["errorCode"]?.string
            #expect(code == "BATCH_PROCESSING_HALTED")
        }
        let names = rehearsal.column("Name", "SELECT Name FROM Account ORDER BY Id")
        #expect(names == (halts ? ["First"] : ["First", "Third"]))
        let tooMany = Array(repeating: parts[0], count: 26).joined(separator: ",")
        let refused = rehearsal.send(
            .post,
            "/composite/batch",
            #"{"batchRequests":[\#(tooMany)]}"#
        )
        #expect(refused.errorCode == "LIMIT_EXCEEDED")
    }

    // MARK: - Requests

    @Test func `headers that are too long are 431, an address that is too long is 414`() {
        var rehearsal = Rehearsal()
        let long = String(repeating: "x", count: 16_384)
        let headers = rehearsal.send(.get, "/limits", headers: [HTTPHeader("X-Long", long)])
        #expect(headers.status == 431)
        #expect(headers.header("Content-Type")?.hasPrefix("text/html") == true)
        #expect(rehearsal.send(.get, "/limits?x=" + long).status == 414)
        #expect(rehearsal.mock.calls.isEmpty, "the edge refuses them, the org never sees them")
        let short = HTTPHeader("X-Long", String(long.prefix(15_000)))
        #expect(rehearsal.send(.get, "/limits", headers: [short]).status == 200)
    }

    // MARK: - Queries

    @Test func `the oldest of five thousand open queries ends with the next one`() throws {
        var rehearsal = Rehearsal()
        for name in ["A", "B"] { _ = try rehearsal.seed("Contact", [("LastName", name)]) }
        rehearsal.mock.settings.pageRowsMax = 1
        rehearsal.mock.settings.dailyCallsMax = 100_000
        var urls: [String] = []
        for _ in 0..<CursorStore.countMax {
            let reply = rehearsal.query("SELECT LastName FROM Contact ORDER BY Id")
            urls.append(reply.json["nextRecordsUrl"]?.string ?? "")
        }
        func next(_ url: String) -> Answer {
            rehearsal.send(.get, url.replacing("/services/data/v62.0", with: ""))
        }
        #expect(rehearsal.mock.cursors.count == CursorStore.countMax)
        #expect(next(urls[0]).json["records"]?[0]?["LastName"]?.string == "B")
        _ = rehearsal.query("SELECT LastName FROM Contact ORDER BY Id")
        #expect(rehearsal.mock.cursors.count == CursorStore.countMax)
        #expect(next(urls[0]).errorCode == "INVALID_QUERY_LOCATOR")
        #expect(next(urls[1]).status == 200)
    }

    @Test func `groups come in one page or not at all`() throws {
        var rehearsal = Rehearsal()
        for number in 0..<2_000 { _ = try rehearsal.seed("Account", [("Name", "N\(number)")]) }
        let statement = "SELECT Name, COUNT(Id) FROM Account GROUP BY Name"
        #expect(rehearsal.query(statement).json["records"]?.count == 2_000)
        _ = try rehearsal.seed("Account", [("Name", "One more")])
        #expect(rehearsal.query(statement).errorCode == "EXCEEDED_ID_LIMIT")
        #expect(rehearsal.query(statement + " LIMIT 2000").status == 200)
    }

    // MARK: - Replication

    @Test(arguments: [("updated", 30), ("deleted", 15)] as [(String, Int64)])
    func `ids are told for so many days back, and not for longer`(kind: String, days: Int64) {
        var rehearsal = Rehearsal()
        func answer(_ start: Int64) -> Answer {
            let (from, to) = (SalesforceTime.format(start), SalesforceTime.format(rehearsal.now))
            return rehearsal.send(
                .get,
                "/sobjects/Contact/\(kind)/?start=\(Rehearsal.encode(from))&end="
                    + Rehearsal.encode(to)
            )
        }
        rehearsal.now = SalesforceTime.startOfMinute(rehearsal.now)
        let oldest = rehearsal.now - days * 86_400_000
        #expect(answer(oldest).status == 200)
        #expect(answer(oldest - 60_000).errorCode == "INVALID_REPLICATION_DATE")
    }

    @Test func `the span is a minute for updated ids and more than one for deleted ones`() {
        var rehearsal = Rehearsal()
        func status(_ kind: String, _ end: String) -> Int {
            let window = "?start=2026-09-21T14:10:20Z&end=2026-09-21T\(end)Z"
            return rehearsal.send(.get, "/sobjects/Contact/\(kind)/\(window)").status
        }
        // Seconds are cut off first: 14:10:20 to 14:11:10 is a minute, to 14:10:59 nothing.
        #expect(status("updated", "14:10:59") == 400)
        #expect(status("updated", "14:11:10") == 200)
        #expect(status("deleted", "14:11:10") == 400)
        #expect(status("deleted", "14:12:10") == 200)
    }

    @Test func `more ids than one answer may have are refused`() throws {
        var rehearsal = Rehearsal()
        #expect(rehearsal.mock.settings.replicationIDsMax == 600_000)
        rehearsal.mock.settings.replicationIDsMax = 2
        var ids: [String] = []
        for name in ["A", "B", "C", "D", "E"] {
            ids.append(try rehearsal.seed("Contact", [("LastName", name)]))
        }
        func answer(_ kind: String) -> Answer {
            let window = "?start=2026-09-21T14:10:00Z&end=2026-09-21T14:20:00Z"
            return rehearsal.send(.get, "/sobjects/Contact/\(kind)/\(window)")
        }
        #expect(answer("updated").errorCode == "EXCEEDED_ID_LIMIT")
        for id in ids.prefix(2) { try rehearsal.mock.delete(id, at: rehearsal.now) }
        #expect(answer("deleted").json["deletedRecords"]?.count == 2)
        try rehearsal.mock.hardDelete(ids[2], at: rehearsal.now)
        #expect(answer("deleted").errorCode == "EXCEEDED_ID_LIMIT")
        #expect(answer("updated").json["ids"]?.count == 2)
    }
}
