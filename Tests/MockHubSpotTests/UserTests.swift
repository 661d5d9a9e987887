import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// The account's people, their teams and roles (settings API, OpenAPI file of 2026-09).
struct UserTests {
    private var portal = Portal()

    init() {
        self.portal.mock.settings.teams = [
            MockHubSpotTeam(id: 3, name: "West", members: [5]),
            MockHubSpotTeam(id: 4, name: "East", secondaryMembers: [5]),
        ]
        self.portal.mock.settings.roles = [MockHubSpotRole(id: 9, name: "Sales")]
    }

    @Test mutating func `teams and roles are listed, and people and owners name theirs`() {
        let teams = self.portal.send(.get, "/settings/v3/users/teams").json?["results"]
        #expect(teams?.elements.compactMap { $0["name"]?.string } == ["West", "East"])
        #expect(teams?[0]?["userIds"]?[0]?.string == "5")
        #expect(teams?[1]?["secondaryUserIds"]?[0]?.string == "5")
        let roles = self.portal.send(.get, "/settings/users/2026-09/roles").json?["results"]
        #expect(roles?[0]?["id"]?.string == "9")
        #expect(roles?[0]?["requiresBillingWrite"]?.boolean == false)
        let user = self.portal.send(.get, "/settings/v3/users/5").json
        #expect(user?["primaryTeamId"]?.string == "3")
        #expect(user?["secondaryTeamIds"]?[0]?.string == "4")
        let owner = self.portal.send(.get, "/crm/v3/owners/71").json?["teams"]
        #expect(owner?.elements.compactMap { $0["primary"]?.boolean } == [true, false])
        let other = self.portal.send(.get, "/crm/v3/owners/72").json
        #expect(other?["email"] != nil && other?["teams"] == nil)
    }

    @Test mutating func `people are made, changed and removed, and own records while they are`() {
        let made = self.portal.send(
            .post,
            "/settings/v3/users",
            #"{"email":"New@example.invalid","roleId":"9","primaryTeamId":"3"}"#
        )
        #expect(made.status == 201)
        #expect(made.json?["roleIds"]?[0]?.string == "9")
        let id = made.json?["id"]?.string ?? ""
        #expect(
            self.portal.send(.post, "/settings/v3/users", #"{"email":"new@example.invalid"}"#)
                .status == 409
        )
        let unknown = #"{"email":"x@example.invalid","primaryTeamId":"99"}"#
        #expect(self.portal.send(.post, "/settings/v3/users", unknown).status == 400)
        let path = "/settings/v3/users/new%40example.invalid?idProperty=EMAIL"
        let changed = self.portal.send(.put, path, #"{"firstName":"Nia","secondaryTeamIds":["4"]}"#)
        #expect(changed.status == 200)
        #expect(changed.json?["firstName"]?.string == "Nia")
        #expect(changed.json?["primaryTeamId"]?.string == "3")
        #expect(changed.json?["secondaryTeamIds"]?[0]?.string == "4")
        let owners = self.portal.send(.get, "/crm/v3/owners?email=new%40example.invalid").json
        let owner = owners?["results"]?[0]?["id"]?.string ?? ""
        let fields =
            #""dealname":"D","dealstage":"contractsent","hubspot_owner_id":"\#(owner)""#
        let deal = self.portal.make("deals", fields)
        #expect(!deal.isEmpty)
        #expect(self.portal.send(.delete, "/settings/v3/users/\(id)").status == 204)
        #expect(self.portal.send(.get, "/settings/v3/users/\(id)").status == 404)
        #expect(self.portal.send(.get, "/crm/v3/owners/\(owner)?archived=true").status == 200)
    }
}
