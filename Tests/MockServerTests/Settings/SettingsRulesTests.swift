import HTTPTransport
import MockSalesforce
import Testing
import WireJSON

/// Administrators' rules, currencies and faults of writes, set from outside and met over HTTP.
@Suite(.timeLimit(.minutes(10)))
struct SettingsRulesTests {
    private static func make(
        _ served: ServedWorld,
        _ body: String,
        _ token: String,
        object: String = "Contact"
    ) async throws -> String? {
        let made = try await served.rest(.post, "/sobjects/\(object)", body, token: token)
        return made.status == 201 ? nil : made.body?[0]?["errorCode"]?.string ?? "\(made.status)"
    }

    @Test func `validation rules, flows and duplicate rules come and go`() async throws {
        try await ServedWorld.run { served in
            let token = try await served.signIn()
            let boss = #"{"LastName":"Roux","Email":"roux@example.com","Title":"boss"}"#
            #expect(try await Self.make(served, boss, token) == nil)
            try await served.patch(
                """
                {"salesforce":{
                  "validationRules":[{"object":"Contact","field":"LastName",
                    "condition":{"longer":{"than":5}},"message":"Too long."}],
                  "flowRules":[{"object":"Contact","field":"Title","action":"upperCase"}],
                  "duplicateRules":[{"object":"Contact","name":"Same_Address","onCreate":"block",
                    "matchingRules":[{"object":"Contact","name":"Address",
                      "alternatives":[[{"name":"Email","method":"exact"}]]}]}]}}
                """
            )
            let long = #"{"LastName":"Lovelace"}"#
            let invalid = "FIELD_CUSTOM_VALIDATION_EXCEPTION"
            #expect(try await Self.make(served, long, token) == invalid)
            #expect(try await Self.make(served, boss, token) == "DUPLICATES_DETECTED")
            let other = #"{"LastName":"Bell","Title":"clerk"}"#
            #expect(try await Self.make(served, other, token) == nil)
            let query = "/query?q=SELECT+Title+FROM+Contact+WHERE+LastName='Bell'"
            let found = try await served.rest(.get, query, token: token)
            #expect(found.body?["records"]?[0]?["Title"]?.string == "CLERK")
            try await served.patch(
                #"{"salesforce":{"validationRules":[],"flowRules":[],"duplicateRules":[]}}"#
            )
            #expect(try await Self.make(served, long, token) == nil)
            #expect(try await Self.make(served, boss, token) == nil)
        }
    }

    @Test func `currencies, person accounts and fields of the org from the start`() async throws {
        try await ServedWorld.run(
            """
            {"salesforce":{"settings":{"hasPersonAccounts":true,
              "currencies":{"corporate":"USD","user":"USD","currencies":[
                {"isoCode":"USD"},{"isoCode":"EUR","conversionRate":0.5}]},
              "customFields":[{"object":"Account","name":"Tier__c","label":"Tier"}],
              "streaming":{"selectedObjects":["Lead"]}}}}
            """
        ) { served in
            let token = try await served.signIn()
            let fields = try await served.fields(of: "Account", token: token)
            #expect(Set(["CurrencyIsoCode", "PersonEmail", "Tier__c"]).isSubset(of: fields))
            let code = #"{"Name":"Acme","CurrencyIsoCode":"EUR"}"#
            #expect(try await Self.make(served, code, token, object: "Account") == nil)
            try await served.patch(
                """
                {"salesforce":{"settings":{"currencies":{"currencies":[
                  {"isoCode":"USD"},{"isoCode":"EUR","conversionRate":0.5,"isActive":false}]}}}}
                """
            )
            #expect(try await Self.make(served, code, token, object: "Account") != nil)
        }
    }

    @Test func `a held record and a locked request`() async throws {
        try await ServedWorld.run { served in
            let token = try await served.signIn()
            let made = try await served.rest(
                .post,
                "/sobjects/Lead",
                #"{"LastName":"Roux","Company":"Acme"}"#,
                token: token
            )
            let id = try #require(made.body?["id"]?.string)
            try await served.patch(#"{"salesforce":{"faults":{"lockedRecordIDs":["\#(id)"]}}}"#)
            let path = "/sobjects/Lead/" + id
            let held = try await served.rest(.patch, path, #"{"Title":"A"}"#, token: token)
            #expect(held.body?[0]?["errorCode"]?.string == "UNABLE_TO_LOCK_ROW")
            try await served.patch(
                #"{"salesforce":{"faults":{"lockedRecordIDs":[],"coming":["lockedRows"]}}}"#
            )
            let locked = try await served.rest(.patch, path, #"{"Title":"A"}"#, token: token)
            #expect(locked.body?[0]?["errorCode"]?.string == "UNABLE_TO_LOCK_ROW")
            #expect(
                try await served.rest(.patch, path, #"{"Title":"A"}"#, token: token).status == 204
            )
        }
    }

    @Test func `a reply is lost after the commit, a request before it`() async throws {
        try await ServedWorld.run { served in
            let token = try await served.signIn()
            try await served.patch(
                #"{"salesforce":{"faults":{"coming":["dropBeforeCommit","dropAfterCommit"]}},"#
                    + #""hubspot":{"faults":{"coming":["dropBeforeCommit","dropAfterCommit"]}}}"#
            )
            for name in ["Before", "After"] {
                await #expect(throws: TransportError.self) {
                    let body = #"{"LastName":"\#(name)","Company":"Acme"}"#
                    _ = try await served.rest(.post, "/sobjects/Lead", body, token: token)
                }
                await #expect(throws: TransportError.self) {
                    let body = #"{"properties":{"lastname":"\#(name)"}}"#
                    _ = try await served.portal(.post, "/crm/v3/objects/contacts", body)
                }
            }
            for object in ["Lead", "contacts"] {
                let path = "/_control/export/" + object
                let lines = try await served.send(.hubspot, .get, path)
                let text = String(decoding: lines.body, as: UTF8.self)
                #expect(text.contains("After") && !text.contains("Before"), "\(object)")
            }
        }
    }

    @Test func `replies take their time`() async throws {
        try await ServedWorld.run { served in
            let clock = ContinuousClock()
            func time() async throws -> Duration {
                try await clock.measure { _ = try await served.portal(.get, "/crm/v3/owners") }
            }
            _ = try await time()
            try await served.patch(#"{"hubspot":{"faults":{"latencyMilliseconds":400}}}"#)
            #expect(try await time() >= .milliseconds(400))
            try await served.patch(#"{"hubspot":{"faults":{"latencyMilliseconds":0}}}"#)
            #expect(try await served.portal(.get, "/crm/v3/owners").status == 200)
        }
    }
}
