import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// Lists, their members, and custom object types.
struct ListTests {
    private var portal = Portal()

    private mutating func list(_ name: String, _ type: String, _ filter: String = "") -> String {
        let branch = filter.isEmpty ? "" : #","filterBranch":\#(filter)"#
        let body =
            #"{"name":"\#(name)","objectTypeId":"0-1","processingType":"\#(type)"\#(branch)}"#
        return self.portal.send(.post, "/crm/v3/lists/", body).json?["list"]?["listId"]?.string
            ?? ""
    }

    private mutating func members(_ list: String, _ query: String = "") -> [String] {
        let path = "/crm/lists/2026-09/\(list)/memberships\(query)"
        return self.portal.send(.get, path).json?["results"]?.elements.compactMap {
            $0["recordId"]?.string
        } ?? []
    }

    @Test mutating func `members of a manual list come and go by id`() {
        let people = (0..<3).map { self.portal.make("contacts", #""email":"p\#($0)@example.com""#) }
        let list = self.list("Fair", "MANUAL")
        let path = "/crm/v3/lists/\(list)/memberships/"
        let add = #"["\#(people[2])","\#(people[0])","999"]"#
        let reply = self.portal.send(.put, path + "add", add).json
        #expect(reply?["recordsIdsAdded"]?.count == 2)
        #expect(reply?["recordIdsMissing"]?[0]?.string == "999")
        #expect(self.members(list) == [people[0], people[2]])
        let change = #"{"recordIdsToAdd":["\#(people[1])"],"recordIdsToRemove":["\#(people[0])"]}"#
        #expect(self.portal.send(.put, path + "add-and-remove", change).status == 200)
        #expect(self.members(list) == [people[1], people[2]])
        #expect(self.members(list, "?limit=1&after=1") == [people[2]])
        self.portal.mock.settings.refusesOddPages = false
        #expect(self.members(list, "?limit=-1&after=-5") == [people[1]])
        // Found by the fuzzer: the end of such a page overflowed.
        #expect(self.members(list, "?after=9223372036854775807") == [])
        let of = self.portal.send(.get, "/crm/v3/lists/records/0-1/\(people[1])/memberships").json
        #expect(of?["results"]?[0]?["listId"]?.string == list)
    }

    @Test(arguments: [
        (#"{"operator":"IS_EQUAL_TO","values":["oslo"]}"#, ["a"]),
        (#"{"operator":"IS_NOT_EQUAL_TO","values":["Oslo"]}"#, ["b", "c"]),
        (#"{"operator":"IS_KNOWN"}"#, ["a", "b"]), (#"{"operator":"IS_UNKNOWN"}"#, ["c"]),
        (#"{"operator":"CONTAINS","values":["er"]}"#, ["b"]),
        (#"{"operator":"WHO_KNOWS","values":["1"]}"#, []),
    ])
    mutating func `a dynamic list follows its filter`(operation: String, expected: [String]) {
        let cities = [("a", "Oslo"), ("b", "Bern"), ("c", "")]
        var names: [String: String] = [:]
        for (name, city) in cities {
            let id = self.portal.make("contacts", #""lastname":"\#(name)","city":"\#(city)""#)
            names[id] = name
        }
        let condition = #"{"filterType":"PROPERTY","property":"city","operation":\#(operation)}"#
        let list = self.list(
            "Cities",
            "DYNAMIC",
            #"{"filterBranchType":"AND","filterBranches":[],"filters":[\#(condition)]}"#
        )
        #expect(self.members(list).compactMap { names[$0] } == expected)
        let added = self.portal.send(.put, "/crm/v3/lists/\(list)/memberships/add", "[]")
        #expect(added.status == 400)
    }

    @Test mutating func `a snapshot keeps who fitted, a dynamic list lets them go`() {
        let id = self.portal.make("contacts", #""lastname":"a","city":"Oslo""#)
        let filter = #"""
            {"filterBranchType":"AND","filterBranches":[],"filters":[{"filterType":"PROPERTY",
            "property":"city","operation":{"operator":"IS_KNOWN"}}]}
            """#
        let (kept, live) = (self.list("S", "SNAPSHOT", filter), self.list("D", "DYNAMIC", filter))
        let clear = #"{"properties":{"city":""}}"#
        _ = self.portal.send(.patch, "/crm/v3/objects/contacts/\(id)", clear)
        #expect(self.members(kept) == [id])
        #expect(self.members(live).isEmpty)
        #expect(self.portal.send(.delete, "/crm/v3/lists/\(live)").status == 204)
        #expect(self.portal.send(.get, "/crm/v3/lists/\(live)").status == 404)
        #expect(self.portal.send(.put, "/crm/v3/lists/\(live)/restore").status == 204)
        #expect(self.portal.send(.get, "/crm/v3/lists/\(live)").status == 200)
    }

    @Test mutating func `a custom object type has records, properties and ties`() {
        let schema = #"""
            {"name":"car","labels":{"singular":"Car","plural":"Cars"},"primaryDisplayProperty":"model",
            "requiredProperties":["model"],"associatedObjects":["CONTACT"],
            "properties":[{"name":"model","label":"M","type":"string","fieldType":"text"}]}
            """#
        let made = self.portal.send(.post, "/crm-object-schemas/v3/schemas", schema)
        #expect(made.status == 201)
        #expect(made.json?["fullyQualifiedName"]?.string == "p9900001_car")
        #expect(self.portal.send(.post, "/crm/v3/schemas", schema).status == 409)
        let type = made.json?["objectTypeId"]?.string ?? ""
        let car = self.portal.make(type, #""model":"T""#)
        #expect(self.portal.make("p_car", #""colour":"red""#).isEmpty)
        let person = self.portal.make("contacts", #""lastname":"a""#)
        let tie = "/crm/v4/objects/p9900001_car/\(car)/associations/default/contacts/\(person)"
        #expect(self.portal.send(.put, tie).status == 200)
        let back = self.portal.send(.get, "/crm/v4/objects/contacts/\(person)/associations/\(type)")
        #expect(back.json?["results"]?.count == 1)
        #expect(self.portal.send(.get, "/crm/v3/schemas").json?["results"]?.count == 1)
        #expect(self.portal.send(.get, "/crm/v3/schemas/contacts").status == 200)
    }
}
