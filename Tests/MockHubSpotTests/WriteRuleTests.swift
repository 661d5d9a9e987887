import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// What a write does to what is there, and what refuses it as a whole.
struct WriteRuleTests {
    private var portal = Portal()

    private mutating func value(_ name: String, _ id: String, of object: String) -> String? {
        let path = "/crm/v3/objects/\(object)/\(id)?properties=\(name)"
        return self.portal.send(.get, path).json?["properties"]?[name]?.string
    }

    @Test mutating func `choices that begin with a semicolon are added to those that are there`() {
        let definition =
            #"{"name":"colours","label":"Colours","type":"enumeration","fieldType":"checkbox","#
            + #""groupName":"contactinformation","options":[{"label":"A","value":"a"},"#
            + #"{"label":"B","value":"b"},{"label":"C","value":"c"}]}"#
        #expect(self.portal.send(.post, "/crm/v3/properties/contacts", definition).status == 201)
        let id = self.portal.make("contacts", #""lastname":"A","colours":"a;b""#)
        func write(_ text: String) -> Int {
            self.portal.send(
                .patch,
                "/crm/v3/objects/contacts/\(id)",
                #"{"properties":{"colours":"\#(text)"}}"#
            ).status
        }
        #expect(write(";c") == 200)
        #expect(self.value("colours", id, of: "contacts") == "a;b;c")
        #expect(write(";c;a") == 200)
        #expect(self.value("colours", id, of: "contacts") == "a;b;c")
        #expect(write(";d") == 400)
        #expect(write("b") == 200)
        #expect(self.value("colours", id, of: "contacts") == "b")
    }

    @Test(arguments: ["nan", "inf", "0x1p3", "1,5", "one"])
    mutating func `what is no decimal number is refused`(text: String) {
        let body = #"{"properties":{"dealname":"A","dealstage":"closedwon","amount":"\#(text)"}}"#
        let reply = self.portal.send(.post, "/crm/v3/objects/deals", body)
        #expect(reply.status == 400)
        #expect(reply.json?["errors"]?[0]?["code"]?.string == "INVALID_INTEGER")
    }

    @Test mutating func `a batch without trace ids is refused with the problems of all inputs`() {
        _ = self.portal.make("contacts", #""email":"ada@example.com""#)
        let reply = self.portal.send(
            .post,
            "/crm/v3/objects/contacts/batch/create",
            #"{"inputs":[{"properties":{"email":"ada@example.com"}},{"properties":{"email":"x"}},"#
                + #"{"properties":{"lastname":"B"}},{"properties":{"nope":"1"}}]}"#
        )
        #expect(reply.status == 400)
        let codes = reply.json?["errors"]?.elements.compactMap { $0["code"]?.string }
        #expect(codes == ["INVALID_EMAIL", "PROPERTY_DOESNT_EXIST"])
        let all = self.portal.send(.get, "/crm/v3/objects/contacts?limit=100")
        #expect(all.json?["results"]?.count == 1)
    }

    @Test mutating func `an upsert looks by a unique property only`() {
        let path = "/crm/v3/objects/contacts/batch/upsert"
        func upsert(_ name: String, _ id: String) -> Int {
            let properties = #"{"lastname":"A"}"#
            let input = #"{"id":"\#(id)","idProperty":"\#(name)","properties":\#(properties)}"#
            return self.portal.send(.post, path, #"{"inputs":[\#(input)]}"#).status
        }
        #expect(upsert("firstname", "Ada") == 400)
        #expect(upsert("nope", "Ada") == 400)
        #expect(upsert("sf_contact_key", "003A") == 200)
        #expect(upsert("email", "ada@example.com") == 200)
    }

    @Test(arguments: [(false, "A"), (true, nil)])
    mutating func `null is passed over or clears, as the portal is set`(
        clears: Bool,
        after: String?
    ) {
        self.portal.mock.settings.nullClears = clears
        let id = self.portal.make("contacts", #""email":"a@example.com","lastname":"A""#)
        let body = #"{"properties":{"lastname":null}}"#
        #expect(self.portal.send(.patch, "/crm/v3/objects/contacts/\(id)", body).status == 200)
        #expect(self.value("lastname", id, of: "contacts") == after)
    }

    @Test(arguments: [(MockHubSpotMergedIDs.followed, 1, 0), (.omitted, 0, 0), (.missing, 0, 1)])
    mutating func `an id that was merged away is read as the portal is set`(
        setting: MockHubSpotMergedIDs,
        found: Int,
        missing: Int
    ) {
        self.portal.mock.settings.mergedIDsInReads = setting
        let ids = ["A", "B"].map { self.portal.make("contacts", #""lastname":"\#($0)""#) }
        let merge = #"{"primaryObjectId":"\#(ids[0])","objectIdToMerge":"\#(ids[1])"}"#
        #expect(self.portal.send(.post, "/crm/v3/objects/contacts/merge", merge).status == 200)
        let reply = self.portal.send(
            .post,
            "/crm/v3/objects/contacts/batch/read",
            #"{"properties":["lastname"],"inputs":[{"id":"\#(ids[1])"}]}"#
        )
        #expect(reply.json?["results"]?.count == found)
        #expect((reply.json?["errors"]?.count ?? 0) == missing)
    }

    @Test mutating func `an archived owner is refused, unless the portal is set otherwise`() throws
    {
        let owner = try #require(self.portal.mock.settings.owners.first { $0.isArchived }).id
        let body = #"{"properties":{"lastname":"A","hubspot_owner_id":"\#(owner)"}}"#
        #expect(self.portal.send(.post, "/crm/v3/objects/contacts", body).status == 400)
        self.portal.mock.settings.refusesArchivedOwners = false
        #expect(self.portal.send(.post, "/crm/v3/objects/contacts", body).status == 201)
    }
}
