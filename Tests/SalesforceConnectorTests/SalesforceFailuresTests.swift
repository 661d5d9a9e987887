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
    ])
    func `each failure of Salesforce has its consequence`(
        status: Int,
        code: String,
        expected: SyncError.Code,
        disposition: FailureDisposition
    ) {
        let body = #"[{"errorCode":"\#(code)","message":"canary"}]"#
        let error = SalesforceFailures.error(
            HTTPResponse(status: status, body: Array(body.utf8))
        )
        #expect(error.code == expected)
        #expect(error.disposition == disposition)
        #expect(error.side == .salesforce)
        #expect(!"\(error)".contains("canary"), "the vendor's text can hold values")
    }
}
