import HTTPTransport
import MockSalesforce
import Testing
import WireJSON

@Suite struct BulkTests {
    private static let csv = [HTTPHeader("Content-Type", "text/csv; charset=UTF-8")]

    /// Makes a job, uploads to it, closes it and waits until it is over.
    private static func load(
        _ body: String,
        _ upload: String,
        _ rehearsal: inout Rehearsal
    ) -> String {
        let made = rehearsal.send(.post, "/jobs/ingest", body)
        let id = made.json["id"]?.string ?? ""
        let job = "/jobs/ingest/" + id
        #expect(rehearsal.send(.put, job + "/batches", upload, headers: Self.csv).status == 201)
        let closed = rehearsal.send(.patch, job, #"{"state":"UploadComplete"}"#)
        #expect(closed.json["state"]?.string == "UploadComplete")
        rehearsal.now += 1_000
        return job
    }

    private static func lines(_ answer: Answer) -> [String] {
        answer.text.split(whereSeparator: \.isNewline).map(String.init)
    }

    @Test(arguments: [("LF", "\r\n"), ("CRLF", "\n")])
    func `lines that end otherwise than the job says fail it`(name: String, end: String) {
        var rehearsal = Rehearsal()
        let job = Self.load(
            #"{"object":"Contact","operation":"insert","lineEnding":"\#(name)"}"#,
            "LastName\(end)Roux\(end)",
            &rehearsal
        )
        let done = rehearsal.send(.get, job)
        #expect(done.json["state"]?.string == "Failed")
        #expect(
            done.json["errorMessage"]?.string?.contains("Current LineEnding setting is \(name)")
                == true
        )
        #expect(rehearsal.column("Id", "SELECT Id FROM Contact").isEmpty)
    }

    @Test func `an insert job tells which records it made and which it refused`() {
        var rehearsal = Rehearsal()
        let job = Self.load(
            #"{"object":"Contact","operation":"insert","contentType":"CSV","lineEnding":"LF"}"#,
            "LastName,Email\nRoux,r@example.com\n,x@example.com\n\"O\"\"Neil, Ann\",\n",
            &rehearsal
        )
        let done = rehearsal.send(.get, job)
        #expect(done.json["state"]?.string == "JobComplete")
        #expect(done.json["numberRecordsProcessed"]?.integer == 3)
        #expect(done.json["numberRecordsFailed"]?.integer == 1)
        #expect(done.json["apiVersion"]?.numberText == "62.0")
        let made = Self.lines(rehearsal.send(.get, job + "/successfulResults"))
        #expect(made.first == #""sf__Id","sf__Created","LastName","Email""#)
        #expect(made.count == 3)
        #expect(made.contains { $0.hasSuffix(#""true","O""Neil, Ann","""#) })
        let failed = Self.lines(rehearsal.send(.get, job + "/failedResults"))
        #expect(
            failed.last
                == #""","REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --","","x@example.com""#
        )
        #expect(rehearsal.column("LastName", "SELECT LastName FROM Contact ORDER BY Id").count == 2)
    }

    @Test func `a job is worked off by the clock and not before it is closed`() {
        var rehearsal = Rehearsal()
        rehearsal.mock.settings.bulkQueueTime = 5_000
        rehearsal.mock.settings.bulkBatchTime = 60_000
        let made = rehearsal.send(
            .post,
            "/jobs/ingest",
            #"{"object":"Contact","operation":"insert"}"#
        )
        #expect(made.json["state"]?.string == "Open")
        let id = made.json["id"]?.string ?? ""
        #expect(
            made.json["contentUrl"]?.string == "services/data/v62.0/jobs/ingest/\(id)/batches"
        )
        let job = "/jobs/ingest/" + id
        rehearsal.now += 600_000
        #expect(rehearsal.send(.get, job).json["state"]?.string == "Open")
        _ = rehearsal.send(.put, job + "/batches", "LastName\nRoux\n", headers: Self.csv)
        _ = rehearsal.send(.patch, job, #"{"state":"UploadComplete"}"#)
        let closedAt = rehearsal.now
        let all = "SELECT LastName, SystemModstamp FROM Contact"
        for (later, state, count) in [
            (4_999, "UploadComplete", 0), (5_000, "InProgress", 0), (64_999, "InProgress", 0),
            (65_000, "JobComplete", 1),
        ] as [(Int64, String, Int)] {
            rehearsal.now = closedAt + later
            #expect(rehearsal.column("LastName", all).count == count)
            #expect(rehearsal.send(.get, job).json["state"]?.string == state)
        }
        let again = rehearsal.send(.put, job + "/batches", "LastName\nB\n", headers: Self.csv)
        #expect((again.status, again.errorCode) == (409, "INVALIDJOBSTATE"))
    }

    @Test func `an upsert goes by its key and takes parents by theirs`() throws {
        var settings = MockSalesforceSettings()
        settings.customFields.append(
            MockSalesforceCustomField(
                object: "Account",
                name: "Key__c",
                label: "Key",
                isExternalID: true,
                isUnique: true
            )
        )
        var rehearsal = Rehearsal(settings)
        let account = try rehearsal.seed("Account", [("Name", "Acme"), ("Key__c", "77")])
        let known = try rehearsal.seed(
            "Contact",
            [("LastName", "A"), ("Title", "Boss"), ("HubSpot_Record_ID__c", "9")]
        )
        let job = Self.load(
            #"""
            {"object":"Contact","operation":"upsert","externalIdFieldName":"HubSpot_Record_ID__c",
             "columnDelimiter":"TAB","lineEnding":"CRLF"}
            """#,
            "HubSpot_Record_ID__c\tLastName\tTitle\tAccount.Key__c\r\n"
                + "9\t\t#N/A\t77\r\n10\tNew\t\t\r\n11\tLost\t\t78\r\n",
            &rehearsal
        )
        let made = Self.lines(rehearsal.send(.get, job + "/successfulResults"))
        #expect(made.contains { $0.hasPrefix("\"\(known)\"\t\"false\"\t\"9\"") })
        #expect(made.contains { $0.contains("\"true\"\t\"10\"") })
        let failed = Self.lines(rehearsal.send(.get, job + "/failedResults"))
        #expect(failed.count == 2)
        #expect(failed.last?.contains("Foreign key external ID: 78 not found") == true)
        let record = rehearsal.mock.record(known)
        #expect(record?["LastName"] == .text("A"))
        #expect(record?["Title"] == .null)
        #expect(record?["AccountId"] == .text(account))
    }

    @Test(arguments: [true, false])
    func `results come in an order of their own, or in that of the upload`(shuffles: Bool) {
        var rehearsal = Rehearsal()
        rehearsal.mock.settings.shufflesBulkResults = shuffles
        let names = (0..<6).map { "N\($0)" }
        let job = Self.load(
            #"{"object":"Contact","operation":"insert"}"#,
            "LastName\n" + names.joined(separator: "\n") + "\n",
            &rehearsal
        )
        let lines = Self.lines(rehearsal.send(.get, job + "/successfulResults")).dropFirst()
        let told = lines.map { $0.split(separator: ",")[2].filter { $0 != "\"" } }
        #expect((told == names) == !shuffles)
        #expect(told.sorted() == names)
        // Each line still has its own record's id.
        for line in lines {
            let cells = line.split(separator: ",").map { $0.filter { $0 != "\"" } }
            #expect(rehearsal.mock.record(cells[0])?["LastName"] == .text(cells[2]))
        }
    }

    @Test func `a column that is not there fails the job and leaves its rows unprocessed`() {
        var rehearsal = Rehearsal()
        let job = Self.load(
            #"{"object":"Contact","operation":"insert"}"#,
            "LastName,Nope\nA,1\n",
            &rehearsal
        )
        let done = rehearsal.send(.get, job)
        #expect(done.json["state"]?.string == "Failed")
        #expect(done.json["errorMessage"]?.string == "InvalidBatch : Field name not found : Nope")
        #expect(
            Self.lines(rehearsal.send(.get, job + "/unprocessedRecords"))
                == [#""LastName","Nope""#, #""A","1""#]
        )
        #expect(Self.lines(rehearsal.send(.get, job + "/successfulResults")).count == 1)
    }

    @Test func `a hard delete passes the recycle bin`() throws {
        var rehearsal = Rehearsal()
        let soft = try rehearsal.seed("Contact", [("LastName", "A")])
        let hard = try rehearsal.seed("Contact", [("LastName", "B")])
        let delete = #"{"object":"Contact","operation":"delete"}"#
        _ = Self.load(delete, "Id\n\(soft)\n", &rehearsal)
        _ = Self.load(delete.replacing("delete", with: "hardDelete"), "Id\n\(hard)\n", &rehearsal)
        let all = "SELECT LastName FROM Contact"
        #expect(rehearsal.column("LastName", all).isEmpty)
        #expect(rehearsal.column("LastName", all, all: true) == ["A"])
        rehearsal.mock.settings.allowsBulkHardDelete = false
        let refused = rehearsal.send(
            .post,
            "/jobs/ingest",
            delete.replacing("delete", with: "hardDelete")
        )
        #expect(refused.errorCode == "FEATURENOTENABLED")
    }

    @Test func `a query job answers in pages with a locator that ends as null`() throws {
        var rehearsal = Rehearsal()
        let account = try rehearsal.seed("Account", [("Name", "Acme")])
        for name in ["A", "B", "C"] {
            let fields = [("LastName", name)] + (name == "B" ? [] : [("AccountId", account)])
            _ = try rehearsal.seed("Contact", fields)
        }
        rehearsal.mock.settings.bulkQueueTime = 1_000
        let made = rehearsal.send(
            .post,
            "/jobs/query",
            #"{"operation":"query","query":"SELECT LastName, Account.Name, CreatedDate FROM Contact ORDER BY LastName"}"#
        )
        #expect(made.json["state"]?.string == "UploadComplete")
        let job = "/jobs/query/" + (made.json["id"]?.string ?? "")
        #expect(rehearsal.send(.get, job + "/results").status == 409)
        rehearsal.now += 1_000
        let first = rehearsal.send(.get, job + "/results?maxRecords=2")
        #expect(
            Self.lines(first).map { $0.split(separator: ",").prefix(2).joined(separator: ",") }
                == [#""LastName","Account.Name""#, #""A","Acme""#, #""B","""#]
        )
        #expect(Self.lines(first).last?.hasSuffix(#"2026-09-21T14:13:20.000Z""#) == true)
        #expect(first.header("Sforce-NumberOfRecords") == "2")
        let locator = first.header("Sforce-Locator") ?? ""
        let second = rehearsal.send(.get, job + "/results?maxRecords=2&locator=" + locator)
        #expect(Self.lines(second).count == 2)
        #expect(second.header("Sforce-Locator") == "null")
        let pages = rehearsal.send(.get, job + "/resultPages?maxRecords=1")
        #expect(pages.json["resultPages"]?.count == 3)
        #expect(pages.json["done"]?.boolean == true)
        let url = pages.json["resultPages"]?[2]?["resultUrl"]?.string ?? ""
        let third = rehearsal.send(.get, url.replacing("/services/data/v62.0", with: ""))
        #expect(Self.lines(third).last?.hasPrefix(#""C""#) == true)
    }

    @Test(arguments: [
        (#"{"operation":"query","query":"SELECT COUNT() FROM Contact"}"#, "API_ERROR"),
        (#"{"operation":"query","query":"SELECT MailingAddress FROM Contact"}"#, "API_ERROR"),
        (#"{"operation":"query","query":"SELECT Nope FROM Contact"}"#, "INVALID_FIELD"),
        (#"{"operation":"insert","object":"Contact"}"#, "INVALIDJOB"),
        (
            #"{"operation":"query","query":"SELECT Id FROM Contact","lineEnding":"CR"}"#,
            "INVALIDJOB"
        ),
    ])
    func `a query job that cannot be run is refused`(body: String, code: String) {
        var rehearsal = Rehearsal()
        let answer = rehearsal.send(.post, "/jobs/query", body)
        #expect((answer.status, answer.errorCode) == (400, code))
    }

    @Test func `each request of a job is one call, and other API versions keep off`() {
        var rehearsal = Rehearsal()
        let used = rehearsal.mock.callsUsed(at: rehearsal.now)
        let job = Self.load(
            #"{"object":"Contact","operation":"insert"}"#,
            "LastName\nA\n",
            &rehearsal
        )
        _ = rehearsal.send(.get, job + "/successfulResults")
        #expect(rehearsal.mock.callsUsed(at: rehearsal.now) - used == 4)
        #expect(rehearsal.mock.bills().contains { $0.kind == .bulk && $0.requests == 4 })
        let url = "https://acme.my.salesforce.com/services/data/v61.0" + job
        let header = HTTPHeader("Authorization", "Bearer \(rehearsal.token)")
        let other = HTTPRequest(method: .get, url: url, headers: [header])
        #expect(Answer(rehearsal.mock.handle(other, at: rehearsal.now)).status == 409)
        #expect(rehearsal.send(.delete, job).status == 204)
        #expect(rehearsal.send(.get, job).status == 404)
    }
}
