import HTTPTransport
import Testing
import WireJSON

/// What administrators set up: groups of properties, owners, and lists' members by time.
struct SettingTests {
    private var portal = Portal()

    @Test mutating func `property groups are made, renamed and taken away`() {
        let path = "/crm/v3/properties/companies/groups"
        func names() -> [String] {
            self.portal.send(.get, path).json?["results"]?.elements.compactMap {
                $0["name"]?.string
            } ?? []
        }
        let own = names()
        #expect(own.contains("companyinformation"))
        let made = self.portal.send(.post, path, #"{"name":"sync","label":"Sync"}"#)
        #expect(made.status == 201)
        #expect(self.portal.send(.post, path, #"{"name":"sync"}"#).status == 400)
        #expect(names().sorted() == (own + ["sync"]).sorted())
        let renamed = self.portal.send(.patch, path + "/sync", #"{"label":"Synchronized"}"#)
        #expect(renamed.json?["label"]?.string == "Synchronized")
        #expect(
            self.portal.send(.get, path + "/sync").json?["label"]?.string == "Synchronized"
        )
        let property = #"""
            {"name":"mark","label":"Mark","type":"string","fieldType":"text","groupName":"sync"}
            """#
        #expect(
            self.portal.send(.post, "/crm/v3/properties/companies", property).status == 201
        )
        let used = self.portal.send(.delete, path + "/sync")
        #expect(used.status == 400)
        #expect(
            used.json?["subCategory"]?.string == "PropertyGroupError.GROUP_WITH_ACTIVE_PROPERTIES"
        )
        _ = self.portal.send(.delete, "/crm/v3/properties/companies/mark")
        #expect(self.portal.send(.delete, path + "/sync").status == 204)
        #expect(self.portal.send(.get, path + "/sync").status == 404)
        #expect(names() == own)
        // Each object type has its own.
        #expect(
            self.portal.send(.get, "/crm/v3/properties/deals/groups/companyinformation").status
                == 404
        )
    }

    @Test mutating func `an owner is found by e-mail, however it is written`() {
        func found(_ query: String) -> [String] {
            self.portal.send(.get, "/crm/v3/owners?" + query).json?["results"]?.elements
                .compactMap { $0["id"]?.string } ?? []
        }
        #expect(found("email=sam.seller@example.invalid") == ["72"])
        #expect(found("email=Sam.Seller%40EXAMPLE.invalid") == ["72"])
        #expect(found("email=nobody@example.invalid") == [])
        #expect(found("email=lee.left@example.invalid") == [])
        #expect(found("email=lee.left@example.invalid&archived=true") == ["73"])
        #expect(found("") == ["71", "72"])
    }

    @Test mutating func `members of a list are told in the order in which they joined`() {
        let people = (0..<4).map { self.portal.make("contacts", #""lastname":"\#($0)""#) }
        let body = #"{"name":"Fair","objectTypeId":"0-1","processingType":"MANUAL"}"#
        let list = self.portal.send(.post, "/crm/v3/lists", body).json?["list"]?["listId"]?.string
        let path = "/crm/v3/lists/\(list ?? "")/memberships"
        for place in [2, 0, 3, 1] {
            self.portal.now += 1_000
            let add = #"["\#(people[place])"]"#
            #expect(self.portal.send(.put, path + "/add", add).status == 200)
        }
        func members(_ rest: String) -> (ids: [String], json: JSON?) {
            let json = self.portal.send(.get, path + rest).json
            return (json?["results"]?.elements.compactMap { $0["recordId"]?.string } ?? [], json)
        }
        #expect(members("").ids == people)
        let joined = members("/join-order").ids
        #expect(joined == [people[2], people[0], people[3], people[1]])
        let first = members("/join-order?limit=3")
        #expect(first.ids == Array(joined.prefix(3)))
        let times = first.json?["results"]?.elements.compactMap {
            $0["membershipTimestamp"]?.string
        }
        #expect(times == times?.sorted() && Set(times ?? []).count == 3)
        let after = first.json?["paging"]?["next"]?["after"]?.string ?? ""
        #expect(members("/join-order?limit=3&after=\(after)").ids == [people[1]])
        #expect(members("/join-order?before=2").ids == [people[0], people[2]])
    }
}
