import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// Object types besides contacts, their properties, pipelines and owners.
struct ObjectTests {
    private var portal = Portal()

    @Test(arguments: [
        ("companies", #""name":"Acme""#), ("company", #""domain":"acme.test""#),
        ("0-3", #""dealname":"Big","dealstage":"closedwon""#),
        ("tickets", #""subject":"T","hs_pipeline_stage":"1""#),
        ("notes", #""hs_timestamp":"1790000000000""#), ("0-27", #""hs_timestamp":"1790000000000""#),
        ("line_items", ""), ("products", #""name":"Box""#), ("leads", #""hs_lead_name":"L""#),
        ("contacts", #""lastname":"L""#), ("calls", #""hs_timestamp":"1790000000000""#),
        ("emails", #""hs_timestamp":"1790000000000""#), ("0-116", #""hs_timestamp":"1""#),
        ("meetings", #""hs_timestamp":"1790000000000""#), ("quote", #""hs_title":"Q""#),
        ("communications", #""hs_timestamp":"1790000000000""#),
    ])
    mutating func `every object type is made, found and archived`(object: String, fields: String) {
        let id = self.portal.make(object, fields)
        #expect(!id.isEmpty)
        for prefix in ["/crm/v3/objects", "/crm/objects/2026-03"] {
            #expect(self.portal.send(.get, "\(prefix)/\(object)/\(id)/").status == 200)
        }
        self.portal.now += 10_000
        let modified = object == "contacts" ? "lastmodifieddate" : "hs_lastmodifieddate"
        let search = #"""
            {"filterGroups":[{"filters":[{"propertyName":"\#(modified)","operator":"GTE","value":"1"}]}],
            "after":"0"}
            """#
        let found = self.portal.send(.post, "/crm/v3/objects/\(object)/search", search)
        #expect(found.json?["total"]?.integer == 1)
        #expect(found.json?["results"]?[0]?["properties"]?[modified]?.string != nil)
        #expect(self.portal.send(.delete, "/crm/v3/objects/\(object)/\(id)").status == 204)
        #expect(self.portal.send(.get, "/crm/v3/objects/\(object)/\(id)").status == 404)
        let archived = "/crm/v3/objects/\(object)/\(id)?archived=True"
        #expect(self.portal.send(.get, archived).status == 200)
    }

    @Test(arguments: ["v3", "2025-09", "2026-03", "2026-09"])
    mutating func `every family is there under every version`(version: String) {
        let isOld = version == "v3"
        for (old, new) in [
            ("/crm/v3/objects/contacts", "/crm/objects/\(version)/0-1"),
            ("/crm/v3/properties/deal", "/crm/properties/\(version)/deals"),
            ("/crm/v3/pipelines/0-3", "/crm/pipelines/\(version)/deals"),
            ("/crm/v3/owners/", "/crm/owners/\(version)"),
            ("/crm/v3/lists", "/crm/lists/\(version)/"),
            ("/crm-object-schemas/v3/schemas", "/crm-object-schemas/\(version)/schemas"),
            ("/crm/v4/associations/0-1/0-2/labels", "/crm/associations/\(version)/0-1/0-2/labels"),
            ("/account-info/v3/details", "/account-info/\(version)/details"),
        ] {
            let path = isOld ? old : new
            #expect(self.portal.send(.get, path).status == 200, "\(path)")
        }
    }

    @Test mutating func `an object type that nobody knows is named`() {
        let reply = self.portal.send(.get, "/crm/v3/objects/butterflies")
        #expect(reply.status == 400)
        #expect(
            reply.json?["message"]?.string == "Unable to infer object type from: butterflies"
        )
    }

    @Test(arguments: [
        (#"{"limit":201}"#, 400), (#"{"limit":-1}"#, 400), (#"{"after":"-1"}"#, 400),
        (#"{"after":"9223372036854775807"}"#, 400), (#"{"after":"9990","limit":20}"#, 400),
        (#"{"after":"9990","limit":10}"#, 200), ("{", 400), ("[]", 400), ("{}", 200),
    ])
    mutating func `a search takes any page up to ten thousand`(body: String, status: Int) {
        #expect(self.portal.send(.post, "/crm/v3/objects/deals/search", body).status == status)
    }

    @Test(arguments: ["v1/deals", "v2/contact", "v2/company", "v2/0-5"])
    mutating func `property definitions are read under the old versions too`(_ path: String) {
        let list = self.portal.send(.get, "/properties/\(path)/properties")
        #expect(list.status == 200)
        let names = list.json?.elements.compactMap { $0["name"]?.string } ?? []
        #expect(names.contains("hs_object_id"))
        #expect(self.portal.send(.post, "/properties/\(path)/properties", "{}").status == 405)
        #expect(self.portal.send(.get, "/properties/\(path)").status == 404)
    }

    @Test mutating func `a page of records tells the address of the next one`() throws {
        for _ in 0..<3 { _ = self.portal.make("companies", #""name":"Acme""#) }
        var address = "/crm/v3/objects/companies?after=0&limit=2&properties=name%2Cdomain"
        let first = self.portal.send(.get, address).json
        let after = first?["paging"]?["next"]?["after"]?.string ?? ""
        let link = try #require(first?["paging"]?["next"]?["link"]?.string)
        address = "/crm/v3/objects/companies?limit=2&properties=name%2Cdomain&after=\(after)"
        #expect(link.hasSuffix(address))
        #expect(link.hasPrefix("http://127.0.0.1/"))
        let last = self.portal.send(.get, address).json
        #expect(last?["results"]?.count == 1)
        #expect(last?["paging"] == nil)
    }

    @Test(arguments: ["-1", "0", "many", "99999999999999999999", ""])
    mutating func `a page holds one row at least, whatever is asked for`(limit: String) {
        let company = self.portal.make("companies", #""name":"Acme""#)
        // Lists of records refuse such pages: that is a setting.
        self.portal.mock.settings.refusesOddPages = false
        for path in [
            "/crm/v3/owners", "/crm/v3/objects/companies",
            "/crm/v4/objects/companies/\(company)/associations/contacts",
        ] {
            #expect(self.portal.send(.get, path + "?limit=" + limit).status == 200)
        }
        let page = self.portal.send(.get, "/crm/v3/objects/companies?limit=" + limit)
        #expect(page.json?["results"]?.count == 1)
    }

    @Test mutating func `a property is made once, with a type that has that field`() {
        let path = "/crm/v3/properties/companies"
        let group = #""groupName":"companyinformation""#
        func body(_ type: String, _ field: String) -> String {
            #"{"name":"size","label":"Size","type":"\#(type)","fieldType":"\#(field)",\#(group)}"#
        }
        #expect(self.portal.send(.post, path, body("number", "text")).status == 400)
        #expect(self.portal.send(.post, path, body("number", "number")).status == 201)
        #expect(self.portal.send(.post, path, body("number", "number")).status == 409)
        let id = self.portal.make("companies", #""name":"Acme","size":"12""#)
        let bad = #"{"properties":{"size":"big"}}"#
        #expect(self.portal.send(.patch, "/crm/v3/objects/companies/\(id)", bad).status == 400)
        #expect(self.portal.send(.delete, path + "/size").status == 204)
        #expect(self.portal.send(.get, path + "/size").status == 404)
        #expect(self.portal.send(.get, path + "/size?archived=true").status == 200)
        // What HubSpot defines cannot be taken away.
        #expect(self.portal.send(.delete, path + "/name").status == 400)
        #expect(self.portal.send(.get, path + "/name").status == 200)
    }

    @Test mutating func `a unique property made later refuses a second holder`() {
        let definition = #"""
            {"name":"erp_key","label":"K","type":"string","fieldType":"text",
            "groupName":"companyinformation","hasUniqueValue":true}
            """#
        _ = self.portal.send(.post, "/crm/v3/properties/0-2", definition)
        let fields = #""name":"Acme","erp_key":"001""#
        #expect(!self.portal.make("companies", fields).isEmpty)
        #expect(self.portal.make("companies", fields).isEmpty)
    }

    @Test mutating func `a pipeline keeps its stages in order`() {
        let path = "/crm/pipelines/2026-09/tickets"
        let stages = self.portal.send(.get, path + "/0/stages").json?["results"]?.elements
        #expect(stages?.compactMap { $0["label"]?.string }.last == "Closed")
        let made = self.portal.send(
            .post,
            path,
            #"{"label":"Returns","displayOrder":1,"stages":[{"label":"Open","metadata":{}},"#
                + #"{"label":"Done","displayOrder":1,"metadata":{"ticketState":"CLOSED"}}]}"#
        )
        #expect(made.status == 201)
        let id = made.json?["id"]?.string ?? ""
        #expect(made.json?["stages"]?[0]?["metadata"]?["isClosed"]?.string == "false")
        #expect(self.portal.send(.patch, path + "/" + id, #"{"label":"R"}"#).status == 200)
        #expect(self.portal.send(.delete, path + "/" + id).status == 204)
        #expect(self.portal.send(.get, path + "/" + id).status == 404)
        #expect(self.portal.send(.get, "/crm/v3/pipelines/companies").status == 404)
    }

    @Test mutating func `an owner is found by its user as well`() {
        let path = "/crm/v3/owners"
        #expect(self.portal.send(.get, path + "/71").json?["userId"]?.integer == 5)
        let byUser = self.portal.send(.get, path + "/5?idProperty=userId")
        #expect(byUser.json?["id"]?.string == "71")
        #expect(self.portal.send(.get, path + "/73").status == 404)
        #expect(self.portal.send(.get, path + "/73?archived=true").status == 200)
        let page = self.portal.send(.get, path + "/?limit=1").json
        #expect(page?["paging"]?["next"]?["after"]?.string == "72")
    }
}
