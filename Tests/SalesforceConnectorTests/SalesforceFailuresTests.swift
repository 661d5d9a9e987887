import CRMInterface
import HTTPTransport
import SalesforceConnector
import SyncCore
import Testing

struct SalesforceFailuresTests {
    @Test(arguments: [
        (
            401, "INVALID_SESSION_ID", SyncError.Code.credentials,
            FailureDisposition.refreshCredentials
        ),
        (
            403, "REQUEST_LIMIT_EXCEEDED", .limitReached,
            .pausePair(milliseconds: 900_000)
        ),
        (403, "API_DISABLED_FOR_ORG", .forbidden, .stop),
        (400, "INVALID_FIELD", .missingField, .stop),
        (400, "QUERY_TIMEOUT", .unreachable, .retry(afterMilliseconds: 2_000)),
        (400, "MALFORMED_QUERY", .rejected, .holdRecord),
        (404, "NOT_FOUND", .rejected, .holdRecord),
        (500, "UNKNOWN_EXCEPTION", .unreachable, .retry(afterMilliseconds: 2_000)),
        (503, "SERVER_UNAVAILABLE", .unreachable, .retry(afterMilliseconds: 2_000)),
        (408, "", .unreachable, .retry(afterMilliseconds: 2_000)),
        (429, "", .unreachable, .retry(afterMilliseconds: 2_000)),
    ])
    func `each failure of Salesforce has its consequence`(
        status: Int,
        code: String,
        expected: SyncError.Code,
        disposition: FailureDisposition
    ) {
        let body = #"[{"errorCode":"\#(code)","message":"canary"}]"#
        let error = SalesforceFailures.error(
            HTTPResponse(status: status, body: Array(body.utf8)),
            .pinned
        )
        #expect(error.code == expected)
        #expect(error.disposition == disposition)
        #expect(error.side == .salesforce)
        #expect(!"\(error)".contains("canary"), "the vendor's text can hold values")
    }

    @Test func `too many requests at once are not the day's number`() {
        let body = #"""
            [{"message":"ConcurrentRequests (Concurrent API Requests) Limit exceeded.",
            "errorCode":"REQUEST_LIMIT_EXCEEDED"}]
            """#
        let error = SalesforceFailures.error(
            HTTPResponse(status: 403, body: Array(body.utf8)),
            .pinned
        )
        #expect(error.code == .unreachable)
        #expect(error.disposition == .retry(afterMilliseconds: 2_000))
    }

    @Test func `a session that no refresh makes good is told apart from one that is over`() {
        let body = #"""
            [{"message":"This session is not valid for use with the REST API",
            "errorCode":"INVALID_SESSION_ID"}]
            """#
        let error = SalesforceFailures.error(
            HTTPResponse(status: 401, body: Array(body.utf8)),
            .pinned
        )
        #expect(error.code == .forbidden)
        #expect(error.disposition == .stop)
    }

    @Test(arguments: [
        (
            "62.0",
            "Salesforce has retired version 62.0 of its API, on a date that Duet does not know."
        ),
        ("40.0", "Salesforce has retired version 40.0 of its API, with the Summer '28 release."),
        ("30.0", "Salesforce has retired version 30.0 of its API, with the Summer '25 release."),
        ("20.0", "Salesforce has retired version 20.0 of its API, with the Summer '22 release."),
    ])
    func `a retired version is named with its date and the setting`(name: String, cause: String) {
        let body = #"[{"errorCode":"GONE","message":"canary"}]"#
        let error = SalesforceFailures.error(
            HTTPResponse(status: 410, body: Array(body.utf8)),
            SalesforceVersion(name)
        )
        #expect(error.cause == cause)
        #expect(error.code == .configuration)
        #expect(error.disposition == .stop)
        #expect(error.nextStep.contains("`apiVersion` under `salesforce`"))
        #expect(!"\(error)".contains("canary"))
    }
}
