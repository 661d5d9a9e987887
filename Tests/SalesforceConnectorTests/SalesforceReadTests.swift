import CRMInterface
import ConnectorTestKit
import Foundation
import HTTPTransport
import SalesforceConnector
import SyncCore
import Testing
import WireJSON

struct SalesforceReadTests {
    private static let row = #"""
        {"attributes":{"type":"Contact"},"Id":"0035g00000ABCdeAAH","IsDeleted":false,
        "SystemModstamp":"2026-11-24T07:00:00.000+0000","MasterRecordId":null,
        "HubSpot_Record_ID__c":"501","Email":"a@x.test","Phone":null}
        """#

    private static func scans(_ range: FeedScan.Range) -> [FeedScan] {
        ["Contact", "Lead"].map {
            FeedScan(mapping: SalesforceFixture.mapping, object: $0, range: range)
        }
    }

    private static let since = FeedScan.Range.changes(
        since: ServerTime(milliseconds: 1_790_000_000_000)
    )

    @Test
    func `all objects are read in one call, leads last, without LIMIT, deleted rows included`()
        async throws
    {
        let fixture = SalesforceFixture { _, _ throws(CallFailure) in
            SalesforceFixture.composite([
                (200, #"{"totalSize":1,"done":true,"records":[\#(Self.row)]}"#),
                (200, #"{"totalSize":0,"done":true,"records":[]}"#),
            ])
        }
        let pages = try await fixture.connection.scan(Self.scans(Self.since))
        #expect(pages.map(\.object) == ["Contact", "Lead"])
        #expect(pages.map { $0.page.rows.count } == [1, 0])
        #expect(pages.allSatisfy { $0.next == nil })
        #expect(pages.first?.page.rows.first?.counterpartID == "501")
        let request = try #require(await fixture.gate.requests.last)
        let body = try JSON(parsing: request.body)
        #expect(body["collateSubrequests"]?.boolean == false)
        let urls = (body["compositeRequest"]?.elements ?? []).compactMap {
            $0["url"]?.string?.removingPercentEncoding
        }
        #expect(urls.count == 2)
        for (url, object) in zip(urls, ["Contact", "Lead"]) {
            #expect(url.contains("/queryAll?q=SELECT Id,IsDeleted,SystemModstamp"))
            #expect(url.contains("FROM \(object) WHERE SystemModstamp >= 2026-"))
            #expect(url.hasSuffix("ORDER BY SystemModstamp, Id"))
        }
        #expect(await fixture.gate.calls.last?.cost == 1)
    }

    @Test func `a scan goes on by the reply's own locator`() async throws {
        let next = "/services/data/v62.0/query/01g000-2000"
        let fixture = SalesforceFixture { _, _ throws(CallFailure) in
            SalesforceFixture.composite([
                (
                    200,
                    #"{"totalSize":9,"done":false,"nextRecordsUrl":"\#(next)","records":[\#(Self.row)]}"#
                )
            ])
        }
        let page = try #require(
            try await fixture.connection.scan([Self.scans(Self.since)[0]]).first
        )
        #expect(page.next == .locator(next))
    }

    @Test(arguments: [
        ("IsDeleted\":true", RecordRow.Fate.deleted),
        (
            "IsDeleted\":true,\"MasterRecordId\":\"0035g00000XYZabAAG",
            .merged(into: "0035g00000XYZabAAG")
        ),
    ])
    func `deleted and merged rows say so`(flag: String, fate: RecordRow.Fate) async throws {
        var row = Self.row.replacing("\"MasterRecordId\":null,", with: "")
        let closed = flag.hasSuffix("G") ? flag + "\"" : flag
        row = row.replacing("IsDeleted\":false", with: closed)
        let final = row
        let fixture = SalesforceFixture { _, _ throws(CallFailure) in
            SalesforceFixture.composite([
                (200, #"{"totalSize":1,"done":true,"records":[\#(final)]}"#)
            ])
        }
        let page = try await fixture.connection.scan([Self.scans(Self.since)[0]]).first
        #expect(page?.page.rows.first?.fate == fate)
    }

    @Test func `a missing id is looked for among the deleted before it counts as missing`()
        async throws
    {
        let fixture = SalesforceFixture { request, _ throws(CallFailure) in
            guard request.url.hasSuffix("/composite") else {
                return SalesforceFixture.reply(200, "[null,null]")
            }
            let deleted = Self.row.replacing("\"IsDeleted\":false", with: "\"IsDeleted\":true")
            return SalesforceFixture.composite([
                (200, #"{"totalSize":1,"done":true,"records":[\#(deleted)]}"#)
            ])
        }
        let reply = try await fixture.connection.read(
            ReadRequest(
                mapping: SalesforceFixture.mapping,
                object: "Contact",
                ids: ["0035g00000ABCdeAAH", "no id", "0035g00000ABCdfAAH"],
                purpose: "parked",
                priority: .field
            )
        )
        #expect(reply.pages.flatMap(\.rows).map(\.fate) == [.deleted])
        #expect(reply.missing == ["no id", "0035g00000ABCdfAAH"])
        #expect(reply.readAt == ScriptedGate.answeredAt)
    }

    @Test func `look-ups are packed into few statements, and quotes cannot end a literal`() {
        let object = SalesforceFixture.mapping.salesforce[0]
        let queries = (0..<3_000).map { number in
            FindRequest.Query(
                sourceID: "50\(number)",
                values: [0: FieldValue(normal: "o'brien\\\(number)@example.com")]
            )
        }
        let statements = SalesforceQueries.finds(
            object,
            FindRequest(mapping: SalesforceFixture.mapping, queries: queries, priority: .newRecord)
        )
        #expect(statements.count < 5)
        #expect(statements.allSatisfy { $0.count <= 100_000 })
        #expect(statements[0].contains(#"'o\'brien\\0@example.com'"#))
        let ids = statements.joined().split(separator: "'").filter { $0.hasPrefix("50") }
        #expect(Set(ids).count == 3_000)
    }

    @Test(arguments: ["<html>Maintenance</html>", "", #"{"compositeResponse":[]}"#, "null"])
    func `a reply that cannot be read is an error with a next step`(body: String) async {
        let fixture = SalesforceFixture { _, _ throws(CallFailure) in
            SalesforceFixture.reply(200, body)
        }
        let error = await #expect(throws: SyncError.self) {
            _ = try await fixture.connection.scan(Self.scans(Self.since))
        }
        #expect(error?.code == .malformedReply)
    }

    @Test func `objects are described 25 a call, and what the user may not see is left out`()
        async throws
    {
        let org = SalesforceFixture { request, _ throws(CallFailure) in
            let text = String(decoding: request.body, as: UTF8.self)
            let parts = text.components(separatedBy: "/sobjects/").dropFirst().map { part in
                let name = String(part.prefix { $0 != "/" })
                guard name != "Hidden__c" else {
                    return (
                        status: 404,
                        body:
                            #"[{"errorCode":"NOT_FOUND","message":"The requested resource does not exist"}]"#
                    )
                }
                return (status: 200, body: #"{"name":"\#(name)","keyPrefix":"a0A","fields":[]}"#)
            }
            return SalesforceFixture.composite(parts)
        }
        let names = (0..<30).map { $0 == 7 ? "Hidden__c" : "Thing\($0)__c" }
        let described = try await org.connection.describe(names)
        #expect(described.map(\.object) == names.filter { $0 != "Hidden__c" })
        #expect(described.allSatisfy { $0.keyPrefix == "a0A" })
        let calls = await org.gate.requests.filter { !SalesforceFixture.isToken($0) }
        #expect(calls.count == 2)
    }
}
