import HTTPTransport
import MockSalesforce
import Testing
import WireJSON

/// The first Bulk API in XML, its own language.
@Suite struct FirstBulkTests {
    private static let space = #"xmlns="http://www.force.com/2009/06/asyncapi/dataload""#

    private static func send(
        _ method: HTTPMethod,
        _ path: String,
        _ body: String = "",
        type: String = "application/xml; charset=UTF-8",
        on rehearsal: inout Rehearsal
    ) -> Answer {
        let request = HTTPRequest(
            method: method,
            url: "https://acme.my.salesforce.com/services/async/62.0" + path,
            headers: [
                HTTPHeader("X-SFDC-Session", rehearsal.token), HTTPHeader("Content-Type", type),
            ],
            body: Array(body.utf8)
        )
        return Answer(rehearsal.mock.handle(request, at: rehearsal.now))
    }

    private static func job(
        _ operation: String,
        _ content: String,
        on rehearsal: inout Rehearsal
    ) -> String {
        let made = Self.send(
            .post,
            "/job",
            """
            <?xml version='1.0' encoding='UTF-8'?>
            <jobInfo \(Self.space)><operation>\(operation)</operation><object>Contact</object>\
            <concurrencyMode>Serial</concurrencyMode><contentType>\(content)</contentType></jobInfo>
            """,
            on: &rehearsal
        )
        #expect(made.status == 201)
        #expect(made.header("Content-Type") == "application/xml")
        #expect(made.text.contains("<concurrencyMode>Serial</concurrencyMode>"))
        return "/job/" + Self.text("id", made)
    }

    private static func text(_ name: String, _ answer: Answer) -> String {
        guard let start = answer.text.firstRange(of: "<\(name)>"),
            let end = answer.text.firstRange(of: "</\(name)>")
        else { return "" }
        return String(answer.text[start.upperBound..<end.lowerBound])
    }

    @Test func `jobs are made, closed and shown in XML`() {
        var rehearsal = Rehearsal()
        let job = Self.job("insert", "CSV", on: &rehearsal)
        let batch = Self.send(
            .post,
            job + "/batch",
            "LastName\nRoux\n",
            type: "text/csv",
            on: &rehearsal
        )
        let closed = Self.send(
            .post,
            job,
            "<jobInfo \(Self.space)><state>Closed</state></jobInfo>",
            on: &rehearsal
        )
        #expect(Self.text("state", closed) == "Closed")
        rehearsal.now += 1_000
        let shown = Self.send(.get, job, on: &rehearsal)
        #expect(shown.text.hasPrefix("<?xml"))
        #expect(Self.text("numberRecordsProcessed", shown) == "1")
        let path = job + "/batch/" + Self.text("id", batch) + "/result"
        let result = Self.send(.get, path, on: &rehearsal)
        #expect(result.header("Content-Type") == "text/csv")
        #expect(result.text.contains(#""true","true""#))
        let json = Self.send(.get, job, type: "application/json", on: &rehearsal)
        #expect(json.json["state"]?.string == "Closed")
        #expect(json.header("Content-Type") == "application/json")
    }

    @Test func `records are given and answered in XML`() {
        var rehearsal = Rehearsal()
        let job = Self.job("insert", "XML", on: &rehearsal)
        let records = """
            <sObjects \(Self.space) xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
            <sObject><LastName>R&amp;B</LastName><FirstName xsi:nil="true"/></sObject>
            <sObject><FirstName>Ana</FirstName></sObject></sObjects>
            """
        let batch = Self.send(.post, job + "/batch", records, on: &rehearsal)
        rehearsal.now += 1_000
        let path = job + "/batch/" + Self.text("id", batch)
        let result = Self.send(.get, path + "/result", on: &rehearsal)
        #expect(result.header("Content-Type") == "application/xml")
        #expect(result.text.contains("<success>true</success><created>true</created>"))
        #expect(Self.text("statusCode", result) == "REQUIRED_FIELD_MISSING")
        #expect(Self.text("fields", result) == "LastName")
        #expect(rehearsal.column("LastName", "SELECT LastName FROM Contact") == ["R&B"])

        let query = Self.job("query", "XML", on: &rehearsal)
        let statement = "SELECT Id, LastName, Account.Name FROM Contact"
        let asked = Self.send(.post, query + "/batch", statement, on: &rehearsal)
        rehearsal.now += 1_000
        let results = query + "/batch/" + Self.text("id", asked) + "/result"
        let list = Self.send(.get, results, on: &rehearsal)
        let found = Self.send(.get, results + "/" + Self.text("result", list), on: &rehearsal)
        #expect(Self.text("LastName", found) == "R&amp;B")
        #expect(Self.text("type", found) == "Contact")
    }

    @Test func `refusals and dead sessions come in the caller's language`() {
        var rehearsal = Rehearsal()
        let refused = Self.send(
            .post,
            "/job",
            "<jobInfo \(Self.space)><operation>insert</operation><object>No</object></jobInfo>",
            on: &rehearsal
        )
        #expect(refused.status == 400)
        #expect(Self.text("exceptionCode", refused) == "InvalidJob")
        rehearsal.token = "00D!dead"
        let dead = Self.send(.get, "/job/7500000000000001", on: &rehearsal)
        #expect(dead.status == 400)
        #expect(Self.text("exceptionCode", dead) == "InvalidSessionId")
        let json = Self.send(
            .get,
            "/job/7500000000000001",
            type: "application/json",
            on: &rehearsal
        )
        #expect(json.json["exceptionMessage"]?.string == "Invalid session id")
    }

    @Test func `records that cannot be read fail their batch`() {
        var rehearsal = Rehearsal()
        let job = Self.job("insert", "XML", on: &rehearsal)
        let batch = Self.send(.post, job + "/batch", "<sObjects><a></sObjects>", on: &rehearsal)
        rehearsal.now += 1_000
        let shown = Self.send(.get, job + "/batch/" + Self.text("id", batch), on: &rehearsal)
        #expect(Self.text("state", shown) == "Failed")
    }
}
