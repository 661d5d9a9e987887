import HTTPTransport
import MockSalesforce
import Testing
import WireJSON

/// What people set from outside, over HTTP (docs/serve.md).
@Suite(.timeLimit(.minutes(10)))
struct SettingsServerTests {
    @Test func `a field is taken away and given back: describe and SOQL follow`() async throws {
        try await ServedWorld.run(
            #"{"salesforce":{"settings":{"permissions":{"profiles":[{"name":"Integration"}]}}}}"#
        ) { served in
            let token = try await served.signIn()
            #expect(try await served.fields(of: "Contact", token: token).contains("Title"))
            try await served.patch(
                #"{"salesforce":{"settings":{"permissions":{"profiles":[{"name":"Integration","#
                    + #""hiddenFields":["Contact.Title"]}]}}}}"#
            )
            let left = try await served.fields(of: "Contact", token: token)
            #expect(!left.contains("Title") && left.contains("LastName"))
            let refused = try await served.rest(
                .get,
                "/query?q=SELECT+Title+FROM+Contact",
                token: token
            )
            #expect(refused.status == 400)
            #expect(refused.body?[0]?["errorCode"]?.string == "INVALID_FIELD")
            try await served.patch(
                #"{"salesforce":{"settings":{"permissions":{"profiles":[{"name":"Integration"}]}}}}"#
            )
            let query = "/query?q=SELECT+Title+FROM+Contact"
            #expect(try await served.rest(.get, query, token: token).status == 200)
        }
    }

    @Test func `profiles are switched on while the org runs, and the API taken away`() async throws
    {
        try await ServedWorld.run { served in
            let token = try await served.signIn()
            let limits = "/limits"
            #expect(try await served.rest(.get, limits, token: token).status == 200)
            try await served.patch(
                #"{"salesforce":{"settings":{"permissions":{"profiles":[{"name":"Integration","#
                    + #""permissions":["ViewSetup"],"objects":{"Lead":{"isReadable":false}}}]}}}}"#
            )
            let refused = try await served.rest(.get, limits, token: token)
            #expect(refused.status == 403)
            #expect(refused.body?[0]?["errorCode"]?.string == "API_DISABLED_FOR_ORG")
            try await served.patch(
                #"{"salesforce":{"settings":{"permissions":{"profiles":[{"name":"Integration","#
                    + #""permissions":["ApiEnabled","ViewSetup"],"#
                    + #""objects":{"Lead":{"isReadable":false}}}]}}}}"#
            )
            #expect(try await served.rest(.get, limits, token: token).status == 200)
            let leads = try await served.rest(.get, "/query?q=SELECT+Id+FROM+Lead", token: token)
            #expect(leads.body?[0]?["errorCode"]?.string == "INVALID_TYPE")
        }
    }

    @Test func `two faults of each CRM, then all is well`() async throws {
        try await ServedWorld.run { served in
            let token = try await served.signIn()
            try await served.patch(
                #"{"salesforce":{"faults":{"coming":["unavailable","unavailable"]}},"#
                    + #""hubspot":{"faults":{"coming":["throttled",{"status":502}]}}}"#
            )
            var statuses: [Int] = []
            for _ in 0..<3 {
                statuses.append(try await served.rest(.get, "/limits", token: token).status)
            }
            #expect(statuses == [503, 503, 200])
            statuses = []
            for _ in 0..<3 {
                statuses.append(try await served.portal(.get, "/crm/v3/owners").status)
            }
            #expect(statuses == [429, 502, 200])
            let rules =
                #"{"hubspot":{"faults":{"rules":[{"fault":"unavailable","everyNth":2}]}}}"#
            try await served.patch(rules)
            statuses = []
            for _ in 0..<4 {
                statuses.append(try await served.portal(.get, "/crm/v3/owners").status)
            }
            #expect(statuses == [200, 503, 200, 503])
        }
    }

    @Test func `a version is retired and served again`() async throws {
        try await ServedWorld.run(
            #"{"salesforce":{"faults":{"retiredVersions":["62.0"]}},"#
                + #""hubspot":{"faults":{"retiredVersions":["2026-09"],"retiredStatus":404}}}"#
        ) { served in
            let token = try await served.signIn()
            let contacts = "/crm/objects/2026-09/contacts"
            let gone = try await served.rest(.get, "/limits", token: token)
            #expect(gone.status == 410)
            #expect(gone.body?[0]?["errorCode"]?.string == "GONE")
            #expect(try await served.portal(.get, contacts).status == 404)
            #expect(try await served.portal(.get, "/crm/v3/objects/contacts").status == 200)
            try await served.patch(
                #"{"salesforce":{"faults":{"retiredVersions":[]}},"#
                    + #""hubspot":{"faults":{"retiredVersions":[]}}}"#
            )
            #expect(try await served.rest(.get, "/limits", token: token).status == 200)
            #expect(try await served.portal(.get, contacts).status == 200)
        }
    }

    @Test func `refresh tokens rotate, and a replay ends them all`() async throws {
        try await ServedWorld.run { served in
            let first = MockSalesforceCredential.standard.refreshToken
            let grant = "grant_type=refresh_token&refresh_token="
            #expect(try await served.token(grant + first)["refresh_token"] == nil)
            try await served.patch(#"{"salesforce":{"settings":{"rotatesRefreshTokens":true}}}"#)
            let reply = try await served.token(grant + first)
            let second = try #require(reply["refresh_token"]?.string)
            let session = try #require(reply["access_token"]?.string)
            #expect(second != first)
            #expect(try await served.rest(.get, "/limits", token: session).status == 200)
            #expect(try await served.token(grant + first)["error"]?.string == "invalid_grant")
            #expect(try await served.token(grant + second)["error"]?.string == "invalid_grant")
            #expect(try await served.rest(.get, "/limits", token: session).status == 401)
        }
    }

    @Test func `sessions and tokens end by the servers' clock`() async throws {
        try await ServedWorld.run(
            #"{"salesforce":{"settings":{"sessionLifetime":60000}},"#
                + #""hubspot":{"settings":{"tokenLifetime":60000}}}"#
        ) { served in
            let session = try await served.signIn()
            let form =
                "grant_type=refresh_token&client_id=hubspot-client&client_secret=hubspot-secret"
                + "&refresh_token=na1-integration"
            let reply = try await served.send(
                .hubspot,
                .post,
                "/oauth/v3/token",
                form,
                type: "application/x-www-form-urlencoded"
            )
            let json = try JSON(parsing: reply.body)
            #expect(json["expires_in"]?.integer == 60)
            let token = try #require(json["access_token"]?.string)
            let owners = "/crm/v3/owners"
            #expect(try await served.rest(.get, "/limits", token: session).status == 200)
            #expect(try await served.send(.hubspot, .get, owners, token: token).status == 200)
            _ = try await served.send(
                .hubspot,
                .post,
                "/_control/clock",
                #"{"advanceSeconds":61}"#
            )
            #expect(try await served.rest(.get, "/limits", token: session).status == 401)
            #expect(try await served.send(.hubspot, .get, owners, token: token).status == 401)
        }
    }

    @Test func `the day's calls and the edition`() async throws {
        try await ServedWorld.run { served in
            let token = try await served.signIn()
            try await served.patch(
                #"{"salesforce":{"settings":{"dailyCallsMax":1,"#
                    + #""organizationType":"Professional Edition"}},"#
                    + #""hubspot":{"settings":{"dailyMax":1}}}"#
            )
            let query = "/query?q=SELECT+OrganizationType+FROM+Organization"
            let org = try await served.rest(.get, query, token: token)
            let edition = org.body?["records"]?[0]?["OrganizationType"]?.string
            #expect(edition == "Professional Edition")
            let refused = try await served.rest(.get, query, token: token)
            #expect(refused.status == 403)
            #expect(refused.body?[0]?["errorCode"]?.string == "REQUEST_LIMIT_EXCEEDED")
            #expect(try await served.portal(.get, "/crm/v3/owners").status == 200)
            let throttled = try await served.portal(.get, "/crm/v3/owners")
            #expect(throttled.status == 429)
            #expect(throttled.body?["policyName"]?.string == "DAILY")
        }
    }
}
