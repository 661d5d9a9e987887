import CRMInterface
import ConnectorTestKit
import HTTPTransport
import SyncCore
import Testing
import WireJSON

/// Batches out, outcomes back: by trace and id, never by position.
struct HubSpotWriteTests {
    private static let updates = [
        HubSpotFixture.write(11, .update(id: "501"), phone: "+1 \"quoted\" ö"),
        HubSpotFixture.write(12, .update(id: "502"), phone: ""),
    ]

    private static func outcomes(_ status: Int, _ body: String) async -> [Int64: WriteReply.Outcome]
    {
        let fixture = HubSpotFixture { _, _ throws(CallFailure) in
            HubSpotFixture.reply(status, body)
        }
        return await fixture.write(Self.updates).outcomes
    }

    @Test func `an update names its id, its trace and its values; blank clears`() async throws {
        let fixture = HubSpotFixture { _, _ throws(CallFailure) in HubSpotFixture.reply(200, "{}") }
        _ = await fixture.write(Self.updates)
        let request = try #require(await fixture.gate.requests.first)
        #expect(request.method == .post)
        #expect(request.url.hasSuffix("/contacts/batch/update"))
        #expect(request.header("Authorization") == "Bearer pat-canary")
        let inputs = try JSON(parsing: request.body)["inputs"]?.elements ?? []
        #expect(inputs.map { $0["id"]?.string } == ["501", "502"])
        #expect(inputs.map { $0["objectWriteTraceId"]?.string } == ["11", "12"])
        #expect(inputs.map { $0["properties"]?["phone"]?.string } == ["+1 \"quoted\" ö", ""])
        #expect(await fixture.gate.calls.map(\.records) == [2])
    }

    @Test func `a create carries the key of the Salesforce record it comes from`()
        async throws
    {
        let fixture = HubSpotFixture { _, _ throws(CallFailure) in HubSpotFixture.reply(200, "{}") }
        let create = RecordWrite.Action.createByKey(
            field: "sf_contact_key",
            value: "0035g00000ABCdeAAG"
        )
        _ = await fixture.write([HubSpotFixture.write(13, create, phone: "1")])
        let request = try #require(await fixture.gate.requests.first)
        #expect(request.url.hasSuffix("/contacts/batch/create"))
        let input = try #require(try JSON(parsing: request.body)["inputs"]?[0])
        #expect(input["properties"]?["sf_contact_key"]?.string == "0035g00000ABCdeAAG")
        #expect(input["objectWriteTraceId"]?.string == "13")
    }

    @Test func `results in another order and without traces find their writes`() async {
        let body = #"""
            {"results":[{"id":"502","updatedAt":"2026-11-24T07:00:00.250Z"},
            {"id":"501","objectWriteTraceId":"11",
            "properties":{"lastmodifieddate":"2026-11-24T07:00:01Z"}}]}
            """#
        let outcomes = await Self.outcomes(200, body)
        for (entry, id) in [(Int64(11), "501"), (12, "502")] {
            guard case .confirmed(let found, _, let stamp) = outcomes[entry] else {
                Issue.record("\(entry) is not confirmed")
                continue
            }
            #expect(found == id)
            #expect(stamp != nil)
        }
    }

    @Test func `a refused input is told by its trace, and a write in neither list is unknown`()
        async
    {
        let body = #"""
            {"results":[],"numErrors":1,"errors":[{"status":"error","category":"VALIDATION_ERROR",
            "message":"canary value","errors":[{"code":"INVALID_EMAIL",
            "context":{"propertyName":["email"]}}],"context":{"objectWriteTraceId":["12"]}}]}
            """#
        let outcomes = await Self.outcomes(207, body)
        #expect(outcomes[11] == .unknown)
        #expect(
            outcomes[12]
                == .rejected(.init(kind: .badValue, code: "INVALID_EMAIL", fields: ["email"]))
        )
    }

    @Test(arguments: [
        (#"{"category":"OBJECT_NOT_FOUND","context":{"ids":["501"]}}"#, "missing", String?.none),
        (
            #"{"category":"CONFLICT","message":"Contact already exists. Existing ID: 551","#
                + #""context":{"ids":["501"]}}"#, "taken", "551"
        ),
        (
            #"{"category":"VALIDATION_ERROR","errors":[{"code":"CONFLICTING_UNIQUE_VALUE"}],"#
                + #""context":{"ids":["501"],"existingId":["77"]}}"#, "taken", "77"
        ),
        (
            #"{"category":"VALIDATION_ERROR","errors":[{"code":"MISSING_REQUIRED_PROPERTY"}],"#
                + #""context":{"ids":["501"]}}"#, "requiredField", nil
        ),
        (
            #"{"category":"VALIDATION_ERROR","message":"Cannot set PropertyValueCoordinates{"#
                + #"portalId=1, objectTypeId=ObjectTypeId{legacyObjectType=COMPANY}, "#
                + #"propertyName=sf_account_key, value=9 already has that value.} on 501. 77 "#
                + #"already has that value.","context":{"ids":["501"]}}"#, "taken", "77"
        ),
        (
            #"{"category":"VALIDATION_ERROR","message":"Error creating DEAL. Some required "#
                + #"properties were not set.","context":{"ids":["501"],"properties":["dealstage"]}}"#,
            "requiredField", nil
        ),
        (#"{"category":"MISSING_SCOPES","context":{"ids":["501"]}}"#, "noPermission", nil),
        (#"{"category":"weird text","context":{"ids":["501"]}}"#, "other", nil),
    ])
    func `each refusal has its meaning`(error: String, kind: String, existing: String?) async {
        let outcomes = await Self.outcomes(207, #"{"results":[],"errors":[\#(error)]}"#)
        guard case .rejected(let rejection) = outcomes[11] else {
            Issue.record("not rejected")
            return
        }
        #expect(rejection.kind.rawValue == kind)
        #expect(rejection.existingID == existing)
        #expect(!rejection.code.contains(" "), "only HubSpot's own code words are kept")
    }

    @Test(arguments: [
        (500, "unknown"), (502, "unknown"), (504, "unknown"), (503, "notStored"),
        (429, "notStored"), (401, "notStored"), (403, "notStored"), (423, "notStored"),
        (400, "notStored"), (200, "unknown"),
    ])
    func `a batch that failed whole: stored, perhaps, or certainly not`(
        status: Int,
        kind: String
    ) async {
        let body = status == 200 ? "<html>" : #"{"status":"error","message":"canary"}"#
        for outcome in await Self.outcomes(status, body).values {
            switch outcome {
            case .unknown: #expect(kind == "unknown")
            case .notStored: #expect(kind == "notStored")
            case .confirmed, .rejected: Issue.record("\(status) tells nothing of one record")
            }
        }
    }

    @Test(arguments: [
        (TransportError.Reach.maybeSent, WriteReply.Outcome.unknown),
        (.notSent, .notStored(.retry(afterMilliseconds: 5_000))),
    ])
    func `a lost reply is unknown, a request that never left is not`(
        reach: TransportError.Reach,
        outcome: WriteReply.Outcome
    ) async {
        let fixture = HubSpotFixture { _, _ throws(CallFailure) in
            throw .transport(TransportError(code: .timedOut, reach: reach, message: "Late."))
        }
        let reply = await fixture.write(Self.updates)
        #expect(reply.outcomes == [11: outcome, 12: outcome])
        #expect(await fixture.gate.requests.count == 1, "a write is never repeated here")
    }
}
