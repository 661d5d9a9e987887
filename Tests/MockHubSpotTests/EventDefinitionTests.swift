import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// Custom events as they are defined.
struct EventDefinitionTests {
    private var portal = Portal()
    private let base = "/events/v3/event-definitions"
    private let ordered = #"""
        {"label":"Ordered","name":"ordered","description":"Somebody ordered.","primaryObject":"CONTACT",
        "propertyDefinitions":[{"name":"sum","label":"Sum","type":"number"},
        {"name":"way","label":"Way","type":"enumeration","options":[{"label":"Web","value":"web"}]}]}
        """#

    @Test mutating func `a definition is made, shown, found, changed and deleted`() {
        let made = self.portal.send(.post, self.base, self.ordered)
        #expect(made.status == 201)
        #expect(made.json?["fullyQualifiedName"]?.string == "pe9900001_ordered")
        #expect(made.json?["labels"]?["singular"]?.string == "Ordered")
        #expect(made.json?["objectTypeId"]?.string?.hasPrefix("6-") == true)
        #expect(made.json?["primaryObjectId"]?.string == "0-1")
        #expect(made.json?["associations"]?[0]?["fromObjectTypeId"]?.string == "0-1")
        #expect(made.json?["properties"]?[1]?["options"]?[0]?["value"]?.string == "web")
        for name in ["ordered", "pe9900001_ordered"] {
            for prefix in ["/events/v3", "/events/2026-03"] {
                let one = self.portal.send(.get, "\(prefix)/event-definitions/\(name)")
                #expect(one.json?["id"]?.string == made.json?["id"]?.string)
            }
        }
        _ = self.portal.send(.post, self.base, #"{"label":"Looked around"}"#)
        let all = self.portal.send(.get, self.base + "?limit=1").json
        #expect(all?["total"]?.integer == 2)
        #expect(all?["results"]?[0]?["properties"]?.count == 0)
        let after = all?["paging"]?["next"]?["after"]?.string ?? ""
        let rest = self.portal.send(.get, self.base + "?includeProperties=true&after=" + after).json
        #expect(rest?["results"]?[0]?["name"]?.string == "looked_around")
        let found = self.portal.send(.get, self.base + "?searchString=order&includeProperties=true")
        #expect(found.json?["results"]?[0]?["properties"]?.count == 2)
        let change = self.portal.send(.patch, self.base + "/ordered", #"{"label":"Bought"}"#)
        #expect(change.json?["labels"]?["singular"]?.string == "Bought")
        #expect(change.json?["description"]?.string == "Somebody ordered.")
        #expect(self.portal.send(.delete, self.base + "/ordered").status == 204)
        #expect(self.portal.send(.get, self.base + "/ordered").status == 404)
    }

    @Test mutating func `properties come and go`() {
        _ = self.portal.send(.post, self.base, self.ordered)
        let path = self.base + "/pe9900001_ordered/property"
        let when = #"{"name":"due","label":"Due","type":"datetime"}"#
        let made = self.portal.send(.post, path, when)
        #expect(made.status == 201)
        #expect(made.json?["fieldType"]?.string == "date")
        #expect(self.portal.send(.post, path, when).status == 409)
        let changed = self.portal.send(.patch, path + "/due", #"{"label":"Due on"}"#)
        #expect(changed.json?["label"]?.string == "Due on")
        #expect(self.portal.send(.delete, path + "/due").status == 204)
        #expect(self.portal.send(.patch, path + "/due", "{}").status == 404)
        let names = self.portal.send(.get, self.base + "/ordered").json?["properties"]?.elements
        #expect(names?.compactMap { $0["name"]?.string } == ["sum", "way"])
    }

    @Test mutating func `what cannot be defined is refused`() {
        #expect(self.portal.send(.post, self.base, self.ordered).status == 201)
        #expect(self.portal.send(.post, self.base, self.ordered).status == 409)
        for bad in [
            "{", "[]", #"{"name":"a"}"#, #"{"label":"A","name":"Upper"}"#,
            #"{"label":"A","primaryObject":"WHALE"}"#,
            #"{"label":"A","propertyDefinitions":[{"label":"B","type":"blob"}]}"#,
            #"{"label":"A","propertyDefinitions":[{"label":"B","type":"enumeration"}]}"#,
            #"{"label":"A","propertyDefinitions":[{"label":"B","type":"string","name":"hs_b"}]}"#,
        ] {
            #expect(self.portal.send(.post, self.base, bad).status == 400, "\(bad)")
        }
        self.portal.mock.settings.marketing.definitionsMax = 1
        #expect(self.portal.send(.post, self.base, #"{"label":"More"}"#).status == 400)
        self.portal.mock.settings.marketing.refusesUndefinedEvents = true
        func event(_ name: String) -> String {
            #"{"eventName":"pe9900001_\#(name)","email":"a@example.com"}"#
        }
        #expect(self.portal.send(.post, "/events/v3/send", event("ordered")).status == 204)
        #expect(self.portal.send(.post, "/events/v3/send", event("ordred")).status == 400)
        self.portal.mock.settings.marketing.hasEvents = false
        #expect(self.portal.send(.get, self.base).status == 403)
    }

    @Test mutating func `an event belongs to the object type of its definition`() {
        let body = #"{"label":"Inspected","name":"inspected","primaryObject":"COMPANY"}"#
        #expect(self.portal.send(.post, self.base, body).status == 201)
        let company = self.portal.make("companies", #""name":"Acme""#)
        let event = #"{"eventName":"pe9900001_inspected","objectId":"\#(company)"}"#
        #expect(self.portal.send(.post, "/events/v3/send", event).status == 204)
        let path = "/events/v3/events?objectType=company&objectId=\(company)"
        let found = self.portal.send(.get, path).json?["results"]
        #expect(found?[0]?["eventType"]?.string == "pe9900001_inspected")
        #expect(found?[0]?["objectType"]?.string == "COMPANY")
    }
}
