import HTTPTransport
import MockSalesforce
import Testing
import WireJSON

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

    @Test func `two integration users are billed apart and share the daily limit`() {
        let second = MockSalesforceCredential(
            clientID: "3MVG9other",
            clientSecret: "other",
            refreshToken: "5Aep861other",
            userID: "0055g0000000009AAA",
            name: "Other App"
        )
        var rehearsal = Rehearsal(MockSalesforceSettings(credentials: [.standard, second]))
        _ = rehearsal.send(.post, "/sobjects/Contact", #"{"LastName":"A"}"#)
        let grant = rehearsal.post(form: [
            "grant_type=client_credentials", "client_id=3MVG9other", "client_secret=other",
        ])
        rehearsal.token = grant.json["access_token"]?.string ?? ""
        let reply = rehearsal.send(.post, "/sobjects/Contact", #"{"LastName":"B"}"#)
        #expect(reply.header("Sforce-Limit-Info") == "api-usage=2/100000")
        #expect(rehearsal.mock.bills().map(\.credential) == ["Integration User", "Other App"])
        #expect(
            rehearsal.mock.export(object: "Contact").map { $0["CreatedById"].wireText }
                == [MockSalesforceCredential.standard.userID, "0055g0000000009AAA"]
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
