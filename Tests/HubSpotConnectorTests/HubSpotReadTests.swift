import CRMInterface
import ConnectorTestKit
import HTTPTransport
import HubSpotConnector
import SyncCore
import Testing
import WireJSON

struct HubSpotReadTests {
    private static let changes = FeedScan(
        mapping: HubSpotFixture.mapping,
        object: "contacts",
        range: .changes(since: ServerTime(milliseconds: 1_790_000_000_000)),
        continuation: .afterID("500")
    )

    @Test func `a search asks for changes since the mark, by id, after the last one`() async throws
    {
        let fixture = HubSpotFixture { _, _ throws(CallFailure) in
            HubSpotFixture.reply(
                200,
                #"""
                {"total":2,"results":[{"id":"501","properties":{"email":"A@X.test","phone":null,
                "lastmodifieddate":"2026-11-24T07:00:00.000Z","sf_contact_key":"0035g00000ABCdeAAG"},
                "archived":false}],"paging":{"next":{"after":"1"}}}
                """#
            )
        }
        let page = try #require(try await fixture.connection.scan([Self.changes]).first)
        #expect(page.page.rows.map(\.id) == ["501"])
        #expect(page.page.rows.first?.counterpartID == "0035g00000ABCdeAAG")
        #expect(page.page.rows.first?.values.values[1].isBlank == true)
        #expect(page.next == .afterID("501"))
        let request = try #require(await fixture.gate.requests.first)
        let body = try JSON(parsing: request.body)
        let filters = body["filterGroups"]?[0]?["filters"]?.elements ?? []
        let names = filters.compactMap { $0["propertyName"]?.string }
        #expect(names.sorted() == ["hs_object_id", "lastmodifieddate"])
        #expect(body["sorts"]?[0]?["propertyName"]?.string == "hs_object_id")
        #expect(body["limit"]?.integer == 200)
        #expect(body["after"] == nil, "offsets end at 10,000 results")
        #expect(await fixture.gate.calls.first?.window == .search)
    }

    @Test func `a scan ends when the reply says so, not by a short page`() async throws {
        for (paging, isLast) in [(#","paging":{"next":{"after":"1"}}"#, false), ("", true)] {
            let fixture = HubSpotFixture { _, _ throws(CallFailure) in
                let row =
                    #"{"id":"501","properties":{"email":null,"phone":null,"#
                    + #""lastmodifieddate":"2026-11-24T07:00:00Z"}}"#
                return HubSpotFixture.reply(200, #"{"results":[\#(row)]\#(paging)}"#)
            }
            let page = try #require(try await fixture.connection.scan([Self.changes]).first)
            #expect((page.next == nil) == isLast)
        }
    }

    @Test func `a property that is no longer shown is no blank`() async throws {
        let fixture = HubSpotFixture { _, _ throws(CallFailure) in
            let row =
                #"{"id":"501","properties":{"email":null,"#
                + #""lastmodifieddate":"2026-11-24T07:00:00Z"}}"#
            return HubSpotFixture.reply(200, #"{"results":[\#(row)]}"#)
        }
        let error = await #expect(throws: SyncError.self) {
            try await fixture.connection.scan([Self.changes])
        }
        #expect(error?.code == .missingField)
    }

    @Test func `a search over 3,000 characters asks for ids and reads the values by batch`()
        async throws
    {
        var mapping = HubSpotFixture.mapping
        let shape = FieldShape(type: .text)
        for number in 2..<120 {
            let name = "a_property_with_a_long_name_\(number)"
            mapping.hubspot.fields.append(.init(name: name, shape: shape))
            mapping.fields.append(
                FieldMapping(index: number, hubspot: name, salesforce: "F\(number)", rule: .twoWay)
            )
        }
        let names = mapping.fields.map(\.hubspot)
        let fixture = HubSpotFixture { request, _ throws(CallFailure) in
            let values =
                request.url.hasSuffix("/search")
                ? "" : names.map { "\"\($0)\":null," }.joined()
            let row =
                #"{"id":"501","properties":{\#(values)"#
                + #""lastmodifieddate":"2026-11-24T07:00:00Z"}}"#
            return HubSpotFixture.reply(200, #"{"results":[\#(row)]}"#)
        }
        var scan = Self.changes
        scan.mapping = mapping
        let page = try #require(try await fixture.connection.scan([scan]).first)
        #expect(page.page.rows.count == 1)
        let requests = await fixture.gate.requests
        #expect(requests.map { $0.url.split(separator: "/").last } == ["search", "read"])
        #expect(requests[0].body.count <= 3_000)
    }

    @Test func `ids that come back missing are looked for among the archived`() async throws {
        let fixture = HubSpotFixture { request, _ throws(CallFailure) in
            guard request.url.contains("archived=true") else {
                return HubSpotFixture.reply(207, #"{"results":[]}"#)
            }
            let row =
                #"{"id":"501","archived":true,"archivedAt":"2026-11-24T07:00:00Z","#
                + #""properties":{"lastmodifieddate":"2026-11-24T07:00:00Z"}}"#
            return HubSpotFixture.reply(207, #"{"results":[\#(row)]}"#)
        }
        let reply = try await fixture.connection.read(
            ReadRequest(
                mapping: HubSpotFixture.mapping,
                object: "contacts",
                ids: ["501", "502"],
                purpose: "parked",
                priority: .field
            )
        )
        #expect(reply.pages.flatMap(\.rows).map(\.fate) == [.deleted])
        #expect(reply.missing == ["502"])
        #expect(reply.readAt == ScriptedGate.answeredAt)
    }

    @Test(arguments: ["<html>Maintenance</html>", "", #"{"results":"#, "null", "[]"])
    func `a reply that cannot be read is an error with a next step`(body: String) async {
        let fixture = HubSpotFixture { _, _ throws(CallFailure) in HubSpotFixture.reply(200, body) }
        let error = await #expect(throws: SyncError.self) {
            _ = try await fixture.connection.scan([Self.changes])
        }
        #expect(error?.code == .malformedReply)
    }

    @Test func `a read that fails for a moment is repeated a few times`() async throws {
        let fixture = HubSpotFixture { _, number throws(CallFailure) in
            number < 3
                ? HubSpotFixture.reply(503, "") : HubSpotFixture.reply(200, #"{"results":[]}"#)
        }
        _ = try await fixture.connection.scan([Self.changes])
        #expect(await fixture.gate.requests.count == 3)
    }
}
