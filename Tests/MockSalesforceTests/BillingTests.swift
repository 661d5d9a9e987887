import HTTPTransport
import MockSalesforce
import Testing

@Suite struct BillingTests {
    @Test func `every request is billed by its cost, errors too, versions and tokens not`() {
        var rehearsal = Rehearsal()
        _ = rehearsal.query("SELECT Id FROM Contact")
        _ = rehearsal.query("SELECT Nope FROM Contact")
        _ = rehearsal.send(.get, "/sobjects/Lead/describe")
        _ = rehearsal.send(.post, "/sobjects/Lead", "{}")
        _ = rehearsal.send(.post, "/composite/batch", #"{"batchRequests":[{},{},{}]}"#)
        rehearsal.signIn()
        let name = "Integration User"
        #expect(
            rehearsal.mock.bills() == [
                .init(credential: name, kind: .query, requests: 2, cost: 2),
                .init(credential: name, kind: .describe, requests: 1, cost: 1),
                .init(credential: name, kind: .recordCreate, requests: 1, cost: 1),
                .init(credential: name, kind: .compositeBatch, requests: 1, cost: 3),
            ]
        )
    }

    @Test func `past the daily limit requests are 403 until 24 hours have gone by`() {
        var settings = MockSalesforceSettings()
        settings.dailyCallsMax = 2
        var rehearsal = Rehearsal(settings)
        #expect(rehearsal.send(.get, "/limits").status == 200)
        #expect(rehearsal.send(.get, "/limits").header("Sforce-Limit-Info") == "api-usage=2/2")
        let refused = rehearsal.send(.get, "/limits")
        #expect(refused.status == 403)
        #expect(refused.errorCode == "REQUEST_LIMIT_EXCEEDED")
        rehearsal.now += 86_400_000
        #expect(rehearsal.send(.get, "/limits").status == 200)
        #expect(rehearsal.mock.callsUsed(at: rehearsal.now) == 1)
    }
}
