import CRMInterface
import HTTPTransport
import HubSpotConnector
import SyncCore
import Testing

struct HubSpotFailuresTests {
    struct Row: Sendable {
        var status: Int
        var body: String
        var code: SyncError.Code
        var disposition: FailureDisposition
        var retryAfter: String?
    }

    private static let rows = [
        Row(status: 401, body: "{}", code: .credentials, disposition: .refreshCredentials),
        Row(status: 403, body: "{}", code: .forbidden, disposition: .stop),
        Row(status: 400, body: "{}", code: .rejected, disposition: .holdRecord),
        Row(
            status: 429,
            body: #"{"policyName":"DAILY"}"#,
            code: .limitReached,
            disposition: .pausePair(milliseconds: 3_600_000)
        ),
        Row(
            status: 429,
            body: #"{"policyName":"SECONDLY"}"#,
            code: .unreachable,
            disposition: .retry(afterMilliseconds: 1_000)
        ),
        Row(
            status: 429,
            body: #"{"policyName":"TEN_SECONDLY_ROLLING"}"#,
            code: .unreachable,
            disposition: .retry(afterMilliseconds: 10_000)
        ),
        Row(
            status: 429,
            body: "{}",
            code: .unreachable,
            disposition: .retry(afterMilliseconds: 3_000),
            retryAfter: "3"
        ),
        Row(
            status: 477,
            body: "{}",
            code: .unreachable,
            disposition: .retry(afterMilliseconds: 60_000),
            retryAfter: "60"
        ),
        Row(
            status: 477,
            body: "{}",
            code: .unreachable,
            disposition: .retry(afterMilliseconds: 86_400_000),
            retryAfter: "9223372036854775807"
        ),
        Row(
            status: 429,
            body: "{}",
            code: .unreachable,
            disposition: .retry(afterMilliseconds: 0),
            retryAfter: "-9223372036854775808"
        ),
        Row(
            status: 502,
            body: "<html>canary</html>",
            code: .unreachable,
            disposition: .retry(afterMilliseconds: 5_000)
        ),
    ]

    @Test(arguments: rows)
    func `each failure of HubSpot has its consequence`(row: Row) {
        let headers = row.retryAfter.map { [HTTPHeader("Retry-After", $0)] } ?? []
        let body = row.body.replacing("{}", with: #"{"message":"canary","category":"canary text"}"#)
        let error = HubSpotFailures.error(
            HTTPResponse(status: row.status, headers: headers, body: Array(body.utf8)),
            .pinned
        )
        #expect(error.code == row.code)
        #expect(error.disposition == row.disposition)
        #expect(error.side == .hubspot)
        #expect(!"\(error)".contains("canary"), "the vendor's text can hold values")
    }

    @Test(arguments: [
        (HubSpotVersion.september2026, "2026-09", "8 March 2028"),
        (.march2026, "2026-03", "30 September 2027"), (.v3, "v3", "September 2027"),
    ])
    func `a retired version is named with its date and the setting`(
        version: HubSpotVersion,
        name: String,
        date: String
    ) {
        let body = #"{"status":"error","message":"canary"}"#
        let error = HubSpotFailures.error(
            HTTPResponse(status: 410, body: Array(body.utf8)),
            version
        )
        #expect(
            error.cause
                == "HubSpot has retired version \(name) of its API, which it supported until \(date)."
        )
        #expect(error.code == .configuration)
        #expect(error.disposition == .stop)
        #expect(error.nextStep.contains("`apiVersion` under `hubspot`"))
        #expect(!error.nextStep.contains("knows \(name)"), "what is retired is no way out")
        #expect(!"\(error)".contains("canary"))
    }

    @Test func `missing scopes are named`() {
        let body = #"""
            {"category":"MISSING_SCOPES","errors":[{"context":
            {"requiredGranularScopes":["crm.objects.contacts.write"]}}]}
            """#
        let error = HubSpotFailures.error(
            HTTPResponse(status: 403, body: Array(body.utf8)),
            .pinned
        )
        #expect(error.cause.contains("crm.objects.contacts.write"))
    }
}
