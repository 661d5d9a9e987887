import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// What an app must have been granted.
struct ScopeTests {
    private static func portal(_ scopes: [String]?) -> Portal {
        var app = MockHubSpotApp.standardStatic
        app.scopes = scopes
        var portal = Portal()
        portal.mock = MockHubSpot(settings: MockHubSpotSettings(apps: [app]))
        return portal
    }

    @Test(arguments: [
        ("GET", "/crm/v3/objects/contacts", ["crm.objects.contacts.read"]),
        ("POST", "/crm/v3/objects/contacts", ["crm.objects.contacts.write"]),
        ("POST", "/crm/v3/objects/deals/search", ["crm.objects.deals.read"]),
        ("POST", "/crm/objects/2026-09/0-2/batch/read", ["crm.objects.companies.read"]),
        ("POST", "/crm/objects/2026-09/0-2/batch/upsert", ["crm.objects.companies.write"]),
        ("GET", "/crm/v3/objects/tickets", ["tickets"]),
        ("GET", "/crm/v3/objects/notes", ["crm.objects.contacts.read"]),
        ("POST", "/crm/v3/objects/tasks", ["crm.objects.contacts.write"]),
        ("GET", "/crm/v3/objects/emails", ["crm.objects.contacts.read"]),
        ("GET", "/crm/v3/objects/products", ["crm.objects.products.read", "e-commerce"]),
        ("GET", "/crm/v3/objects/users", ["crm.objects.users.read"]),
        ("GET", "/crm/v3/owners", ["crm.objects.owners.read"]),
        ("GET", "/crm/v3/lists", ["crm.lists.read"]),
        ("POST", "/crm/v3/lists/search", ["crm.lists.read"]),
        ("POST", "/crm/v3/lists", ["crm.lists.write"]),
        (
            "GET", "/crm/v3/properties/contacts",
            ["crm.schemas.contacts.read", "crm.objects.contacts.read"]
        ),
        ("POST", "/crm/v3/properties/contacts", ["crm.schemas.contacts.write"]),
        ("GET", "/crm/v3/pipelines/deals", ["crm.objects.deals.read"]),
        ("GET", "/crm/v3/schemas", ["crm.schemas.custom.read"]),
        (
            "GET", "/crm/v4/objects/deals/1/associations/companies",
            ["crm.objects.deals.read"]
        ),
        (
            "POST", "/crm/v4/associations/contacts/companies/batch/create",
            ["crm.objects.contacts.write"]
        ),
        ("GET", "/deals/v1/pipelines", ["crm.objects.deals.read"]),
        ("GET", "/settings/v3/users", ["crm.objects.users.read", "settings.users.read"]),
        ("GET", "/settings/currencies/2026-09/codes", ["settings.currencies.read"]),
    ])
    func `a call names the scopes that it lacks`(
        method: String,
        path: String,
        scopes: [String]
    ) throws {
        var portal = Self.portal([])
        let verb = try #require(HTTPMethod(rawValue: method))
        let reply = portal.send(verb, path, verb == .get ? nil : "{}")
        #expect(reply.status == 403)
        let context = reply.json?["errors"]?[0]?["context"]
        #expect(context?["requiredGranularScopes"]?.elements.compactMap(\.string) == scopes)
        // Any one of them does.
        var granted = Self.portal([scopes[0], "sales-email-read"])
        let again = granted.send(verb, path, verb == .get ? nil : "{}")
        let isTwoSided = path.contains("/associations/")
        #expect((again.status == 403) == isTwoSided)
    }

    @Test func `the body is the vendor's`() throws {
        var portal = Self.portal([])
        let raw = portal.raw(.get, "/crm/v3/objects/deals")
        let reply = try #require(raw)
        let json = try JSON(parsing: reply.body)
        let correlation = try #require(json["correlationId"]?.string)
        let text = #"""
            {"status":"error","message":"This app hasn't been granted all required scopes to make \#
            this call. Read more about required scopes here: https://developers.hubspot.com/scopes.",\#
            "correlationId":"\#(correlation)","errors":[{"message":"One or more of the following \#
            scopes are required.","context":{"requiredGranularScopes":["crm.objects.deals.read"]}}],\#
            "links":{"scopes":"https://developers.hubspot.com/scopes"},"category":"MISSING_SCOPES"}
            """#
        #expect(String(decoding: reply.body, as: UTF8.self) == text)
    }

    @Test func `associations need the scopes of both sides, e-mails a second one`() {
        let path = "/crm/v4/objects/deals/1/associations/companies"
        var one = Self.portal(["crm.objects.deals.read"])
        let refused = one.send(.get, path)
        let context = refused.json?["errors"]?[0]?["context"]?["requiredGranularScopes"]
        #expect(context?[0]?.string == "crm.objects.companies.read")
        var both = Self.portal(["crm.objects.deals.read", "crm.objects.companies.read"])
        #expect(both.send(.get, path).status == 404)
        var contacts = Self.portal(["crm.objects.contacts.read"])
        let emails = contacts.send(.get, "/crm/v3/objects/emails").json
        let missing = emails?["errors"]?[0]?["context"]?["requiredGranularScopes"]?[0]?.string
        #expect(missing == "sales-email-read")
    }

    @Test func `an app that declares nothing may do everything`() {
        var portal = Self.portal(nil)
        #expect(portal.send(.get, "/crm/v3/objects/deals").status == 200)
        var strict = Self.portal([])
        #expect(strict.send(.get, "/account-info/v3/details").status == 200)
        strict.mock.settings.checksScopes = false
        #expect(strict.send(.get, "/crm/v3/objects/deals").status == 200)
    }

    @Test func `a user may be kept from an object type and from associations`() {
        var app = MockHubSpotApp.standardOAuth
        app.hiddenObjects = ["deals"]
        app.mayEditAssociations = false
        var portal = Portal()
        portal.mock = MockHubSpot(settings: MockHubSpotSettings(apps: [app]))
        let tokens = portal.form(
            "/oauth/v3/token",
            [
                "grant_type": "refresh_token", "client_id": "hubspot-client",
                "client_secret": "hubspot-secret", "refresh_token": "na1-integration",
            ]
        )
        portal.token = tokens.json?["access_token"]?.string ?? ""
        let hidden = portal.send(.get, "/crm/v3/objects/0-3")
        #expect(hidden.status == 403)
        #expect(
            hidden.json?["message"]?.string
                == "You do not have permissions to view object type DEAL."
        )
        #expect(hidden.json?["category"]?.string == "FORBIDDEN")
        #expect(portal.send(.get, "/crm/v3/objects/contacts").status == 200)
        let body = #"{"inputs":[]}"#
        let path = "associations/2026-09/contacts/companies/batch/create"
        #expect(portal.send(.post, "/crm/\(path)", body).status == 403)
        let older = "/crm/v4/associations/contacts/companies/batch/create"
        #expect(portal.send(.post, older, body).status == 201)
    }
}
