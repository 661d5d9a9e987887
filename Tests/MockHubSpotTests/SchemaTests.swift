import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// Changing and deleting custom object types.
struct SchemaTests {
    private var portal = Portal()
    private static let base = "/crm-object-schemas/v3/schemas"

    private mutating func make() -> (status: Int, json: JSON?) {
        let schema = #"""
            {"name":"car","labels":{"singular":"Car","plural":"Many cars"},"description":"D",
            "primaryDisplayProperty":"model","requiredProperties":["model"],"properties":[
            {"name":"model","label":"M","type":"string","fieldType":"text"},
            {"name":"maker","label":"M","type":"string","fieldType":"text"}]}
            """#
        return self.portal.send(.post, Self.base, schema)
    }

    @Test mutating func `labels and the roles of properties are changed`() {
        let made = self.make().json
        #expect(made?["labels"]?["plural"]?.string == "Many cars")
        #expect(made?["searchableProperties"]?[0]?.string == "model")
        let change = #"""
            {"labels":{"singular":"Auto","plural":"Autos"},"primaryDisplayProperty":"maker",
            "requiredProperties":["maker"],"searchableProperties":["model","maker"],
            "secondaryDisplayProperties":["model"],"clearDescription":true}
            """#
        let changed = self.portal.send(.patch, Self.base + "/p9900001_car", change)
        #expect(changed.status == 200)
        let shown = self.portal.send(.get, "/crm/v3/schemas/2-1").json
        #expect(shown?["labels"]?["singular"]?.string == "Auto")
        #expect(shown?["primaryDisplayProperty"]?.string == "maker")
        #expect(shown?["secondaryDisplayProperties"]?[0]?.string == "model")
        #expect(shown?["searchableProperties"]?.count == 2)
        #expect(shown?["description"] == nil)
        // The new required property is asked for.
        #expect(self.portal.make("car", #""model":"T""#).isEmpty)
        #expect(!self.portal.make("car", #""maker":"Ford""#).isEmpty)
        let unknown = #"{"requiredProperties":["colour"]}"#
        #expect(self.portal.send(.patch, Self.base + "/car", unknown).status == 400)
        #expect(self.portal.send(.patch, Self.base + "/contacts", "{}").status == 400)
        #expect(self.portal.send(.patch, Self.base + "/boat", "{}").status == 400)
    }

    @Test mutating func `a type goes without records, and its name is free after a purge`() {
        _ = self.make()
        let car = self.portal.make("car", #""model":"T""#)
        let refused = self.portal.send(.delete, Self.base + "/car")
        #expect(refused.status == 400)
        #expect(refused.json?["category"]?.string == "VALIDATION_ERROR")
        _ = self.portal.send(.delete, "/crm/v3/objects/car/\(car)")
        #expect(self.portal.send(.delete, Self.base + "/car").status == 204)
        #expect(self.portal.send(.get, "/crm/v3/objects/car").status == 400)
        #expect(self.portal.send(.get, Self.base).json?["results"]?.count == 0)
        let archived = self.portal.send(.get, Self.base + "?archived=true").json?["results"]
        #expect(archived?[0]?["archived"]?.boolean == true)
        #expect(self.make().status == 409)
        #expect(self.portal.send(.delete, Self.base + "/car?archived=true").status == 204)
        #expect(self.portal.send(.delete, Self.base + "/car?archived=true").status == 404)
        let again = self.make()
        #expect(again.status == 201)
        #expect(again.json?["objectTypeId"]?.string == "2-2")
        #expect(self.portal.send(.delete, Self.base + "/contacts").status == 400)
        #expect(self.portal.send(.delete, Self.base + "/boat").status == 404)
    }

    @Test mutating func `a type is tied to another one, and no longer`() {
        let type = self.make().json?["objectTypeId"]?.string ?? ""
        let path = Self.base + "/car/associations"
        let body = #"{"fromObjectTypeId":"\#(type)","toObjectTypeId":"0-1","name":"driver"}"#
        let made = self.portal.send(.post, path, body)
        #expect(made.status == 201)
        let id = made.json?["id"]?.string ?? ""
        let car = self.portal.make("car", #""model":"T""#)
        let person = self.portal.make("contacts", #""lastname":"a""#)
        let tie = "/crm/v4/objects/car/\(car)/associations/default/contacts/\(person)"
        #expect(self.portal.send(.put, tie).status == 200)
        #expect(self.portal.send(.delete, path + "/" + id).status == 204)
        #expect(self.portal.send(.delete, path + "/" + id).status == 404)
        #expect(self.portal.send(.put, tie).status == 400)
        #expect(self.portal.send(.post, path, "{}").status == 400)
    }

    @Test mutating func `several types are read at once`() {
        _ = self.make()
        let body = #"{"inputs":[{"id":"p9900001_car"},{"id":"2-9"}]}"#
        let reply = self.portal.send(.post, Self.base + "/batch/read", body).json
        #expect(reply?["status"]?.string == "COMPLETE")
        #expect(reply?["results"]?.elements.compactMap { $0["name"]?.string } == ["car"])
    }
}
