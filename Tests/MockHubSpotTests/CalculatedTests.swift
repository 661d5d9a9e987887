import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// Properties that the portal fills in and nobody writes.
struct CalculatedTests {
    private var portal = Portal()

    private mutating func values(_ object: String, _ id: String, _ names: String) -> [String?] {
        let path = "/crm/v3/objects/\(object)/\(id)?properties=\(names)"
        let properties = self.portal.send(.get, path).json?["properties"]
        return names.split(separator: ",").map { properties?[String($0)]?.string }
    }

    private mutating func tie(_ one: (String, String), _ other: (String, String), _ kind: Int) {
        let path = "/crm/v4/objects/\(one.0)/\(one.1)/associations/\(other.0)/\(other.1)"
        let body = #"[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":\#(kind)}]"#
        #expect(self.portal.send(.put, path, body).status == 201)
    }

    private static let source =
        "hs_object_source,hs_object_source_label,hs_object_source_id,hs_object_source_detail_1,"
        + "hs_object_source_user_id"

    @Test mutating func `a record tells which app, person or form made it, whoever changes it`()
        throws
    {
        let made = self.portal.make("contacts", #""email":"ada@example.com""#)
        let app = ["INTEGRATION", "INTEGRATION", "1160452", "Integration (static token)", nil]
        #expect(self.values("contacts", made, Self.source) == app)
        let typed = try self.portal.mock.create(
            fields: [("email", "bob@example.com")],
            at: self.portal.now,
            author: .person(41)
        )
        let person = ["CRM_UI", "CRM_UI", "userId:41", nil, "41"]
        #expect(self.values("contacts", typed, Self.source) == person)
        for phone in 1...30 {
            self.portal.now += 1_000
            let body = #"{"properties":{"phone":"\#(phone)"}}"#
            _ = self.portal.send(.patch, "/crm/v3/objects/contacts/\(typed)", body)
        }
        self.portal.mock.forgetHistory(over: 5, at: self.portal.now)
        #expect(self.values("contacts", typed, Self.source) == person)
        let form = self.portal.mock.recordForm(
            "Contact us",
            fields: [("email", true)],
            at: self.portal.now
        )
        self.portal.mock.recordSubmission(
            of: form,
            [("email", "cy@example.com")],
            at: self.portal.now
        )
        let sent = self.portal.mock.export(object: "contacts").first {
            $0["email"] == "cy@example.com"
        }
        let values = self.values("contacts", sent?.id ?? "", Self.source)
        #expect(values == ["FORM", "FORM", form, "Contact us", nil])
    }

    @Test(arguments: [
        ("contacts", "hs_object_source"), ("contacts", "hs_object_id"),
        ("contacts", "hs_email_domain"), ("contacts", "associatedcompanyid"),
        ("companies", "num_associated_contacts"), ("deals", "hs_is_closed"),
        ("deals", "hs_projected_amount"), ("tickets", "time_to_close"),
    ])
    mutating func `a write to one is refused as read-only`(object: String, name: String) {
        let body = #"{"properties":{"\#(name)":"1"}}"#
        let reply = self.portal.send(.post, "/crm/v3/objects/\(object)", body)
        #expect(reply.status == 400)
        let problem = reply.json?["errors"]?[0]
        #expect(problem?["code"]?.string == "READ_ONLY_VALUE")
        let text = "\"\(name)\" is a read only property; its value cannot be set."
        #expect(problem?["message"]?.string == text)
        let definition = self.portal.send(.get, "/crm/v3/properties/\(object)/\(name)").json
        #expect(definition?["modificationMetadata"]?["readOnlyValue"]?.boolean == true)
    }

    @Test mutating func `a contact's domain and company follow, and its stamp stays`() {
        let id = self.portal.make("contacts", #""email":"ada@Example.com","lastname":"A""#)
        let companies = ["Acme", "Bolt"].map { self.portal.make("companies", #""name":"\#($0)""#) }
        let names = "hs_email_domain,associatedcompanyid,num_associated_deals,hs_all_contact_vids"
        #expect(self.values("contacts", id, names) == ["example.com", nil, "0", id])
        let before = self.values("contacts", id, "lastmodifieddate")
        self.portal.now += 60_000
        self.tie(("contacts", id), ("companies", companies[0]), 279)
        #expect(self.values("contacts", id, "associatedcompanyid") == [nil])
        self.tie(("contacts", id), ("companies", companies[1]), 1)
        #expect(self.values("contacts", id, "associatedcompanyid") == [companies[1]])
        #expect(self.values("contacts", id, "lastmodifieddate") == before)
        let body = #"{"properties":{"email":"ada@other.test"}}"#
        #expect(self.portal.send(.patch, "/crm/v3/objects/contacts/\(id)", body).status == 200)
        #expect(self.values("contacts", id, "hs_email_domain") == ["other.test"])
    }

    @Test
    mutating func `counts are of living records, and move stamps only if the portal is set so`() {
        let company = self.portal.make("companies", #""name":"Acme""#)
        let people = ["a", "b"].map { self.portal.make("contacts", #""lastname":"\#($0)""#) }
        let open = #""dealname":"D","dealstage":"qualifiedtobuy""#
        let deals = [open, open.replacing("qualifiedtobuy", with: "closedlost")].map {
            self.portal.make("deals", $0)
        }
        let note = self.portal.make("notes", #""hs_timestamp":"1790000000000""#)
        for id in people { self.tie(("contacts", id), ("companies", company), 279) }
        for id in deals { self.tie(("deals", id), ("companies", company), 341) }
        self.tie(("notes", note), ("companies", company), 190)
        let names = "num_associated_contacts,num_associated_deals,hs_num_open_deals,num_notes"
        #expect(self.values("companies", company, names) == ["2", "2", "1", "1"])
        _ = self.portal.send(.delete, "/crm/v3/objects/contacts/\(people[0])")
        #expect(self.values("companies", company, names) == ["1", "2", "1", "1"])
        #expect(self.values("deals", deals[0], "num_associated_contacts") == ["0"])
        let before = self.values("companies", company, "hs_lastmodifieddate")
        self.portal.mock.settings.tiesMoveStamps = true
        self.portal.now += 60_000
        #expect(self.portal.send(.get, "/crm/v3/objects/contacts").status == 200)
        let more = self.portal.make("contacts", #""lastname":"c""#)
        self.tie(("contacts", more), ("companies", company), 279)
        #expect(self.values("companies", company, names)[0] == "2")
        #expect(self.values("companies", company, "hs_lastmodifieddate") != before)
    }

    @Test(
        arguments: [
            (
                "qualifiedtobuy", "1000000.0",
                [
                    "false", "false", "false",
                    "0.40000000000000002220446049250313080847263336181640625", "0",
                    "400000.000000000022204460492503130808472633361816406250000000",
                ]
            ),
            ("closedwon", "1500.00", ["true", "true", "false", "1", "1500.00", "1500.00"]),
            ("closedlost", "1500.00", ["true", "false", "true", "0", "0", "0.00"]),
            ("", "1500.00", [nil, "false", "false", nil, "0", "0"]),
        ] as [(String, String, [String?])]
    )
    mutating func `a deal is closed or not, and worth what its stage says`(
        stage: String,
        amount: String,
        expected: [String?]
    ) {
        self.portal.mock.settings.requiresStages = false
        let fields = #""dealname":"D","amount":"\#(amount)","dealstage":"\#(stage)""#
        let id = self.portal.make("deals", fields)
        let names =
            "hs_is_closed,hs_is_closed_won,hs_is_closed_lost,hs_deal_stage_probability,"
            + "hs_closed_amount,hs_projected_amount"
        #expect(self.values("deals", id, names) == expected)
    }

    @Test mutating func `amounts are told in the company's currency too`() {
        self.portal.mock.settings.currencies = [.init(id: "1", code: "EUR", rate: "1.25")]
        let fields = #""dealname":"D","amount":"100","dealstage":"closedwon""#
        let foreign = self.portal.make("deals", fields + #","deal_currency_code":"EUR""#)
        let names = "amount_in_home_currency,hs_closed_amount,hs_closed_amount_in_home_currency"
        #expect(self.values("deals", foreign, names) == ["125.00", "100", "125.00"])
        let own = self.portal.make("deals", fields + #","deal_currency_code":"USD""#)
        #expect(self.values("deals", own, names) == ["100", "100", "100"])
    }

    @Test mutating func `a ticket that is closed tells when and after how long`() {
        let id = self.portal.make("tickets", #""subject":"T","hs_pipeline_stage":"1""#)
        let names = "hs_ticket_id,time_to_close,hs_num_associated_companies"
        #expect(self.values("tickets", id, names) == [id, nil, "0"])
        self.portal.now += 90_000
        let body = #"{"properties":{"hs_pipeline_stage":"4"}}"#
        #expect(self.portal.send(.patch, "/crm/v3/objects/tickets/\(id)", body).status == 200)
        #expect(self.values("tickets", id, "time_to_close") == ["90000"])
    }

    @Test mutating func `they are searched, sorted, exported to lists and shown with a history`() {
        let stages = ["qualifiedtobuy", "closedwon", "contractsent"]
        let ids = stages.map { self.portal.make("deals", #""dealname":"D","dealstage":"\#($0)""#) }
        self.portal.now += 10_000
        func found(_ portal: inout Portal, _ body: String) -> [String] {
            let reply = portal.send(.post, "/crm/v3/objects/deals/search", body)
            return reply.json?["results"]?.elements.compactMap { $0["id"]?.string } ?? []
        }
        func filter(_ name: String, _ rest: String) -> String {
            #"{"filterGroups":[{"filters":[{"propertyName":"\#(name)",\#(rest)}]}]}"#
        }
        let won = filter("hs_is_closed_won", #""operator":"EQ","value":"true""#)
        #expect(found(&self.portal, won) == [ids[1]])
        let likely = filter("hs_deal_stage_probability", #""operator":"GTE","value":"0.9""#)
        #expect(found(&self.portal, likely) == [ids[1], ids[2]])
        let mine = filter("hs_object_source_id", #""operator":"IN","values":["1160452"]"#)
        #expect(found(&self.portal, mine) == ids)
        let open = filter("hs_is_closed", #""operator":"NEQ","value":"true""#)
        #expect(found(&self.portal, open) == [ids[0], ids[2]])
        let down = #"{"sorts":["-hs_deal_stage_probability"]}"#
        #expect(found(&self.portal, down) == [ids[1], ids[2], ids[0]])
        let list = #"""
            {"name":"Won","objectTypeId":"0-3","processingType":"DYNAMIC","filterBranch":
            {"filterBranchType":"AND","filters":[{"filterType":"PROPERTY",
            "property":"hs_is_closed_won","operation":{"operator":"IS_TRUE"}}]}}
            """#
        let listID = self.portal.send(.post, "/crm/v3/lists/", list).json?["list"]?["listId"]?
            .string
        let members = self.portal.send(.get, "/crm/v3/lists/\(listID ?? "")/memberships").json
        #expect(members?["results"]?.elements.compactMap { $0["recordId"]?.string } == [ids[1]])
        let body = #"{"properties":{"dealstage":"closedlost"}}"#
        #expect(self.portal.send(.patch, "/crm/v3/objects/deals/\(ids[0])", body).status == 200)
        let path = "/crm/v3/objects/deals/\(ids[0])?propertiesWithHistory=hs_is_closed"
        let history = self.portal.send(.get, path).json?["propertiesWithHistory"]?["hs_is_closed"]
        #expect(history?.elements.compactMap { $0["value"]?.string } == ["true", "false"])
        #expect(history?[0]?["sourceType"]?.string == "CALCULATED")
        self.portal.mock.settings.showsCalculatedHistory = false
        let none = self.portal.send(.get, path).json?["propertiesWithHistory"]?["hs_is_closed"]
        #expect(none?.count == 0)
    }

    @Test mutating func `a reply to a write shows them, unless the portal is set otherwise`() {
        let body = #"{"properties":{"email":"ada@example.com"}}"#
        let shown = self.portal.send(.post, "/crm/v3/objects/contacts", body).json?["properties"]
        #expect(shown?["hs_object_source"]?.string == "INTEGRATION")
        #expect(shown?["hs_email_domain"]?.string == "example.com")
        #expect(shown?["associatedcompanyid"] == nil, "what has no value is not shown")
        self.portal.mock.settings.answersShowCalculated = false
        let plain = self.portal.send(
            .post,
            "/crm/v3/objects/contacts/batch/create",
            #"{"inputs":[{"properties":{"email":"bob@example.com"}}]}"#
        )
        #expect(plain.json?["results"]?[0]?["properties"]?["hs_object_source"] == nil)
    }
}
