import CRMInterface
import HTTPTransport
import MockSalesforce
import SalesforceConnector
import SyncCore
import Testing
import WireJSON

/// Jobs of the Bulk API 2.0: the connector's requests against the mock org, and recorded-style replies.
struct SalesforceBulkTests {
    private static func person(_ key: String, _ last: String, _ title: String) -> PlainWrite {
        PlainWrite(
            .key(field: "HubSpot_Record_ID__c", value: key),
            [
                .init(name: "LastName", type: .text, value: FieldValue(normal: last)),
                .init(name: "Title", type: .text, value: FieldValue(normal: title)),
            ]
        )
    }

    @Test func `a file is uploaded, worked off, and each row's fate is told`() throws {
        var org = SalesforceOrg { $0.bulkBatchTime = 1_000 }
        let writes = [
            Self.person("1", "O\"Neil, Ann", "CEO"), Self.person("2", "", "x"),
            Self.person("3", "Roux", ""),
        ]
        let upsert = org.requests.ingest("Contact", .upsert(key: "HubSpot_Record_ID__c"))
        let job = try SalesforceResponses.job(org.json(upsert))
        #expect(job.state == .open && !job.isOver)
        let file = SalesforceRequests.file(writes, fields: ["LastName", "Title"])
        #expect(String(decoding: file, as: UTF8.self).hasSuffix("3,Roux,#N/A\n"))
        let upload = try #require(org.requests.upload(file, to: job.id))
        #expect(try org.send(upload).status == 201)
        let started = try SalesforceResponses.job(org.json(org.requests.start(job.id)))
        #expect(started.state == .waiting)
        org.now += 10_000
        let done = try SalesforceResponses.job(org.json(org.requests.job(job.id)))
        #expect(done.state == .done && done.isOver)
        #expect(done.processed == 3 && done.failed == 1)
        var stored: [BulkRow] = []
        try SalesforceResponses.results(
            try org.send(org.requests.results(.stored, of: job.id)).body
        ) { stored.append($0) }
        let keys = stored.compactMap { $0.values["HubSpot_Record_ID__c"] }.sorted()
        #expect(keys == ["1", "3"])
        #expect(stored.allSatisfy { $0.isCreated && $0.id?.count == 18 })
        var refused: [BulkRow] = []
        try SalesforceResponses.results(
            try org.send(org.requests.results(.refused, of: job.id)).body
        ) { refused.append($0) }
        #expect(refused.map(\.refusal?.kind) == [.requiredField])
        #expect(refused.map(\.refusal?.fields) == [["LastName"]])
        #expect(refused.map(\.id) == [nil])
        #expect(!"\(stored)".contains("Roux"))
        #expect(org.requests.upload(Array(repeating: 0x61, count: 100_000_001), to: "j") == nil)
    }

    @Test func `a job that is cancelled says so`() throws {
        var org = SalesforceOrg()
        let job = try SalesforceResponses.job(org.json(org.requests.ingest("Account", .insert)))
        let cancelled = try SalesforceResponses.job(org.json(org.requests.cancel(job.id)))
        #expect(cancelled.state == .cancelled && cancelled.isOver)
        var rows = 0
        let left = org.requests.results(.untouched, of: job.id)
        try SalesforceResponses.results(try org.send(left).body) { _ in rows += 1 }
        #expect(rows == 0)
    }

    @Test func `a query is read as a file, page by page, deleted rows too`() throws {
        var org = SalesforceOrg()
        let ids = try (0..<7).map { number in
            try org.mock.create(
                object: "Account",
                fields: [.init("Name", .text("N, \(number)"))],
                at: org.now
            )
        }
        try org.mock.delete(ids[6], at: org.now)
        let soql = "SELECT Id,Name,IsDeleted,SystemModstamp FROM Account"
        let request = org.requests.export(soql, includesDeleted: true)
        let job = try SalesforceResponses.job(org.json(request))
        org.now += 10_000
        let done = try SalesforceResponses.job(org.json(org.requests.exportJob(job.id)))
        #expect(done.state == .done)
        var (records, next): ([PlainRecord], String?) = ([], nil)
        var calls = 0
        repeat {
            let page = try org.send(org.requests.exportRows(of: job.id, next: next, max: 3))
            next = try SalesforceResponses.exportRows(page) { records.append($0) }
            calls += 1
        } while next != nil && calls < 10
        #expect(Set(records.map(\.id)) == Set(ids))
        #expect(calls == 3)
        #expect(records.first { $0.id == ids[6] }?.isDeleted == true)
        #expect(records.first { $0.id == ids[0] }?["Name"] == "N, 0")
        #expect(records.allSatisfy { $0.modified != nil })
    }

    @Test func `recorded refusals are told by their codes`() throws {
        let file = #"""
            "sf__Id","sf__Error","Name"
            "","UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record or 200 records: 001,002:--","A"
            "0015g00000AbCdE","STRING_TOO_LONG:Account Name: data value too large: x (max length=255):Name --","B"
            "","new text","C"
            """#
        var rows: [BulkRow] = []
        try SalesforceResponses.results(Array(file.utf8)) { rows.append($0) }
        #expect(rows.map(\.refusal?.code) == ["UNABLE_TO_LOCK_ROW", "STRING_TOO_LONG", "UNKNOWN"])
        #expect(rows[1].refusal?.fields == ["Name"])
        #expect(rows[1].refusal?.kind == .badValue)
        #expect(rows[1].id?.count == 18)
    }

    @Test(arguments: ["\"sf__Id\",\"sf__Error\"\n\"00", "a,b\n1\n", "a\n1,2\n", "\"cut"])
    func `a file that is cut is no file`(text: String) {
        #expect(throws: SyncError.self) {
            try SalesforceResponses.results(Array(text.utf8)) { _ in }
        }
    }

    @Test func `a job that failed tells its code and not its text`() throws {
        let job = try SalesforceResponses.job(
            SalesforceOrg.json(
                #"""
                {"id":"7505g","state":"Failed","apiVersion":62.0,"numberRecordsProcessed":0,
                "errorMessage":"InvalidBatch : Field name not found : canary"}
                """#
            )
        )
        #expect(job.state == .failed && job.problem == "InvalidBatch")
        #expect(throws: SyncError.self) {
            try SalesforceResponses.job(SalesforceOrg.json(#"{"id":"1","state":"New"}"#))
        }
    }
}
