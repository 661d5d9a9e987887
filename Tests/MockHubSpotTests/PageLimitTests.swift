import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// What searches and lists take as filters, limits and cursors.
struct PageLimitTests {
    private var portal = Portal()

    init() {
        for name in ["a", "b", "c"] {
            _ = self.portal.make("contacts", #""email":"\#(name)@x.invalid""#)
        }
        self.portal.now += 10_000
    }

    private mutating func search(_ body: String) -> (status: Int, json: JSON?) {
        self.portal.now += 1_000
        return self.portal.send(.post, "/crm/v3/objects/contacts/search", body)
    }

    @Test mutating func `filters without a group are one group`() {
        let one = #"{"propertyName":"email","operator":"EQ","value":"a@x.invalid"}"#
        let none = #"{"propertyName":"associations.company","operator":"EQ","value":"123"}"#
        #expect(self.search(#"{"filters":[\#(one)]}"#).json?["total"]?.integer == 1)
        #expect(self.search(#"{"filters":[\#(none)]}"#).json?["total"]?.integer == 0)
        #expect(self.search(#"{"filters":[\#(one),\#(none)]}"#).json?["total"]?.integer == 0)
        #expect(self.search(#"{"filters":[]}"#).json?["total"]?.integer == 3)
        #expect(self.search(#"{"filters":[{"propertyName":"email"}]}"#).status == 400)
        #expect(self.search(#"{"filters":{}}"#).status == 400)
    }

    @Test mutating func `a search refuses a cursor that is no number`() {
        let reply = self.search(#"{"limit":1,"after":"abc"}"#)
        #expect(reply.status == 400)
        let text = reply.json?["message"]?.string ?? ""
        #expect(text.hasPrefix("Invalid input JSON on line 1, column "))
        #expect(text.contains(#"Cannot deserialize value of type `int` from String "abc""#))
        #expect(self.search(#"{"limit":"x"}"#).status == 400)
        #expect(self.search(#"{"limit":[]}"#).status == 400)
        let next = self.search(#"{"limit":"1","after":"1"}"#)
        #expect(next.json?["results"]?.count == 1)
        #expect(next.json?["paging"]?["next"]?["after"]?.string == "2")
    }

    @Test mutating func `a search for no rows has no next page`() {
        let reply = self.search(#"{"limit":0}"#)
        #expect(reply.status == 200)
        #expect(reply.json?["total"]?.integer == 3)
        #expect(reply.json?["results"]?.count == 0)
        #expect(reply.json?["paging"] == nil)
    }

    @Test(arguments: [
        ("limit=100", 200, 200), ("limit=101", 400, 400), ("limit=0", 400, 200),
        ("limit=-1", 400, 200), ("limit=abc", 400, 200), ("after=foo", 400, 200),
        ("limit=50&propertiesWithHistory=email", 200, 200),
        ("limit=51&propertiesWithHistory=email", 400, 400), ("after=0", 200, 200),
    ])
    mutating func `a list refuses pages that it cannot show`(
        query: String,
        strict: Int,
        mild: Int
    ) {
        let path = "/crm/v3/objects/contacts?" + query
        #expect(self.portal.send(.get, path).status == strict)
        var settings = MockHubSpotSettings()
        settings.refusesOddPages = false
        self.portal.mock = MockHubSpot(settings: settings)
        #expect(self.portal.send(.get, path).status == mild)
    }

    /// Contract, sections 13 to 15: pages of owners, ties and members are bounded as well.
    @Test mutating func `every list refuses pages beyond its bound`() {
        let list = self.portal.send(
            .post,
            "/crm/v3/lists",
            #"{"name":"L","objectTypeId":"0-1","processingType":"MANUAL"}"#
        ).json?["list"]?["listId"]?.string
        let contact = self.portal.make("contacts", #""lastname":"L""#)
        for (path, most) in [
            ("/crm/v3/owners", 500), ("/crm/v3/lists/\(list ?? "")/memberships", 250),
            ("/crm/v3/lists/\(list ?? "")/memberships/join-order", 250),
            ("/crm/v4/objects/contacts/\(contact)/associations/companies", 500),
        ] {
            #expect(self.portal.send(.get, path + "?limit=\(most)").status == 200)
            for query in ["limit=\(most + 1)", "limit=0", "limit=abc", "after=zzz"] {
                #expect(self.portal.send(.get, path + "?" + query).status == 400)
            }
        }
    }

    /// Contract, section 8: what a search cannot make sense of.
    @Test(arguments: [
        (#""limit":200"#, 200), (#""limit":201"#, 400), (#""limit":-1"#, 400),
        (#""sorts":["email"]"#, 200), (#""sorts":["-nosuch"]"#, 400),
        (#""sorts":[{"propertyName":"nosuch"}]"#, 400),
        (#""sorts":[{"propertyName":"email","direction":"DESCENDING"}]"#, 200),
        (#""sorts":[{"propertyName":"email","direction":"UP"}]"#, 400),
        (#""sorts":[{"propertyName":"email","direction":1}]"#, 400),
        (#""filters":[{"propertyName":"email","operator":"EQ"}]"#, 400),
        (#""filters":[{"propertyName":"email","operator":"IN","value":"a"}]"#, 400),
        (#""filters":[{"propertyName":"email","operator":"IN","values":["a"]}]"#, 200),
        (#""filters":[{"propertyName":"email","operator":"HAS_PROPERTY"}]"#, 200),
        (#""filters":[{"propertyName":"createdate","operator":"GTE","value":"garbage"}]"#, 400),
        (#""filters":[{"propertyName":"createdate","operator":"GTE","value":"2026-01-01"}]"#, 200),
        (#""filters":[{"propertyName":"createdate","operator":"BETWEEN","value":"1"}]"#, 400),
        (#""filters":[{"propertyName":"closedate","operator":"IN","values":["1","x"]}]"#, 400),
    ])
    mutating func `a search refuses what says nothing`(part: String, status: Int) {
        let reply = self.search("{\(part)}")
        #expect(reply.status == status)
        if part.contains("201") {
            #expect(reply.json?["message"]?.string == "limit must be between 0 and 200")
        }
    }
}
