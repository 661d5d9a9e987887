import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// Requests that make no sense to feeds, imports, exports, forms and events: all are answered.
struct OddRequestTests {
    private static let paths = [
        "/webhooks/v3", "/webhooks/v3/1160453", "/webhooks/v3/1160453/settings",
        "/webhooks/v3/1160453/subscriptions", "/webhooks/v3/1160453/subscriptions/-1",
        "/webhooks/v3/1160453/subscriptions/batch/update", "/webhooks/v3/99999999999999999999/x",
        "/webhooks-journal", "/webhooks-journal/journal/2026-03/batch/earliest/-1",
        "/webhooks-journal/journal/2026-03/batch//next/9223372036854775808",
        "/webhooks-journal/journal/2026-03/offset//next",
        "/webhooks-journal/journal-local/2026-03/batch/read?installPortalId=x",
        "/webhooks-journal/subscriptions/2026-03", "/webhooks-journal/subscriptions/2026-03/-1",
        "/webhooks-journal/subscriptions/2026-03/filters",
        "/webhooks-journal/snapshots/2026-03/crm", "/hubspot-files",
        "/hubspot-files/exports/1.csv?Expires=99999999999999999999&Signature=",
        "/crm/v3/imports", "/crm/v3/imports/-1/errors", "/crm/v3/imports/99999999999999999999",
        "/crm/v3/exports", "/crm/v3/exports/export/async",
        "/crm/v3/exports/export/async/tasks/-1/status", "/marketing/v3/forms",
        "/marketing/v3/forms?limit=-1&after=-9223372036854775808", "/marketing/v3/forms/a/b/c",
        "/form-integrations/v1/submissions/forms", "/submissions/v3/integration/submit",
        "/submissions/v3/integration/secure/submit/9900001", "/email/public/v1",
        "/email/public/v1/events?offset=-1&limit=0&startTimestamp=x",
        "/email/public/v1/campaigns/-1", "/email/public/v1/subscriptions/timeline?offset=1e9",
        "/events", "/events/v3/events?objectId=-1&objectType=0-1&after=x&limit=-5",
        "/events/v3/send", "/events/v3/send/batch", "/forms/v2/forms/x/y",
    ]

    private static let bodies = [
        "", "{", "[]", "null", "7", #""x""#, #"{"inputs":[null,7,{}]}"#, #"{"inputs":{}}"#,
        #"{"eventType":7,"active":"x"}"#, #"{"targetUrl":"","throttling":7}"#,
        #"{"targetUrl":"https://x","throttling":{"maxConcurrentRequests":9223372036854775807}}"#,
        #"{"subscriptionType":"OBJECT","portalId":-1,"actions":[null],"objectTypeId":7}"#,
        #"{"subscriptionId":-1,"filter":{"conditions":[{}]}}"#,
        #"{"snapshotRequests":[{"portalId":9900001,"objectId":-9223372036854775808}]}"#,
        #"{"fields":[{"name":7,"value":null}],"submittedAt":-9223372036854775808}"#,
        #"{"name":"x","formType":"hubspot","fieldGroups":7,"configuration":[],"displayOptions":"","#
            + #""legalConsentOptions":0}"#,
        #"{"eventName":"pe9900001_x","objectId":{},"properties":[],"occurredAt":"9999-99-99"}"#,
    ]

    /// Found by the fuzzer (seed 8): the text was written as it was, and the page could not be read.
    ///
    /// HubSpot takes numbers from 0 to 1 only.
    @Test(arguments: ["very likely", "1.5", "-0.1", "nan", ""])
    func `a stage's probability is a number, and v1 answers JSON whatever was asked`(text: String) {
        var portal = Portal()
        let stage = #"{"label":"Odd","displayOrder":9,"metadata":{"probability":"\#(text)"}}"#
        let made = portal.send(.post, "/crm/v3/pipelines/deals/default/stages", stage)
        #expect(made.status == 400)
        let old = portal.send(.get, "/deals/v1/pipelines")
        #expect(old.status == 200)
        #expect(old.json?[0]?["stages"]?.count == 7)
    }

    @Test func `a probability that is no JSON number is told as one`() {
        var portal = Portal()
        let stage = #"{"label":"Odd","displayOrder":9,"metadata":{"probability":".5"}}"#
        #expect(
            portal.send(.post, "/crm/v3/pipelines/deals/default/stages", stage).status == 201
        )
        let stages = portal.send(.get, "/deals/v1/pipelines").json?[0]?["stages"]?.elements ?? []
        #expect(stages.last?["label"]?.string == "Odd")
        #expect(stages.last?["probability"]?.numberText == "0.5")
    }

    @Test func `every odd request has an answer`() {
        var portal = Portal()
        portal.mock.settings.apps[0].burstMax = 1_000_000
        portal.mock.settings.journal.journalPerSecond = 1_000_000
        portal.mock.settings.journal.subscriptionsPerSecond = 1_000_000
        portal.mock.settings.journal.snapshotsPerSecond = 1_000_000
        let own = portal.appToken()
        for path in Self.paths {
            for method in [HTTPMethod.get, .post, .put, .patch, .delete] {
                for body in method == .get ? [""] : Self.bodies {
                    let isOwn = path.hasPrefix("/webhooks-journal")
                    let token = isOwn ? own : "pat-na1-integration"
                    let key = path.hasPrefix("/webhooks/") ? "?hapikey=developer-hapikey" : ""
                    let reply = portal.ask(
                        method,
                        path + key,
                        body,
                        headers: [HTTPHeader("Authorization", "Bearer \(token)")]
                    )
                    let status = reply?.status ?? 0
                    #expect((200..<500).contains(status), "\(method) \(path) \(body)")
                    if status >= 400 { #expect(reply?.body.isEmpty == false) }
                    _ = portal.mock.dueDeliveries(at: portal.now)
                }
            }
        }
    }

    @Test(arguments: [
        "--x", "--x--", "--x\r\n", "--x\r\n\r\n--x--",
        "--x\r\nContent-Disposition: form-data\r\n--x--",
        "--x\r\nContent-Disposition: form-data; name=importRequest\r\n\r\n{}\r\n--x--",
        "--x\r\nContent-Disposition: form-data; name=importRequest\r\n\r\n{\r\n--x--\r\n", "",
    ])
    func `a form that is broken is refused`(body: String) {
        var portal = Portal()
        let reply = portal.ask(
            .post,
            "/crm/v3/imports",
            body,
            headers: [
                HTTPHeader("Authorization", "Bearer pat-na1-integration"),
                HTTPHeader("Content-Type", "multipart/form-data; boundary=x"),
            ]
        )
        #expect([400, 415].contains(reply?.status ?? 0))
    }
}
