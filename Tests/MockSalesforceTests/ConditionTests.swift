import HTTPTransport
import MockSalesforce
import Testing
import WireJSON

/// Requests on condition of a tag, bodies of unknown media, locked parents, plans, the delete log.
@Suite struct ConditionTests {
    @Test func `an account is changed on condition of its tag`() throws {
        var rehearsal = Rehearsal()
        let account = try rehearsal.seed("Account", [("Name", "Acme")])
        let path = "/sobjects/Account/\(account)"
        let tag = try #require(rehearsal.send(.get, path).header("ETag"))
        func patch(_ name: String, _ value: String) -> Answer {
            let headers = [HTTPHeader(name, value)]
            return rehearsal.send(.patch, path, #"{"Phone":"1"}"#, headers: headers)
        }
        #expect(
            rehearsal.send(.get, path, headers: [HTTPHeader("If-None-Match", tag)]).status == 304
        )
        #expect(patch("If-None-Match", tag).status == 412)
        #expect(patch("If-Match", "no tag").status == 400)
        #expect(patch("If-Match", #""other""#).errorCode == "PRECONDITION_FAILED")
        rehearsal.now += 1_000
        #expect(patch("If-Match", #""other", \#(tag)"#).status == 204)
        #expect(patch("If-Match", tag).status == 412)
        #expect(patch("If-Match", "*").status == 204)
        let gone = rehearsal.send(.delete, path, headers: [HTTPHeader("If-Match", tag)])
        #expect(gone.status == 204, "a delete knows no tags")
    }

    @Test func `other objects have no tags and ignore them`() throws {
        var rehearsal = Rehearsal()
        let contact = try rehearsal.seed("Contact", [("LastName", "Roux")])
        let reply = rehearsal.send(
            .patch,
            "/sobjects/Contact/\(contact)",
            #"{"Phone":"1"}"#,
            headers: [HTTPHeader("If-Match", #""other""#)]
        )
        #expect(reply.status == 204)
    }

    @Test(arguments: [
        ("application/x-www-form-urlencoded", 415), ("text/plain", 415),
        ("application/json; charset=UTF-8", 201), ("application/vnd.api+json", 201),
    ])
    func `a body under another name than JSON's is refused`(type: String, status: Int) {
        var rehearsal = Rehearsal()
        let reply = rehearsal.send(
            .post,
            "/sobjects/Account",
            #"{"Name":"Acme"}"#,
            headers: [HTTPHeader("Content-Type", type)]
        )
        #expect(reply.status == status)
    }

    @Test func `writing a contact locks its account`() throws {
        var rehearsal = Rehearsal()
        let account = try rehearsal.seed("Account", [("Name", "Acme")])
        let contact = try rehearsal.seed("Contact", [("LastName", "A"), ("AccountId", account)])
        rehearsal.mock.faults.lockedRecordIDs = [account]
        let made = rehearsal.send(
            .post,
            "/sobjects/Contact",
            #"{"LastName":"B","AccountId":"\#(account)"}"#
        )
        #expect(made.errorCode == "UNABLE_TO_LOCK_ROW")
        #expect(made.text.contains(account.prefix(15)))
        let path = "/sobjects/Contact/\(contact)"
        #expect(rehearsal.send(.patch, path, #"{"Phone":"1"}"#).errorCode == "UNABLE_TO_LOCK_ROW")
        #expect(rehearsal.send(.post, "/sobjects/Contact", #"{"LastName":"C"}"#).status == 201)
        rehearsal.mock.faults.lockedRecordIDs = []
        #expect(rehearsal.send(.patch, path, #"{"Phone":"1"}"#).status == 204)
    }

    @Test func `a plan says what a statement costs`() throws {
        var rehearsal = Rehearsal()
        for name in ["A", "B", "C", "D"] {
            _ = try rehearsal.seed(
                "Contact",
                [("LastName", name), ("Email", "\(name)@example.com")]
            )
        }
        let statement = "SELECT Id FROM Contact WHERE Email = 'A@example.com'"
        let reply = rehearsal.send(.get, "/query?explain=" + Rehearsal.encode(statement))
        let plan = reply.json["plans"]?[0]
        #expect(reply.json["sourceQuery"]?.string == statement)
        #expect(plan?["cardinality"]?.integer == 1)
        #expect(plan?["sobjectCardinality"]?.integer == 4)
        #expect(plan?["leadingOperationType"]?.string == "Index")
        #expect(plan?["sobjectType"]?.string == "Contact")
        let bad = rehearsal.send(
            .get,
            "/query?explain=" + Rehearsal.encode("SELECT Nope FROM Contact")
        )
        #expect(bad.errorCode == "INVALID_FIELD")
    }

    @Test func `what was deleted past the recycle bin is still in the log`() throws {
        var rehearsal = Rehearsal()
        let contact = try rehearsal.seed("Contact", [("LastName", "A")])
        try rehearsal.mock.hardDelete(contact, at: rehearsal.now)
        rehearsal.now += 600_000
        #expect(rehearsal.column("Id", "SELECT Id FROM Contact", all: true).isEmpty)
        let window = "?start=2026-09-21T14:13:00Z&end=2026-09-21T14:20:00Z"
        let log = rehearsal.send(.get, "/sobjects/Contact/deleted/" + window)
        #expect(log.json["deletedRecords"]?.elements.map { $0["id"]?.string } == [contact])
        let updated = rehearsal.send(.get, "/sobjects/Contact/updated/" + window)
        #expect(updated.json["ids"]?.elements.isEmpty == true)
    }
}
