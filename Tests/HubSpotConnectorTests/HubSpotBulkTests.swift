import CRMInterface
import HTTPTransport
import HubSpotConnector
import MockHubSpot
import SyncCore
import Testing
import WireJSON

/// Imports and exports: the connector's requests against the mock portal, and recorded-style replies.
struct HubSpotBulkTests {
    private static func person(_ mail: String, _ city: String) -> PlainWrite {
        PlainWrite(
            .key(field: "email", value: mail),
            [.init(name: "city", type: .text, value: FieldValue(normal: city))]
        )
    }

    private static let columns = [
        HubSpotRequests.Column("email", .key), HubSpotRequests.Column("city"),
    ]

    @Test func `a file is imported by and by, and its refusals are told`() throws {
        var portal = HubSpotPortal()
        let writes = [
            Self.person("ada@x.test", "Bern, old \"town\""), Self.person("nobody", "Rome"),
        ]
        let file = HubSpotRequests.file(writes, fields: ["city"])
        let request = try #require(
            portal.requests.ingest("0-1", .upsert, Self.columns, file: file)
        )
        let job = try HubSpotResponses.job(portal.json(request))
        #expect(job.state == .waiting && !job.isOver)
        portal.now += 10_000
        let done = try HubSpotResponses.job(portal.json(portal.requests.job(job.id)))
        #expect(done.state == .done && done.isOver)
        #expect(done.processed == 2 && done.failed == 1)
        let made = portal.mock.export(object: "contacts")
        #expect(made.map { $0["city"] } == ["Bern, old \"town\""])
        let refused = try HubSpotResponses.results(
            portal.json(portal.requests.results(of: job.id))
        )
        #expect(refused.items.map(\.refusal?.code) == ["INVALID_EMAIL"])
        #expect(refused.items.map(\.refusal?.kind) == [.badValue])
        #expect(refused.next == nil)
    }

    @Test func `an import that is cancelled says so`() throws {
        var portal = HubSpotPortal()
        let file = HubSpotRequests.file([Self.person("a@x.test", "Oslo")], fields: ["city"])
        let request = try #require(
            portal.requests.ingest("0-1", .insert, Self.columns, file: file)
        )
        let job = try HubSpotResponses.job(portal.json(request))
        let cancelled = try HubSpotResponses.job(
            portal.json(portal.requests.cancel(job.id)),
            id: job.id
        )
        #expect(cancelled.state == .cancelled && cancelled.id == job.id)
        #expect(portal.mock.export(object: "contacts").isEmpty)
    }

    @Test func `all records are read as a file`() throws {
        var portal = HubSpotPortal()
        let ids = try (0..<3).map { number in
            try portal.mock.create(
                fields: [("email", "p\(number)@x.test"), ("city", "A, \(number)")],
                at: portal.now
            )
        }
        let request = portal.requests.export("CONTACT", properties: ["email", "city"])
        let job = try HubSpotResponses.job(portal.json(request))
        #expect(job.state == .waiting)
        portal.now += 10_000
        let done = try HubSpotResponses.job(
            portal.json(portal.requests.exportJob(job.id)),
            id: job.id
        )
        #expect(done.state == .done && done.id == job.id)
        let address = try #require(done.file)
        var records: [PlainRecord] = []
        try HubSpotResponses.exportRows(portal.raw(portal.requests.exportRows(at: address))) {
            records.append($0)
        }
        #expect(records.map(\.id) == ids)
        #expect(records[1]["city"] == "A, 1")
    }

    @Test func `a recorded page of refusals keeps codes and no values`() throws {
        let page = try HubSpotResponses.results(
            HubSpotPortal.json(
                #"""
                {"results":[{"id":"1","createdAt":1790000000000,"errorType":
                "DUPLICATE_UNIQUE_PROPERTY_VALUE","knownColumnName":"email","invalidValue":"canary",
                "objectType":"CONTACT","sourceData":{"fileId":7,"lineNumber":2}},
                {"id":"2","errorType":"new canary"}],"paging":{"next":{"after":"2"}}}
                """#
            )
        )
        #expect(page.items.map(\.refusal?.kind) == [.taken, .other])
        #expect(page.items.map(\.refusal?.code) == ["DUPLICATE_UNIQUE_PROPERTY_VALUE", "UNKNOWN"])
        #expect(!String(reflecting: page.items).contains("canary"))
        #expect(page.next == "2")
    }

    @Test(arguments: ["Record ID,Email\n\"1", "a,b\n1\n", "a\n1,2\n", "\"cut"])
    func `a file that is cut is no file`(text: String) {
        #expect(throws: SyncError.self) {
            try HubSpotResponses.exportRows(HubSpotPortal.reply(text)) { _ in }
        }
    }

    @Test func `an unknown state is not guessed`() throws {
        #expect(throws: SyncError.self) {
            try HubSpotResponses.job(HubSpotPortal.json(#"{"id":"1","state":"NEW"}"#))
        }
        #expect(throws: SyncError.self) { try HubSpotResponses.job(HubSpotPortal.json("{}")) }
    }
}
