import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// The properties that every portal has (contract, sections 4, 11 and 14).
struct StandardPropertyTests {
    private var portal = Portal()

    private mutating func property(_ object: String, _ name: String) -> JSON? {
        self.portal.send(.get, "/crm/v3/properties/\(object)/\(name)").json
    }

    @Test mutating func `companies have HubSpot's industries`() {
        let options = self.property("companies", "industry")?["options"]?.elements ?? []
        #expect(options.count == 148)
        #expect(Set(options.compactMap { $0["value"]?.string }).count == 148)
        #expect(Set(options.compactMap { $0["label"]?.string }).count == 148)
        let name = #""name":"A","industry":"INFORMATION_TECHNOLOGY_AND_SERVICES""#
        #expect(!self.portal.make("companies", name).isEmpty)
        let odd = #"{"properties":{"name":"A","industry":"Information Technology"}}"#
        let refused = self.portal.send(.post, "/crm/v3/objects/companies", odd)
        #expect(refused.json?["errors"]?[0]?["code"]?.string == "INVALID_OPTION")
    }

    @Test mutating func `contacts have the stamp of the other objects too`() {
        let id = self.portal.make("contacts", #""email":"a@x.invalid""#)
        self.portal.now += 60_000
        let path = "/crm/v3/objects/contacts/\(id)"
        let edit = #"{"properties":{"city":"Oslo"}}"#
        #expect(self.portal.send(.patch, path, edit).status == 200)
        let names = "?properties=hs_lastmodifieddate,lastmodifieddate"
        let shown = self.portal.send(.get, path + names).json?["properties"]
        #expect(shown?["hs_lastmodifieddate"]?.string == shown?["lastmodifieddate"]?.string)
        let write = #"{"properties":{"hs_lastmodifieddate":"2026-01-01"}}"#
        #expect(self.portal.send(.patch, path, write).status == 400)
        self.portal.now += 10_000
        func found(_ operation: String) -> Int64? {
            let filter =
                #"{"propertyName":"hs_lastmodifieddate","operator":"\#(operation)","#
                + #""value":"\#(self.portal.now - 20_000)"}"#
            let body = #"{"filters":[\#(filter)]}"#
            let reply = self.portal.send(.post, "/crm/v3/objects/contacts/search", body)
            return reply.json?["total"]?.integer
        }
        #expect(found("GTE") == 1)
        #expect(found("LT") == 0)
    }

    @Test mutating func `products have a cost and a term`() {
        let id = self.portal.make(
            "products",
            #""name":"Box","price":"10","hs_cost_of_goods_sold":"4","#
                + #""hs_recurring_billing_period":"P12M","recurringbillingfrequency":"monthly""#
        )
        let path = "/crm/v3/objects/products/\(id)?properties=hs_cost_of_goods_sold"
        let shown = self.portal.send(.get, path).json?["properties"]
        #expect(shown?["hs_cost_of_goods_sold"]?.string == "4")
        #expect(self.property("products", "hs_product_type")?["options"]?.count == 3)
    }

    @Test(arguments: [("72", 201, 201), ("73", 400, 400), ("999", 400, 201), ("Sam", 400, 201)])
    mutating func `a record belongs to an owner that is there`(
        owner: String,
        strict: Int,
        mild: Int
    ) {
        func create() -> (status: Int, json: JSON?) {
            let body = #"{"properties":{"lastname":"L","hubspot_owner_id":"\#(owner)"}}"#
            return self.portal.send(.post, "/crm/v3/objects/contacts", body)
        }
        let reply = create()
        #expect(reply.status == strict)
        if strict == 400 {
            #expect(reply.json?["errors"]?[0]?["code"]?.string == "INVALID_OWNER_ID")
        }
        self.portal.mock.settings.refusesUnknownOwners = false
        #expect(create().status == mild)
    }
}
