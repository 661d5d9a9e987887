import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// What becomes of records in the long run: the recycle bin, many merges, addresses.
struct LifeTests {
    private var portal = Portal()
    private static let day: Int64 = 86_400_000

    private mutating func status(_ id: String, _ query: String = "") -> Int {
        self.portal.send(.get, "/crm/v3/objects/contacts/\(id)\(query)").status
    }

    @Test mutating func `an archived record is purged after ninety days, a merged id leads on`() {
        let gone = self.portal.make("contacts", #""email":"a@example.com","sf_contact_key":"003A""#)
        let pair = ["b", "c"].map { self.portal.make("contacts", #""lastname":"\#($0)""#) }
        let merge = #"{"primaryObjectId":"\#(pair[0])","objectIdToMerge":"\#(pair[1])"}"#
        #expect(self.portal.send(.post, "/crm/v3/objects/contacts/merge", merge).status == 200)
        #expect(self.portal.send(.delete, "/crm/v3/objects/contacts/\(gone)").status == 204)
        self.portal.now += 89 * Self.day
        #expect(self.status(gone, "?archived=true") == 200)
        let archived = "/crm/v3/objects/contacts?archived=true"
        #expect(self.portal.send(.get, archived).json?["results"]?.count == 1)
        self.portal.now += 2 * Self.day
        #expect(self.status(gone, "?archived=true") == 404)
        #expect(self.portal.send(.get, archived).json?["results"]?.count == 0)
        #expect(self.status("003A", "?archived=true&idProperty=sf_contact_key") == 404)
        #expect(self.status(pair[0]) == 200)
        #expect(self.status(pair[1]) == 200)
    }

    @Test(arguments: [false, true])
    func `two records that were merged often enough are merged no more`(keepsID: Bool) {
        var portal = Portal()
        portal.mock.settings.mergeKeepsPrimaryID = keepsID
        portal.mock.settings.mergesMax = 3
        func merge(_ portal: inout Portal, _ one: String) -> (status: Int, json: JSON?) {
            let other = portal.make("contacts", #""lastname":"L""#)
            let body = #"{"primaryObjectId":"\#(one)","objectIdToMerge":"\#(other)"}"#
            return portal.send(.post, "/crm/v3/objects/contacts/merge", body)
        }
        var id = portal.make("contacts", #""lastname":"L""#)
        for _ in 0..<3 {
            let reply = merge(&portal, id)
            #expect(reply.status == 200)
            id = reply.json?["id"]?.string ?? ""
        }
        let refused = merge(&portal, id)
        #expect(refused.status == 414)
        #expect(
            refused.json?["message"]?.string == "Cannot have more than 3 identities on a profile"
        )
        portal.mock.settings.mergesMax = 250
        #expect(merge(&portal, id).status == 200)
    }

    @Test mutating func `reads show a record's address in the app, replies to writes do not`() {
        let made = self.portal.send(
            .post,
            "/crm/v3/objects/companies",
            #"{"properties":{"name":"Acme"}}"#
        )
        let id = made.json?["id"]?.string ?? ""
        #expect(made.json?["url"] == nil)
        self.portal.mock.settings.uiDomain = "app-eu1.hubspot.com"
        let address = "https://app-eu1.hubspot.com/contacts/9900001/record/0-2/\(id)"
        let base = "/crm/v3/objects/companies"
        self.portal.now += 10_000
        let lists = [
            self.portal.send(.get, base),
            self.portal.send(.post, base + "/batch/read", #"{"inputs":[{"id":"\#(id)"}]}"#),
            self.portal.send(.post, base + "/search", "{}"),
        ]
        #expect(
            lists.map { $0.json?["results"]?[0]?["url"]?.string } == [address, address, address]
        )
        #expect(self.portal.send(.get, base + "/\(id)").json?["url"]?.string == address)
        self.portal.mock.settings.showsAddresses = false
        #expect(self.portal.send(.get, base + "/\(id)").json?["url"] == nil)
    }

    @Test mutating func `the other address of a merged contact is its own, and nobody else's`() {
        let ids = ["ada@example.com", "ada@old.example"].map {
            self.portal.make("contacts", #""email":"\#($0)""#)
        }
        let body = #"{"primaryObjectId":"\#(ids[0])","objectIdToMerge":"\#(ids[1])"}"#
        let survivor = self.portal.send(.post, "/crm/v3/objects/contacts/merge", body).json
        let id = survivor?["id"]?.string ?? ""
        let path = "/crm/v3/objects/contacts/\(id)?properties=email,hs_additional_emails"
        let values = self.portal.send(.get, path).json?["properties"]
        #expect(values?["email"]?.string == "ada@example.com")
        #expect(values?["hs_additional_emails"]?.string == "ada@old.example")
        let again = #"{"properties":{"email":"Ada@Old.example"}}"#
        let refused = self.portal.send(.post, "/crm/v3/objects/contacts", again)
        #expect(refused.status == 409)
        #expect(refused.json?["message"]?.string == "Contact already exists. Existing ID: \(id)")
        self.portal.now += 10_000
        func found(_ name: String) -> Int64? {
            let filter = #"{"propertyName":"\#(name)","operator":"EQ","value":"ada@old.example"}"#
            let search = #"{"filterGroups":[{"filters":[\#(filter)]}]}"#
            return self.portal.send(.post, "/crm/v3/objects/contacts/search", search)
                .json?["total"]?.integer
        }
        #expect(found("email") == 0)
        #expect(found("hs_additional_emails") == 1)
    }
}
