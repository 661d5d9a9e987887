import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// Addresses of next pages, and the scheme that names a token.
struct NextLinkTests {
    private var portal = Portal()

    private mutating func link(_ path: String) -> String? {
        self.portal.send(.get, path).json?["paging"]?["next"]?["link"]?.string
    }

    @Test mutating func `owners, users, members and ties link to their next pages`() {
        let people = ["a", "b"].map {
            self.portal.make("contacts", #""email":"\#($0)@x.invalid""#)
        }
        let company = self.portal.make("companies", #""name":"Acme""#)
        for person in people {
            let tie = "/crm/v4/objects/contacts/\(person)/associations/default/companies/\(company)"
            #expect(self.portal.send(.put, tie).status == 200)
        }
        let list = self.portal.send(
            .post,
            "/crm/v3/lists",
            #"{"name":"L","objectTypeId":"0-1","processingType":"MANUAL"}"#
        ).json?["list"]?["listId"]?.string
        let members = "/crm/v3/lists/\(list ?? "")/memberships"
        let ids = people.map { "\"\($0)\"" }.joined(separator: ",")
        #expect(self.portal.send(.put, members + "/add", "[\(ids)]").status == 200)
        for path in [
            "/crm/v3/owners", "/settings/v3/users", members, members + "/join-order",
            "/crm/v3/objects/companies/\(company)/associations/contacts",
            "/crm/v4/objects/companies/\(company)/associations/contacts",
        ] {
            let link = self.link(path + "?limit=1")
            #expect(link?.hasPrefix("http://127.0.0.1\(path)?limit=1&after=") == true)
            let next = self.portal.send(.get, String((link ?? "").dropFirst(16))).json
            #expect(next?["results"]?.count == 1)
        }
    }

    @Test func `links speak TLS where a proxy in front did, and a scheme's letters have no case`() {
        var portal = Portal()
        for scheme in ["Bearer", "bearer", "BEARER"] {
            let request = HTTPRequest(
                method: .get,
                url: "http://api.example/crm/v3/owners?limit=1",
                headers: [
                    HTTPHeader("Authorization", "\(scheme) \(portal.token)"),
                    HTTPHeader("X-Forwarded-Proto", "https"),
                ],
                body: []
            )
            let reply = portal.mock.handle(request, at: portal.now).response
            #expect(reply?.status == 200)
            let json = reply.flatMap { try? JSON(parsing: $0.body) }
            let link = json?["paging"]?["next"]?["link"]?.string
            #expect(link?.hasPrefix("https://api.example/crm/v3/owners?limit=1&after=") == true)
        }
    }
}
