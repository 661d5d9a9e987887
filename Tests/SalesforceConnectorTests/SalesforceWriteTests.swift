import CRMInterface
import ConnectorTestKit
import HTTPTransport
import SyncCore
import Testing
import WireJSON

struct SalesforceWriteTests {
    private static let one = [SalesforceFixture.write(11, .update(id: "0035g00000ABCdeAAG"))]

    private static func outcome(row: String) async -> WriteReply.Outcome? {
        let fixture = SalesforceFixture { _, _ throws(CallFailure) in
            SalesforceFixture.composite([(200, "[\(row)]")])
        }
        return await fixture.write(Self.one).outcomes[11]
    }

    @Test func `a thousand updates and creates go in one Composite of five Collections`()
        async throws
    {
        let fixture = SalesforceFixture { _, _ throws(CallFailure) in
            SalesforceFixture.reply(200, "{}")
        }
        let updates = (0..<700).map { number in
            SalesforceFixture.write(Int64(number), .update(id: "id\(number)"), phone: "")
        }
        let creates = (700..<900).map { number in
            SalesforceFixture.write(
                Int64(number),
                .createByKey(field: "HubSpot_Record_ID__c", value: "50\(number)"),
                phone: "+1 \"ö\""
            )
        }
        _ = await fixture.write(updates + creates)
        let request = try #require(await fixture.gate.requests.last)
        #expect(request.url == "https://acme.my.salesforce.com/services/data/v62.0/composite")
        #expect(request.header("Authorization") == "Bearer t1")
        let body = try JSON(parsing: request.body)
        #expect(body["allOrNone"]?.boolean == false)
        #expect(body["collateSubrequests"]?.boolean == false)
        let parts = body["compositeRequest"]?.elements ?? []
        #expect(parts.map { $0["body"]?["records"]?.elements.count } == [200, 200, 200, 100, 200])
        #expect(parts.allSatisfy { $0["body"]?["allOrNone"]?.boolean == false })
        let update = try #require(parts.first?["body"]?["records"]?[0])
        #expect(update["attributes"]?["type"]?.string == "Contact")
        #expect(update["id"]?.string == "id0")
        #expect(update["Phone"]?.isNull == true, "blank clears")
        let create = try #require(parts.last)
        #expect(create["method"]?.string == "POST")
        #expect(create["url"]?.string?.hasSuffix("/composite/sobjects") == true)
        let record = try #require(create["body"]?["records"]?[0])
        #expect(record["HubSpot_Record_ID__c"]?.string == "50700")
        #expect(record["Phone"]?.string == "+1 \"ö\"")
        #expect(await fixture.gate.calls.last?.records == 900)
    }

    /// `guard: strict`: Collections take no condition, so that each row is a subrequest of its own.
    @Test func `a conditional update names the second of the look`() async throws {
        let fixture = SalesforceFixture { _, _ throws(CallFailure) in
            SalesforceFixture.reply(200, "{}")
        }
        var writes = (1...3).map { SalesforceFixture.write(Int64($0), .update(id: "003\($0)")) }
        for place in writes.indices {
            writes[place].unmodifiedSince = ServerTime(milliseconds: 1_790_000_000_000)
        }
        _ = await fixture.write(writes)
        let request = try #require(await fixture.gate.requests.last)
        let parts = try JSON(parsing: request.body)["compositeRequest"]?.elements ?? []
        #expect(parts.count == 3)
        let first = try #require(parts.first)
        #expect(first["method"]?.string == "PATCH")
        #expect(first["url"]?.string == "/services/data/v62.0/sobjects/Contact/0031")
        let condition = first["httpHeaders"]?["If-Unmodified-Since"]?.string
        #expect(condition == "Mon, 21 Sep 2026 14:13:20 GMT")
        #expect(first["body"]?.members.map(\.name) == ["Phone"])
    }

    @Test(arguments: [
        (204, "null", "stored"), (412, #"[{"errorCode":"PRECONDITION_FAILED"}]"#, "look again"),
        (400, #"[{"errorCode":"STRING_TOO_LONG","fields":["Phone"]}]"#, "badValue"),
        (404, #"[{"errorCode":"NOT_FOUND"}]"#, "missing"),
        (400, #"[{"errorCode":"UNABLE_TO_LOCK_ROW"}]"#, "again"), (500, "null", "unknown"),
    ])
    func `each answer to a conditional update has its meaning`(
        status: Int,
        body: String,
        meaning: String
    ) async {
        let fixture = SalesforceFixture { _, _ throws(CallFailure) in
            SalesforceFixture.composite([(status, body)])
        }
        var write = SalesforceFixture.write(11, .update(id: "0035g00000ABCdeAAG"))
        write.unmodifiedSince = ServerTime(milliseconds: 1_790_000_000_000)
        let found =
            switch await fixture.write([write]).outcomes[11] {
            case .confirmed("0035g00000ABCdeAAG", false, nil): "stored"
            case .rejected(let rejection): rejection.kind.rawValue
            case .notStored(.lookAgain): "look again"
            case .notStored(.retry): "again"
            case .unknown: "unknown"
            default: "something else"
            }
        #expect(found == meaning)
    }

    @Test func `rows are confirmed by success alone, ids become 18 characters`() async {
        let stored = await Self.outcome(
            row: #"{"id":"0035g00000ABCde","success":true,"errors":[]}"#
        )
        guard case .confirmed(let id, let created, _) = stored else {
            Issue.record("not confirmed")
            return
        }
        #expect(id.count == 18)
        #expect(!created)
        let rolledBack = await Self.outcome(
            row: #"{"id":"0035g00000ABCde","success":false,"errors":[{"statusCode":"#
                + #""ALL_OR_NONE_OPERATION_ROLLED_BACK","message":"","fields":[]}]}"#
        )
        #expect(rolledBack == .notStored(.retry(afterMilliseconds: 1_000)))
    }

    @Test(arguments: [
        (
            "DUPLICATE_VALUE",
            "duplicate value found: E__c duplicates value on record with id: "
                + "0035g00000ABCde", "taken", true
        ),
        ("DUPLICATES_DETECTED", "Use one of these records?", "resembles", false),
        ("ENTITY_IS_DELETED", "entity is deleted", "missing", false),
        ("CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead", "missing", false),
        (
            "REQUIRED_FIELD_MISSING", "Required fields are missing: [LastName]", "requiredField",
            false
        ),
        ("STRING_TOO_LONG", "canary", "badValue", false),
        ("FIELD_CUSTOM_VALIDATION_EXCEPTION", "canary", "badValue", false),
        ("INSUFFICIENT_ACCESS_OR_READONLY", "", "noPermission", false),
        ("SOMETHING_NEW", "canary", "other", false),
    ])
    func `each refusal has its meaning`(
        code: String,
        message: String,
        kind: String,
        namesRecord: Bool
    ) async {
        let outcome = await Self.outcome(
            row: #"{"success":false,"errors":[{"statusCode":"\#(code)","message":"\#(message)","#
                + #""fields":["Phone"]}]}"#
        )
        guard case .rejected(let rejection) = outcome else {
            Issue.record("not rejected")
            return
        }
        #expect(rejection.kind.rawValue == kind)
        #expect(rejection.code == code)
        #expect(rejection.fields == ["Phone"])
        #expect((rejection.existingID?.count == 18) == namesRecord)
    }

    /// Found by the simulator (swarm 152): a field that is not there held the whole record back.
    @Test func `a field that is not there is named by the message only`() async {
        let outcome = await Self.outcome(
            row: #"{"success":false,"errors":[{"statusCode":"INVALID_FIELD","message":"#
                + #""No such column 'Nope__c' on sobject of type Contact","fields":[]}]}"#
        )
        guard case .rejected(let rejection) = outcome else {
            Issue.record("not rejected")
            return
        }
        #expect(rejection.fields == ["Nope__c"])
    }

    @Test(arguments: ["UNABLE_TO_LOCK_ROW", "TOO_MANY_APEX_REQUESTS", "SERVER_UNAVAILABLE"])
    func `what was not judged goes again`(code: String) async {
        let row =
            #"{"success":false,"errors":[{"statusCode":"\#(code)","message":"","fields":[]}]}"#
        #expect(await Self.outcome(row: row) == .notStored(.retry(afterMilliseconds: 1_000)))
    }

    /// Seen in public; the mock's text is that of the day's number.
    private static let tooManyAtOnce = """
        [{"errorCode":"REQUEST_LIMIT_EXCEEDED",
        "message":"ConcurrentRequests (Concurrent API Requests) Limit exceeded."}]
        """

    @Test(arguments: [
        (200, "<html>", "unknown"), (200, #"{"compositeResponse":[]}"#, "unknown"),
        (
            200,
            #"{"compositeResponse":[{"httpStatusCode":200,"body":[],"referenceId":"w0"}]}"#,
            "unknown"
        ),
        (500, "[]", "unknown"), (502, "<html>", "unknown"), (503, "", "notStored"),
        (403, #"[{"errorCode":"REQUEST_LIMIT_EXCEEDED"}]"#, "notStored"),
        (403, Self.tooManyAtOnce, "notStored"),
        (400, #"[{"errorCode":"JSON_PARSER_ERROR"}]"#, "notStored"),
    ])
    func `a call that failed whole: stored, perhaps, or certainly not`(
        status: Int,
        body: String,
        kind: String
    ) async {
        let fixture = SalesforceFixture { _, _ throws(CallFailure) in
            SalesforceFixture.reply(status, body)
        }
        switch await fixture.write(Self.one).outcomes[11] {
        case .unknown: #expect(kind == "unknown")
        case .notStored: #expect(kind == "notStored")
        case .confirmed, .rejected, nil: Issue.record("\(status) tells nothing of one record")
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
        let fixture = SalesforceFixture { _, _ throws(CallFailure) in
            throw .transport(TransportError(code: .timedOut, reach: reach, message: "Late."))
        }
        #expect(await fixture.write(Self.one).outcomes == [11: outcome])
        #expect(await fixture.gate.requests.count == 2, "sign-in and one write, never repeated")
    }
}
