import CRMInterface
import ConnectorTestKit
import HTTPTransport
import HubSpotConnector
import SyncCore
import Testing
import WireJSON

/// Fields that name other records are ties in HubSpot, with calls of their own.
struct HubSpotTieTests {
    private static func write(
        _ entryID: Int64,
        _ action: RecordWrite.Action,
        company: String,
        phone: String? = nil
    ) -> RecordWrite {
        var write = HubSpotFixture.write(entryID, action, phone: phone ?? "")
        if phone == nil { write.fields = [] }
        write.fields.append(
            .init(
                name: "associatedcompanyid",
                type: .reference,
                value: FieldValue(normal: company),
                refersTo: "companies"
            )
        )
        return write
    }

    private static func body(_ request: HTTPRequest) throws -> JSON {
        try JSON(parsing: request.body)
    }

    @Test func `a new record brings its primary company along`() async throws {
        let fixture = HubSpotFixture { _, _ throws(CallFailure) in HubSpotFixture.reply(201, "{}") }
        let key = RecordWrite.Action.createByKey(field: "sf_contact_key", value: "003A")
        _ = await fixture.write([
            Self.write(1, key, company: "77", phone: "1"),
            Self.write(2, key, company: "", phone: "2"),
        ])
        let requests = await fixture.gate.requests
        #expect(requests.count == 1)
        let inputs = try Self.body(requests[0])["inputs"]?.elements ?? []
        let tie = inputs.first?["associations"]?[0]
        #expect(tie?["to"]?["id"]?.string == "77")
        #expect(tie?["types"]?[0]?["associationTypeId"]?.integer == 1)
        #expect(tie?["types"]?[0]?["associationCategory"]?.string == "HUBSPOT_DEFINED")
        #expect(inputs.first?["properties"]?["associatedcompanyid"] == nil)
        #expect(inputs.last?["associations"] == nil)
    }

    @Test func `an update ties first and writes the other fields then`() async throws {
        let fixture = HubSpotFixture { request, _ throws(CallFailure) in
            request.url.contains("associations")
                ? HubSpotFixture.reply(200, #"{"status":"COMPLETE","results":[]}"#)
                : HubSpotFixture.reply(
                    200,
                    #"{"results":[{"id":"501","updatedAt":"2026-11-24T07:00:00Z"}]}"#
                )
        }
        let reply = await fixture.write([
            Self.write(11, .update(id: "501"), company: "77", phone: "1"),
            Self.write(12, .update(id: "502"), company: "78"),
        ])
        let requests = await fixture.gate.requests
        #expect(requests.count == 2)
        #expect(requests[0].url.hasSuffix("/contacts/companies/batch/create"))
        let ties = try Self.body(requests[0])["inputs"]?.elements ?? []
        #expect(ties.map { $0["from"]?["id"]?.string } == ["501", "502"])
        #expect(ties.map { $0["to"]?["id"]?.string } == ["77", "78"])
        #expect(ties.map { $0["types"]?[0]?["associationTypeId"]?.integer } == [1, 1])
        #expect(requests[1].url.hasSuffix("/contacts/batch/update"))
        let inputs = try Self.body(requests[1])["inputs"]?.elements ?? []
        #expect(inputs.map { $0["id"]?.string } == ["501"])
        #expect(inputs.first?["properties"]?["associatedcompanyid"] == nil)
        #expect(reply.outcomes[12] == .confirmed(id: "502", created: false, stamp: nil))
        guard case .confirmed(_, _, let stamp) = reply.outcomes[11] else {
            Issue.record("11 is not confirmed")
            return
        }
        #expect(stamp != nil)
    }

    @Test func `a refused tie names its property and keeps the rest of that record back`()
        async throws
    {
        let refusal = #"""
            {"status":"COMPLETE","results":[],"numErrors":1,"errors":[{"status":"error",
            "category":"VALIDATION_ERROR","subCategory":"crm.associations.INVALID_IDENTIFIER",
            "message":"78 is not a valid ID","context":{"id":["78"]}}]}
            """#
        let fixture = HubSpotFixture { request, _ throws(CallFailure) in
            request.url.contains("associations")
                ? HubSpotFixture.reply(207, refusal) : HubSpotFixture.reply(200, #"{"results":[]}"#)
        }
        let reply = await fixture.write([
            Self.write(11, .update(id: "501"), company: "77"),
            Self.write(12, .update(id: "502"), company: "78", phone: "1"),
        ])
        #expect(await fixture.gate.requests.count == 1)
        #expect(reply.outcomes[11] == .confirmed(id: "501", created: false, stamp: nil))
        guard case .rejected(let rejection) = reply.outcomes[12] else {
            Issue.record("12 is not rejected")
            return
        }
        #expect(rejection.kind == .badValue)
        #expect(rejection.code == "INVALID_IDENTIFIER")
        #expect(rejection.fields == ["associatedcompanyid"])
    }

    @Test func `a tie without a reply is unknown, and nothing else of that record is sent`()
        async throws
    {
        let fixture = HubSpotFixture { _, _ throws(CallFailure) in
            throw .transport(TransportError(code: .timedOut, reach: .maybeSent, message: "late"))
        }
        let reply = await fixture.write([
            Self.write(11, .update(id: "501"), company: "77", phone: "1")
        ])
        #expect(await fixture.gate.requests.count == 1)
        #expect(reply.outcomes == [11: .unknown])
    }

    @Test
    func `a cleared company is untied: as a whole, or without its rank where people labelled it`()
        async throws
    {
        let read = #"""
            {"results":[{"from":{"id":"501"},"to":[{"toObjectId":77,"associationTypes":[
            {"category":"HUBSPOT_DEFINED","typeId":1,"label":"Primary"},
            {"category":"HUBSPOT_DEFINED","typeId":279,"label":null}]},
            {"toObjectId":70,"associationTypes":[
            {"category":"HUBSPOT_DEFINED","typeId":279,"label":null}]}]},
            {"from":{"id":"502"},"to":[{"toObjectId":78,"associationTypes":[
            {"category":"HUBSPOT_DEFINED","typeId":1,"label":"Primary"},
            {"category":"USER_DEFINED","typeId":36,"label":"Billing"}]}]}]}
            """#
        let fixture = HubSpotFixture { request, _ throws(CallFailure) in
            request.url.hasSuffix("/batch/read")
                ? HubSpotFixture.reply(207, read) : HubSpotFixture.reply(204, "")
        }
        let reply = await fixture.write([
            Self.write(11, .update(id: "501"), company: ""),
            Self.write(12, .update(id: "502"), company: ""),
            Self.write(13, .update(id: "503"), company: ""),
        ])
        let requests = await fixture.gate.requests
        #expect(requests.count == 3)
        #expect(requests[1].url.hasSuffix("/contacts/companies/batch/archive"))
        let whole = try Self.body(requests[1])["inputs"]?.elements ?? []
        #expect(whole.map { $0["from"]?["id"]?.string } == ["501"])
        #expect(whole.first?["to"]?[0]?["id"]?.string == "77")
        #expect(requests[2].url.hasSuffix("/contacts/companies/batch/labels/archive"))
        let labelled = try Self.body(requests[2])["inputs"]?.elements ?? []
        #expect(labelled.map { $0["to"]?["id"]?.string } == ["78"])
        #expect(labelled.first?["types"]?.elements.count == 1)
        for (entry, id) in [(Int64(11), "501"), (12, "502"), (13, "503")] {
            #expect(reply.outcomes[entry] == .confirmed(id: id, created: false, stamp: nil))
        }
    }

    @Test func `a clear of a record whose ties HubSpot does not tell waits, and no other does`()
        async throws
    {
        let read = #"""
            {"results":[{"from":{"id":"501"},"to":[{"toObjectId":77,"associationTypes":[
            {"category":"HUBSPOT_DEFINED","typeId":1,"label":"Primary"}]}]}],"numErrors":1,
            "errors":[{"status":"error","category":"INTERNAL_ERROR",
            "context":{"fromObjectId":["502"]}}]}
            """#
        let fixture = HubSpotFixture { request, _ throws(CallFailure) in
            request.url.hasSuffix("/batch/read")
                ? HubSpotFixture.reply(207, read) : HubSpotFixture.reply(204, "")
        }
        let reply = await fixture.write([
            Self.write(11, .update(id: "501"), company: ""),
            Self.write(12, .update(id: "502"), company: ""),
        ])
        #expect(await fixture.gate.requests.count == 2)
        #expect(reply.outcomes[11] == .confirmed(id: "501", created: false, stamp: nil))
        guard case .notStored(.retry) = reply.outcomes[12] else {
            Issue.record("12 does not wait")
            return
        }
    }

    @Test func `what was untied before the next call was put off is looked at`() async throws {
        let kinds = #"{"category":"HUBSPOT_DEFINED","typeId":1,"label":"Primary"}"#
        let label = #"{"category":"USER_DEFINED","typeId":36,"label":"Billing"}"#
        let read = #"""
            {"results":[{"from":{"id":"501"},"to":[{"toObjectId":77,"associationTypes":[\#(kinds)]}]},
            {"from":{"id":"502"},"to":[{"toObjectId":78,"associationTypes":[\#(kinds),\#(label)]}]}]}
            """#
        let fixture = HubSpotFixture { request, _ throws(CallFailure) in
            if request.url.hasSuffix("/batch/read") { return HubSpotFixture.reply(200, read) }
            let isLast = request.url.hasSuffix("/labels/archive")
            return HubSpotFixture.reply(isLast ? 423 : 204, "")
        }
        let reply = await fixture.write([
            Self.write(11, .update(id: "501"), company: ""),
            Self.write(12, .update(id: "502"), company: ""),
        ])
        #expect(await fixture.gate.requests.count == 3)
        #expect(reply.outcomes == [11: .unknown, 12: .unknown])
    }

    @Test func `of a record whose ties HubSpot does not tell nobody says that it has none`()
        async throws
    {
        let fixture = HubSpotFixture { _, _ throws(CallFailure) in
            HubSpotFixture.reply(
                207,
                #"""
                {"status":"COMPLETE","results":[{"from":{"id":"171"},"to":[{"toObjectId":290,
                "associationTypes":[]}]}],"numErrors":2,"errors":[{"status":"error","category":
                "OBJECT_NOT_FOUND","subCategory":"crm.associations.NO_ASSOCIATIONS_FOUND",
                "context":{"fromObjectId":["172"]}},{"status":"error","category":
                "INTERNAL_ERROR","context":{"fromObjectId":["173"]}}]}
                """#
            )
        }
        let mapping = HubSpotFixture.mapping
        let relation = RelationMapping(
            name: "contacts with contacts",
            parent: mapping,
            child: mapping,
            plain: TieKind(id: 449, isOwn: true, label: nil),
            labels: [],
            junction: mapping,
            parentLookup: .init(object: "Contact", index: 0),
            childLookups: [.init(object: "Contact", index: 1)],
            roleIndex: nil
        )
        let read = try await fixture.connection.related(
            RelationRequest(relation: relation, ids: ["171", "172", "173"], priority: .field)
        )
        #expect(read.ties["171"]?.map(\.id) == ["290"])
        #expect(read.ties["172"] == [])
        #expect(read.ties["173"] == nil)
        #expect(read.tooMany.isEmpty)
    }
}
