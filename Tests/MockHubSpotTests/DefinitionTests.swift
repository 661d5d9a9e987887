import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// What HubSpot asks of definitions: properties, their groups and labels of associations (contract,
/// sections 10 and 13).
struct DefinitionTests {
    private var portal = Portal()
    private let path = "/crm/properties/2026-09/contacts"

    private mutating func make(
        _ name: String,
        group: String = "contactinformation"
    ) -> (status: Int, json: JSON?) {
        let body =
            #"{"name":"\#(name)","label":"L","type":"string","fieldType":"text","#
            + #""groupName":"\#(group)"}"#
        return self.portal.send(.post, self.path, body)
    }

    @Test(arguments: [
        ("tier", 201), ("t4_bad", 201), ("T4 Bad", 400), ("Tier", 400), ("4tier", 400),
        ("_tier", 400), ("tier-1", 400), ("", 400), (String(repeating: "a", count: 100), 201),
        (String(repeating: "a", count: 101), 400),
    ])
    mutating func `a property is called in lower case, digits and underscores`(
        name: String,
        status: Int
    ) {
        #expect(self.make(name).status == status)
    }

    @Test mutating func `a property is of a group that is there`() {
        let refused = self.make("tier", group: "nowhere")
        #expect(refused.status == 400)
        #expect(refused.json?["category"]?.string == "VALIDATION_ERROR")
        #expect(self.make("tier").status == 201)
        let move = self.portal.send(.patch, self.path + "/tier", #"{"groupName":"nowhere"}"#)
        #expect(move.status == 400)
        _ = self.portal.send(.post, self.path + "/groups", #"{"name":"sync","label":"S"}"#)
        let moved = self.portal.send(.patch, self.path + "/tier", #"{"groupName":"sync"}"#)
        #expect(moved.json?["groupName"]?.string == "sync")
    }

    @Test mutating func `a group is made once and renamed only where it is`() {
        let path = self.path + "/groups"
        let body = #"{"name":"sync","label":"Sync"}"#
        #expect(self.portal.send(.post, path, body).status == 201)
        let again = self.portal.send(.post, path, body)
        #expect(again.status == 409)
        #expect(again.json?["category"]?.string == "OBJECT_ALREADY_EXISTS")
        #expect(self.portal.send(.patch, path + "/nowhere", #"{"label":"N"}"#).status == 404)
        #expect(self.portal.send(.get, path + "/nowhere").status == 404)
    }

    @Test mutating func `a property is made once and tells where it is`() throws {
        let body = #"""
            {"name":"tier","label":"L","type":"string","fieldType":"text",
            "groupName":"contactinformation"}
            """#
        let made = self.portal.raw(.post, self.path, body)
        #expect(made?.header("Location") == "http://127.0.0.1" + self.path + "/tier")
        let again = self.make("tier")
        #expect(again.status == 409)
        #expect(again.json?["message"]?.string == "A property named 'tier' already exists.")
        #expect(
            again.json?["subCategory"]?.string == "Properties.PROPERTY_WITH_NAME_EXISTS"
        )
    }

    @Test mutating func `a property that was archived comes back with its values`() {
        let made = self.make("tier").json?["createdAt"]?.string
        let id = self.portal.make("contacts", #""email":"a@x.invalid","tier":"gold""#)
        let tier = self.path + "/tier"
        #expect(self.portal.send(.delete, tier).status == 204)
        #expect(self.portal.send(.delete, tier).status == 404)
        #expect(self.portal.send(.delete, self.path + "/never").status == 404)
        let read = "/crm/v3/objects/contacts/\(id)?properties=tier"
        #expect(self.portal.send(.get, read).json?["properties"]?["tier"] == nil)
        self.portal.now += 60_000
        let back = self.make("tier")
        #expect(back.status == 201)
        #expect(back.json?["createdAt"]?.string == made)
        #expect(self.portal.send(.get, read).json?["properties"]?["tier"]?.string == "gold")
    }

    @Test mutating func `what HubSpot defines is neither archived nor changed`() {
        for name in ["email", "createdate"] {
            let path = self.path + "/" + name
            #expect(self.portal.send(.delete, path).status == 400)
            #expect(self.portal.send(.patch, path, #"{"label":"Mine"}"#).status == 400)
            let property = self.portal.send(.get, path).json
            #expect(property?["label"]?.string != "Mine")
            #expect(property?["modificationMetadata"]?["archivable"]?.boolean == false)
        }
        // Of a list that people choose from, the choices are the administrator's.
        let stage = self.path + "/lifecyclestage"
        let options = #""options":[{"label":"Fan","value":"fan","displayOrder":0,"hidden":false}]"#
        let both = self.portal.send(.patch, stage, #"{"label":"L",\#(options)}"#)
        #expect(both.status == 400)
        let changed = self.portal.send(.patch, stage, "{\(options)}")
        #expect(changed.json?["options"]?[0]?["value"]?.string == "fan")
        #expect(!self.portal.make("contacts", #""lastname":"L","lifecyclestage":"fan""#).isEmpty)
    }

    @Test mutating func `a label of associations has a name and is there once`() {
        let path = "/crm/v4/associations/contacts/companies/labels"
        let nothing = self.portal.send(.post, path, "{}")
        #expect(nothing.status == 400)
        #expect(
            nothing.json?["message"]?.string
                == "Invalid input JSON on line 1, column 2. "
                + "Some required fields were not set: [label, name]"
        )
        let body = #"{"label":"Decision maker","name":"decision_maker"}"#
        let made = self.portal.send(.post, path, body)
        #expect(made.json?["results"]?.count == 1)
        let again = self.portal.send(.post, path, body.replacing("Decision", with: "decision"))
        #expect(again.status == 409)
        let other = "/crm/v4/associations/contacts/deals/labels"
        #expect(self.portal.send(.post, other, body).status == 200, "each pair has its own")
        let paired = #"{"label":"Boss","name":"boss","inverseLabel":"Employer"}"#
        let pair = self.portal.send(.post, path, paired)
        #expect(
            pair.json?["results"]?.elements.compactMap { $0["label"]?.string } == [
                "Boss", "Employer",
            ]
        )
    }
}
