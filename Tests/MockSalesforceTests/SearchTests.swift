import HTTPTransport
import MockSalesforce
import Testing
import WireJSON

@Suite struct SearchTests {
    private static func org() throws -> Rehearsal {
        var rehearsal = Rehearsal()
        _ = try rehearsal.seed("Account", [("Name", "Roux & Sons")])
        _ = try rehearsal.seed(
            "Contact",
            [("FirstName", "Ana"), ("LastName", "Roux"), ("Email", "ana@sons.example")]
        )
        _ = try rehearsal.seed("Contact", [("LastName", "Rouxel"), ("Title", "Boss of Ana")])
        return rehearsal
    }

    private static func found(_ statement: String, _ rehearsal: inout Rehearsal) -> [String] {
        let answer = rehearsal.send(.get, "/search/?q=" + Rehearsal.encode(statement))
        guard answer.status == 200 else { return [answer.errorCode] }
        return answer.json["searchRecords"]?.elements.map { record in
            record["LastName"]?.string ?? record["attributes"]?["type"]?.string ?? "-"
        } ?? []
    }

    @Test(arguments: [
        ("FIND {Roux}", ["Account", "Contact"]),
        ("find {roux*} returning Contact(LastName order by LastName desc)", ["Rouxel", "Roux"]),
        ("FIND {roux*} RETURNING Contact(LastName), Account", ["Roux", "Rouxel", "Account"]),
        ("FIND {Ana Roux} RETURNING Contact(LastName)", ["Roux"]),
        ("FIND {Ana} IN NAME FIELDS RETURNING Contact(LastName)", ["Roux"]),
        ("FIND {\"boss of\"} RETURNING Contact(LastName)", ["Rouxel"]),
        ("FIND {\"of boss\"} RETURNING Contact(LastName)", []),
        ("FIND {sons} IN EMAIL FIELDS RETURNING Contact(LastName), Account", ["Roux"]),
        ("FIND {r?ux} RETURNING Contact(LastName WHERE FirstName = 'A)')", []),
        ("FIND {roux*} RETURNING Contact(LastName LIMIT 1)", ["Roux"]),
        ("FIND {roux*} RETURNING Contact(LastName), Account LIMIT 2", ["Roux", "Rouxel"]),
        ("FIND {Ana AND NOT Boss} RETURNING Contact(LastName)", ["Roux"]),
        ("FIND {Ana NOT Boss} RETURNING Contact(LastName)", ["Roux"]),
        (
            "FIND {Sons OR Boss} RETURNING Contact(LastName), Account",
            ["Roux", "Rouxel", "Account"]
        ),
        ("FIND {Boss OR Roux AND Sons} RETURNING Contact(LastName)", ["Roux", "Rouxel"]),
        ("FIND {(Boss OR Roux) AND Sons} RETURNING Contact(LastName)", ["Roux"]),
        ("FIND {roux* AND NOT (Sons OR Boss)}", []),
        ("FIND {\"Boss OR\"} RETURNING Contact(LastName)", []),
        ("FIND {Boss or Nobody} RETURNING Contact(LastName)", ["Rouxel"]),
        ("FIND {(Boss}", ["MALFORMED_SEARCH"]),
        ("FIND {Boss)}", ["MALFORMED_SEARCH"]),
        ("FIND {Boss AND}", ["MALFORMED_SEARCH"]),
        ("FIND {OR Boss}", ["MALFORMED_SEARCH"]),
        ("FIND {a\\}b}", []),
        ("FIND {x}", ["MALFORMED_SEARCH"]),
        ("SELECT Id FROM Contact", ["MALFORMED_SEARCH"]),
        ("FIND {Roux} RETURNING Contact(Nope)", ["INVALID_FIELD"]),
        ("FIND {Roux} RETURNING Nope", ["INVALID_TYPE"]),
        ("FIND {Roux} nonsense", ["MALFORMED_SEARCH"]),
    ])
    func `a search finds words`(statement: String, expected: [String]) throws {
        var rehearsal = try Self.org()
        #expect(Self.found(statement, &rehearsal) == expected)
    }

    @Test func `a search may come as parameters or as a body`() throws {
        var rehearsal = Rehearsal()
        let account = try rehearsal.seed("Account", [("Name", "Acme {West}")])
        let contact = try rehearsal.seed(
            "Contact",
            [("LastName", "Acme"), ("Email", "a@b.example")]
        )
        _ = try rehearsal.seed("Contact", [("LastName", "Acme")])
        func ids(_ answer: Answer) -> [String?] {
            answer.json["searchRecords"]?.elements.map { $0["Id"]?.string } ?? ["\(answer.text)"]
        }
        let all = rehearsal.send(.get, "/parameterizedSearch/?q=Acme")
        #expect(all.json["searchRecords"]?.count == 3)
        let one = rehearsal.send(
            .get,
            "/parameterizedSearch?q=Acme&sobject=Account&sobject=Contact&fields=id&Account.fields=id,name"
                + "&Contact.where=Email+!%3D+null"
        )
        #expect(ids(one) == [account, contact])
        #expect(one.json["searchRecords"]?[0]?["Name"]?.string == "Acme {West}")
        let body =
            #"{"q":"Acme","in":"NAME","overallLimit":2,"defaultLimit":1,"fields":["Id"],"#
            + #""sobjects":[{"name":"Contact"},{"name":"Account","fields":["Id","Name"],"limit":5}]}"#
        #expect(ids(rehearsal.send(.post, "/parameterizedSearch", body)) == [contact, account])
        for path in ["?q=", "", "?q=a", "?q=Acme&in=NOPE"] {
            let refused = rehearsal.send(.get, "/parameterizedSearch" + path)
            #expect(refused.errorCode == "MALFORMED_SEARCH", "\(path)")
        }
        #expect(rehearsal.send(.patch, "/parameterizedSearch", "{}").status == 405)
    }

    @Test func `long terms lose their operators, longer ones find nothing`() throws {
        var rehearsal = try Self.org()
        let pad = String(repeating: "x", count: 4_000)
        // 4,000 characters with operators: both words must be there.
        let both = "FIND {Ana AND \(pad.dropFirst(8))} RETURNING Contact(LastName)"
        #expect(Self.found(both, &rehearsal).isEmpty)
        let either = "FIND {Ana AND \(pad)} RETURNING Contact(LastName)"
        #expect(Self.found(either, &rehearsal) == ["Roux", "Rouxel"])
        let none = "FIND {Ana AND \(pad)\(pad)\(pad)} RETURNING Contact(LastName)"
        #expect(Self.found(none, &rehearsal).isEmpty)
        let deep = String(repeating: "(", count: 200) + "Ana" + String(repeating: ")", count: 200)
        #expect(Self.found("FIND {\(deep)}", &rehearsal) == ["MALFORMED_SEARCH"])
    }
}
