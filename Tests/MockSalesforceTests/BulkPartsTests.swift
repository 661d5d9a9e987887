import HTTPTransport
import MockSalesforce
import Testing
import WireJSON

@Suite struct BulkPartsTests {
    private static func form(_ job: String, _ content: String, end: String) -> String {
        [
            "--BOUNDARY", "Content-Type: application/json",
            #"Content-Disposition: form-data; name="job""#, "", job, "", "--BOUNDARY",
            "Content-Type: text/csv",
            #"Content-Disposition: form-data; name="content"; filename="content""#, "",
            content, "--BOUNDARY--", "",
        ].joined(separator: end)
    }

    private static let multipart = [
        HTTPHeader("Content-Type", #"multipart/form-data; boundary="BOUNDARY""#)
    ]
    private static let insert = #"{"object":"Contact","operation":"insert","lineEnding":"LF"}"#

    @Test(arguments: ["\n", "\r\n"])
    func `a job comes with its data and is closed at once`(_ end: String) {
        var rehearsal = Rehearsal()
        let body = Self.form(Self.insert, "FirstName,LastName\nAna,Roux\nBo,Sol", end: end)
        let made = rehearsal.send(.post, "/jobs/ingest/", body, headers: Self.multipart)
        #expect(made.status == 200)
        #expect(made.json["state"]?.string == "UploadComplete")
        rehearsal.now += 1_000
        let job = "/jobs/ingest/" + (made.json["id"]?.string ?? "")
        #expect(rehearsal.send(.get, job).json["state"]?.string == "JobComplete")
        #expect(
            rehearsal.column("Name", "SELECT Name FROM Contact ORDER BY Name")
                == ["Ana Roux", "Bo Sol"]
        )
        #expect(rehearsal.mock.calls.filter { $0.kind == .bulk }.count == 2)
    }

    @Test func `a form without its parts, and one too long, are refused`() {
        var rehearsal = Rehearsal()
        for body in ["", "--BOUNDARY\n", "--BOUNDARY\n\n--BOUNDARY--", "{}", Self.insert] {
            let refused = rehearsal.send(.post, "/jobs/ingest", body, headers: Self.multipart)
            #expect(refused.status == 400)
        }
        let long = Self.form(Self.insert, String(repeating: "LastName\n", count: 12_000), end: "\n")
        #expect(
            rehearsal.send(.post, "/jobs/ingest", long, headers: Self.multipart).errorCode
                == "EXCEEDED_MAX_SIZE_REQUEST"
        )
    }

    private static func async(
        _ method: HTTPMethod,
        _ path: String,
        _ body: String? = nil,
        _ headers: [HTTPHeader] = [],
        _ rehearsal: inout Rehearsal
    ) -> Answer {
        let request = HTTPRequest(
            method: method,
            url: "https://acme.my.salesforce.com/services/async/62.0" + path,
            headers: [HTTPHeader("X-SFDC-Session", rehearsal.token)] + headers,
            body: body.map { Array($0.utf8) } ?? []
        )
        return Answer(rehearsal.mock.handle(request, at: rehearsal.now))
    }

    @Test func `PK chunking works a query off in ranges of ids`() throws {
        var rehearsal = Rehearsal()
        for number in 1...7 {
            _ = try rehearsal.seed("Contact", [("LastName", "P\(number)")])
        }
        let made = Self.async(
            .post,
            "/job",
            #"{"operation":"query","object":"Contact","contentType":"JSON"}"#,
            [HTTPHeader("Sforce-Enable-PKChunking", "chunkSize=3")],
            &rehearsal
        )
        let job = "/job/" + (made.json["id"]?.string ?? "")
        let statement = "SELECT LastName FROM Contact WHERE LastName != 'P2'"
        _ = Self.async(.post, job + "/batch", statement, [], &rehearsal)
        rehearsal.now += 1_000
        _ = Self.async(.get, job + "/batch", nil, [], &rehearsal)
        rehearsal.now += 1_000
        let list = Self.async(.get, job + "/batch", nil, [], &rehearsal)
        let batches = list.json["batchInfo"]?.elements ?? []
        #expect(
            batches.map { $0["state"]?.string }
                == ["NotProcessed", "Completed", "Completed", "Completed"]
        )
        var names: [[String]] = []
        for batch in batches.dropFirst() {
            let path = job + "/batch/" + (batch["id"]?.string ?? "") + "/result"
            let id = Self.async(.get, path, nil, [], &rehearsal).json[0]?.string ?? ""
            let rows = Self.async(.get, path + "/" + id, nil, [], &rehearsal).json.elements
            names.append(rows.compactMap { $0["LastName"]?.string })
        }
        #expect(names == [["P1", "P3"], ["P4", "P5", "P6"], ["P7"]])
    }

    @Test(arguments: [false, true])
    func `times are numbers in JSON, and days where the setting says so`(_ days: Bool) throws {
        var rehearsal = Rehearsal()
        rehearsal.mock.settings.countsBulkDays = days
        _ = try rehearsal.seed("Contact", [("LastName", "Roux"), ("Birthdate", "1970-01-02")])
        let made = Self.async(
            .post,
            "/job",
            #"{"operation":"query","object":"Contact","contentType":"JSON"}"#,
            [],
            &rehearsal
        )
        let job = "/job/" + (made.json["id"]?.string ?? "")
        let statement = "SELECT Id, CreatedDate, Birthdate, Account.CreatedDate FROM Contact"
        let batch = Self.async(.post, job + "/batch", statement, [], &rehearsal)
        rehearsal.now += 1_000
        let path = job + "/batch/" + (batch.json["id"]?.string ?? "") + "/result"
        let id = Self.async(.get, path, nil, [], &rehearsal).json[0]?.string ?? ""
        let row = Self.async(.get, path + "/" + id, nil, [], &rehearsal).json[0]
        #expect(row?["CreatedDate"]?.numberText == "1790000000000")
        #expect(row?["Birthdate"]?.string == (days ? nil : "1970-01-02"))
        #expect(row?["Birthdate"]?.numberText == (days ? "86400000" : nil))
        let rest = rehearsal.query("SELECT CreatedDate FROM Contact").json["records"]?[0]
        #expect(rest?["CreatedDate"]?.string == "2026-09-21T14:13:20.000+0000")
    }

    @Test func `a chunk size out of range is refused`() {
        var rehearsal = Rehearsal()
        for size in ["0", "250001", "x"] {
            let refused = Self.async(
                .post,
                "/job",
                #"{"operation":"query","object":"Contact","contentType":"JSON"}"#,
                [HTTPHeader("Sforce-Enable-PKChunking", "chunkSize=\(size)")],
                &rehearsal
            )
            #expect(refused.json["exceptionCode"]?.string == "InvalidJob")
        }
    }
}
