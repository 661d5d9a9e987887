import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// Creates, archived records and unique values, as the contract has them.
struct RecordContractTests {
    private var portal = Portal()

    private mutating func create(
        _ object: String,
        _ fields: String
    ) -> (status: Int, json: JSON?) {
        self.portal.send(.post, "/crm/v3/objects/\(object)", #"{"properties":{\#(fields)}}"#)
    }

    private mutating func makeKey() {
        let body = #"""
            {"name":"erp_key","label":"K","type":"string","fieldType":"text",
            "groupName":"companyinformation","hasUniqueValue":true}
            """#
        #expect(self.portal.send(.post, "/crm/v3/properties/companies", body).status == 201)
    }

    // MARK: - Section 3

    @Test mutating func `archived records tell since when`() {
        let path = "/crm/v3/objects/contacts"
        let id = self.portal.make("contacts", #""email":"a@x.invalid""#)
        #expect(self.portal.send(.get, path + "/" + id).json?["archivedAt"] == nil)
        self.portal.now += 60_000
        #expect(self.portal.send(.delete, path + "/" + id).status == 204)
        let read = #"{"inputs":[{"id":"\#(id)"}]}"#
        let shown = [
            self.portal.send(.get, path + "/\(id)?archived=true").json,
            self.portal.send(.get, path + "?archived=true").json?["results"]?[0],
            self.portal.send(.post, path + "/batch/read?archived=true", read).json?["results"]?[0],
        ]
        for record in shown {
            #expect(record?["archived"]?.boolean == true)
            #expect(record?["archivedAt"]?.string == record?["updatedAt"]?.string)
            #expect(record?["archivedAt"]?.string != record?["createdAt"]?.string)
        }
    }

    @Test(arguments: ["/crm/v3/objects/contacts", "/crm/objects/2026-09/0-1/"])
    mutating func `a new record tells where it is`(path: String) throws {
        let reply = self.portal.raw(.post, path, #"{"properties":{"lastname":"L"}}"#)
        let made = try #require(reply)
        #expect(made.status == 201)
        let id = try JSON(parsing: made.body)["id"]?.string ?? ""
        let address = "http://127.0.0.1" + path + (path.hasSuffix("/") ? "" : "/") + id
        #expect(made.header("Location") == address)
        #expect(self.portal.send(.get, String(address.dropFirst(16))).status == 200)
    }

    // MARK: - Section 4

    @Test(arguments: [
        ("deals", #""amount":"1""#, "DEAL", ["dealname", "dealstage"]),
        ("deals", #""dealname":"D""#, "DEAL", ["dealstage"]),
        ("deals", #""dealstage":"contractsent""#, "DEAL", ["dealname"]),
        ("deals", #""dealname":"D","dealstage":"contractsent""#, "", []),
        ("tickets", #""subject":"T""#, "TICKET", ["hs_pipeline_stage"]),
        ("tickets", #""hs_pipeline_stage":"1""#, "TICKET", ["subject"]),
        ("tickets", #""subject":"T","hs_pipeline_stage":"1""#, "", []),
        ("calls", #""hs_call_title":"C""#, "CALL", ["hs_timestamp"]),
        ("contacts", #""city":"Oslo""#, "CONTACT", ["email", "firstname", "lastname"]),
        ("companies", #""domain":"x.invalid""#, "", []),
    ])
    mutating func `a record is not made without what it must have`(
        object: String,
        fields: String,
        label: String,
        missing: [String]
    ) {
        let reply = self.create(object, fields)
        #expect(reply.status == (missing.isEmpty ? 201 : 400))
        let plain = #"{"inputs":[{"properties":{\#(fields)}}]}"#
        let traced = #"{"inputs":[{"objectWriteTraceId":"1","properties":{\#(fields)}}]}"#
        let path = "/crm/v3/objects/\(object)/batch/create"
        let whole = self.portal.send(.post, path, plain)
        let each = self.portal.send(.post, path, traced)
        guard !missing.isEmpty else {
            #expect((whole.status, each.status) == (201, 201))
            return
        }
        #expect((whole.status, each.status) == (400, 207))
        let item = each.json?["errors"]?[0]
        #expect(item?["context"]?["objectWriteTraceId"]?[0]?.string == "1")
        for body in [reply.json, whole.json, item] {
            #expect(
                body?["message"]?.string
                    == "Error creating \(label). Some required properties were not set."
            )
            #expect(body?["category"]?.string == "VALIDATION_ERROR")
            let names = body?["context"]?["properties"]?.elements.compactMap(\.string)
            #expect(names == missing)
        }
    }

    @Test mutating func `a custom object needs all that its schema requires`() {
        let schema = #"""
            {"name":"car","labels":{"singular":"Car","plural":"Cars"},
            "primaryDisplayProperty":"vin","requiredProperties":["vin","make"],"properties":[
            {"name":"vin","label":"VIN","type":"string","fieldType":"text"},
            {"name":"make","label":"Make","type":"string","fieldType":"text"}]}
            """#
        let made = self.portal.send(.post, "/crm/v3/schemas", schema)
        #expect(made.json?["requiredProperties"]?.count == 2)
        let half = self.create("car", #""vin":"1""#)
        #expect(half.json?["context"]?["properties"]?[0]?.string == "make")
        #expect(self.create("car", #""vin":"1","make":"M""#).status == 201)
    }

    // MARK: - Sections 5 and 13

    @Test mutating func `a tie of a new record to nobody is named`() {
        func body(_ id: String, _ kind: Int) -> String {
            #"{"properties":{"lastname":"L"},"associations":[{"to":{"id":"\#(id)"},"types":"#
                + #"[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":\#(kind)}]}]}"#
        }
        let path = "/crm/v3/objects/contacts"
        let nobody = self.portal.send(.post, path, body("1", 279))
        #expect(nobody.status == 400)
        #expect(nobody.json?["message"]?.string == "One or more associations are invalid")
        let context = nobody.json?["context"]
        #expect(context?["INVALID_OBJECT_IDS"]?[0]?.string == "COMPANY=1 is not valid")
        #expect(context?["objectId"]?[0]?.string == "1")
        #expect(context?["objectType"]?[0]?.string == "COMPANY")
        let company = self.portal.make("companies", #""name":"A""#)
        let turned = self.portal.send(.post, path, body(company, 280))
        #expect(
            turned.json?["message"]?.string
                == "invalid from object type 0-1 for associations to be created. expected: 0-2"
        )
        let unknown = self.portal.send(.post, path, body(company, 99_999))
        #expect(
            unknown.json?["context"]?["INVALID_ASSOCIATION_TYPE_ID"]?[0]?.string
                == "HUBSPOT_DEFINED=99999 is not a valid association definition id"
        )
        #expect(self.portal.send(.post, path, body(company, 279)).status == 201)
    }

    @Test mutating func `a batch of ties names its bad ids and needs kinds`() {
        let contact = self.portal.make("contacts", #""lastname":"L""#)
        let path = "/crm/v4/associations/contacts/companies/batch/create"
        let kinds =
            #""types":[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":279}]"#
        func send(_ to: String, _ more: String) -> (status: Int, json: JSON?) {
            let input = #"{"from":{"id":"\#(contact)"},"to":{"id":"\#(to)"}\#(more)}"#
            return self.portal.send(.post, path, #"{"inputs":[\#(input)]}"#)
        }
        let odd = send("x", "," + kinds)
        #expect(odd.status == 207)
        #expect(odd.json?["errors"]?[0]?["message"]?.string == "x is not a valid ID")
        #expect(odd.json?["errors"]?[0]?["context"]?["id"]?[0]?.string == "x")
        let company = self.portal.make("companies", #""name":"A""#)
        for more in ["", #","types":[]"#, #","types":null"#] {
            let refused = send(company, more)
            #expect(refused.status == 400)
            #expect(
                refused.json?["message"]?.string?.hasSuffix(
                    ". Some required fields were not set: [types]"
                ) == true
            )
        }
        #expect(send(company, "," + kinds).status == 201)
    }

    // MARK: - Sections 5 and 10

    @Test(arguments: ["firstname", "nosuch"])
    mutating func `a record is named by a unique property only`(property: String) {
        let path = "/crm/v3/objects/contacts"
        let id = self.portal.make("contacts", #""email":"a@x.invalid","firstname":"Ada""#)
        let query = "?idProperty=" + property
        let body = #"{"properties":{"city":"Oslo"}}"#
        #expect(self.portal.send(.get, path + "/Ada" + query).status == 400)
        #expect(self.portal.send(.patch, path + "/Ada" + query, body).status == 400)
        let read = #"{"idProperty":"\#(property)","inputs":[{"id":"Ada"}]}"#
        #expect(self.portal.send(.post, path + "/batch/read", read).status == 400)
        let write =
            #"{"inputs":[{"id":"Ada","idProperty":"\#(property)","properties":{"city":"O"}}]}"#
        for verb in ["update", "upsert"] {
            #expect(self.portal.send(.post, path + "/batch/" + verb, write).status == 400)
        }
        let known = self.portal.send(.get, path + "/\(id)?idProperty=hs_object_id")
        #expect(known.json?["id"]?.string == id)
        #expect(self.portal.send(.get, path + "/b@x.invalid?idProperty=email").status == 404)
    }

    @Test(arguments: [
        (MockHubSpotUniqueConflicts.coordinates, 400), (.coded, 400), (.conflict, 409),
    ])
    mutating func `a unique value that is taken names its holder`(
        setting: MockHubSpotUniqueConflicts,
        status: Int
    ) {
        self.portal.mock.settings.uniqueConflicts = setting
        self.makeKey()
        let holder = self.portal.make("companies", #""name":"A","erp_key":"001""#)
        let other = self.portal.make("companies", #""name":"B""#)
        let body = #"{"properties":{"erp_key":"001"}}"#
        let refused = self.portal.send(.patch, "/crm/v3/objects/companies/\(other)", body)
        #expect(refused.status == status)
        let text =
            "Cannot set PropertyValueCoordinates{portalId=9900001, objectTypeId=ObjectTypeId{"
            + "legacyObjectType=COMPANY}, propertyName=erp_key, value=001} on "
            + "\(other). \(holder) already has that value."
        let message = refused.json?["message"]?.string
        switch setting {
        case .coordinates:
            #expect(message == text)
            #expect(refused.json?["category"]?.string == "VALIDATION_ERROR")
        case .coded:
            #expect(refused.json?["errors"]?[0]?["code"]?.string == "CONFLICTING_UNIQUE_VALUE")
        case .conflict: #expect(message == "Company already exists. Existing ID: \(holder)")
        }
        // An e-mail is a conflict all the same.
        _ = self.portal.make("contacts", #""email":"a@x.invalid""#)
        #expect(self.create("contacts", #""email":"a@x.invalid""#).status == 409)
        let traced =
            #"{"inputs":[{"objectWriteTraceId":"7","id":"\#(other)",\#(body.dropFirst())]}"#
        let batch = self.portal.send(.post, "/crm/v3/objects/companies/batch/update", traced)
        #expect(batch.status == 207)
        let item = batch.json?["errors"]?[0]
        #expect(item?["context"]?["objectWriteTraceId"]?[0]?.string == "7")
        #expect(item?["message"]?.string?.contains(holder) == true)
    }
}
