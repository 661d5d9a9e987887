import HTTPTransport
import MockSalesforce
import Testing
import WireJSON

@Suite struct ToolingTests {
    private static let user = MockSalesforceCredential.standard.userID

    private static func body(_ name: String, _ metadata: String) -> String {
        #"{"FullName":"\#(name)","Metadata":{\#(metadata)}}"#
    }

    private static let key =
        #""label":"Sync Key","type":"Text","length":64,"externalId":true,"unique":true,"#
        + #""caseSensitive":false,"required":false,"inlineHelpText":"Set by the sync""#

    private static func make(
        _ name: String,
        _ metadata: String,
        _ rehearsal: inout Rehearsal
    ) -> Answer {
        rehearsal.send(.post, "/tooling/sobjects/CustomField", Self.body(name, metadata))
    }

    private static func query(_ statement: String, _ rehearsal: inout Rehearsal) -> Answer {
        rehearsal.send(.get, "/tooling/query?q=" + Rehearsal.encode(statement))
    }

    @Test func `a new field is there, described and usable where nothing is checked`() {
        var rehearsal = Rehearsal()
        let since = [HTTPHeader("If-Modified-Since", "Thu, 01 Jan 2026 00:00:00 GMT")]
        let made = Self.make("Contact.Sync_Key__c", Self.key, &rehearsal)
        #expect(made.status == 201)
        let id = made.json["id"]?.string ?? ""
        #expect(id.hasPrefix("00N") && id.count == 18)
        #expect(
            made.text
                == #"{"id":"\#(id)","success":true,"errors":[],"warnings":[],"infos":[]}"#
        )
        let path = "/sobjects/Contact/describe"
        let describe = rehearsal.send(.get, path, headers: since)
        #expect(describe.status == 200)
        let field = describe.json["fields"]?.elements.first { $0["name"]?.string == "Sync_Key__c" }
        #expect(field?["length"]?.integer == 64)
        #expect(field?["externalId"]?.boolean == true)
        #expect(field?["caseSensitive"]?.boolean == false)
        let upsert = rehearsal.send(
            .patch,
            "/sobjects/Contact/Sync_Key__c/k1",
            #"{"LastName":"Roux"}"#
        )
        #expect(upsert.status == 201)
    }

    @Test func `a new field is hidden until somebody is given it`() {
        var settings = MockSalesforceSettings()
        settings.permissions = MockSalesforcePermissions()
        var rehearsal = Rehearsal(settings)
        #expect(Self.make("Contact.Sync_Key__c", Self.key, &rehearsal).status == 201)
        let path = "/sobjects/Contact/describe"
        #expect(!rehearsal.send(.get, path).text.contains("Sync_Key__c"))
        #expect(
            rehearsal.query("SELECT Sync_Key__c FROM Contact").errorCode == "INVALID_FIELD"
        )
        #expect(
            Self.make("Contact.Sync_Key__c", Self.key, &rehearsal).errorCode
                == "DUPLICATE_DEVELOPER_NAME"
        )
        func node(_ reference: String, _ object: String, _ body: String) -> String {
            #"{"method":"POST","referenceId":"\#(reference)","#
                + #""url":"/services/data/v62.0/sobjects/\#(object)","body":\#(body)}"#
        }
        let nodes = [
            node("set", "PermissionSet", #"{"Name":"Sync","Label":"Sync"}"#),
            node(
                "field",
                "FieldPermissions",
                #"{"ParentId":"@{set.id}","SobjectType":"Contact","#
                    + #""Field":"Contact.Sync_Key__c","PermissionsRead":true,"#
                    + #""PermissionsEdit":true}"#
            ),
            node(
                "user",
                "PermissionSetAssignment",
                #"{"PermissionSetId":"@{set.id}","AssigneeId":"\#(Self.user)"}"#
            ),
        ]
        let body = #"{"allOrNone":true,"compositeRequest":[\#(nodes.joined(separator: ","))]}"#
        let parts = rehearsal.send(.post, "/composite", body).json["compositeResponse"]?.elements
        #expect(parts?.map { $0["httpStatusCode"]?.integer } == [201, 201, 201])
        #expect(rehearsal.send(.get, path).text.contains("Sync_Key__c"))
        #expect(rehearsal.query("SELECT Sync_Key__c FROM Contact").status == 200)
    }

    @Test func `a field that a person adds is open to every profile`() {
        var settings = MockSalesforceSettings()
        settings.permissions = MockSalesforcePermissions()
        var rehearsal = Rehearsal(settings)
        let field = MockSalesforceCustomField(object: "Lead", name: "Tier__c", label: "Tier")
        rehearsal.mock.addField(field, at: rehearsal.now)
        #expect(rehearsal.query("SELECT Tier__c FROM Lead").status == 200)
    }

    @Test(arguments: [
        ("Nope.X__c", #""label":"X","type":"Date""#, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"),
        ("Task.X__c", #""label":"X","type":"Date""#, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"),
        ("Contact.X", #""label":"X","type":"Date""#, "FIELD_INTEGRITY_EXCEPTION"),
        ("Contact.X__y__c", #""label":"X","type":"Date""#, "FIELD_INTEGRITY_EXCEPTION"),
        ("X__c", #""label":"X","type":"Date""#, "REQUIRED_FIELD_MISSING"),
        ("Contact.X__c", #""type":"Date""#, "FIELD_INTEGRITY_EXCEPTION"),
        ("Contact.X__c", #""label":"X","type":"Nope""#, "FIELD_INTEGRITY_EXCEPTION"),
        ("Contact.X__c", #""label":"X","type":"Text""#, "FIELD_INTEGRITY_EXCEPTION"),
        (
            "Contact.X__c", #""label":"X","type":"Text","length":256"#,
            "FIELD_INTEGRITY_EXCEPTION"
        ),
        ("Contact.X__c", #""label":"X","type":"Checkbox""#, "FIELD_INTEGRITY_EXCEPTION"),
        (
            "Contact.X__c", #""label":"X","type":"Number","precision":3,"scale":4"#,
            "FIELD_INTEGRITY_EXCEPTION"
        ),
        (
            "Contact.X__c", #""label":"X","type":"Date","unique":true"#,
            "FIELD_INTEGRITY_EXCEPTION"
        ),
        ("Contact.X__c", #""label":"X","type":"Picklist""#, "FIELD_INTEGRITY_EXCEPTION"),
        (
            "Contact.X__c", #""label":"X","type":"Lookup","referenceTo":"Nope__c""#,
            "INVALID_TYPE"
        ),
    ])
    func `bad definitions are refused`(_ name: String, _ metadata: String, _ code: String) {
        var rehearsal = Rehearsal()
        let refused = Self.make(name, metadata, &rehearsal)
        #expect(refused.status == 400)
        #expect(refused.errorCode == code)
    }

    @Test func `an object has 25 external ids at most`() {
        var rehearsal = Rehearsal()
        for number in 1...24 {
            #expect(Self.make("Lead.K\(number)__c", Self.key, &rehearsal).status == 201)
        }
        #expect(Self.make("Lead.K25__c", Self.key, &rehearsal).errorCode == "LIMIT_EXCEEDED")
    }

    @Test func `picklists, numbers and fields of activities take what they describe`() {
        var rehearsal = Rehearsal()
        let values = #"{"value":[{"label":"Gold","valueName":"gold"},{"valueName":"silver"}]}"#
        let tier =
            #""label":"Tier","type":"Picklist","#
            + #""valueSet":{"restricted":true,"valueSetDefinition":\#(values)}"#
        #expect(Self.make("Account.Tier__c", tier, &rehearsal).status == 201)
        let bad = rehearsal.send(.post, "/sobjects/Account", #"{"Name":"A","Tier__c":"lead"}"#)
        #expect(bad.errorCode == "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST")
        let good = rehearsal.send(.post, "/sobjects/Account", #"{"Name":"A","Tier__c":"gold"}"#)
        #expect(good.status == 201)
        let score = #""label":"Score","type":"Number","precision":5,"scale":2"#
        #expect(Self.make("Activity.Score__c", score, &rehearsal).status == 201)
        for object in ["Task", "Event"] {
            #expect(
                rehearsal.send(.get, "/sobjects/\(object)/describe").text.contains("Score__c")
            )
        }
    }

    @Test func `fields can be queried, read, changed and deleted`() {
        var rehearsal = Rehearsal()
        let id = Self.make("Contact.Sync_Key__c", Self.key, &rehearsal).json["id"]?.string ?? ""
        _ = rehearsal.send(
            .post,
            "/sobjects/Contact",
            #"{"LastName":"Roux","Sync_Key__c":"k1"}"#
        )
        let found = Self.query(
            "SELECT Id, FullName FROM CustomField WHERE DeveloperName = 'Sync_Key' "
                + "AND TableEnumOrId = 'Contact'",
            &rehearsal
        )
        let record = found.json["records"]?[0]
        #expect(record?["Id"]?.string == id)
        #expect(record?["FullName"]?.string == "Contact.Sync_Key__c")
        #expect(
            record?["attributes"]?["url"]?.string
                == "/services/data/v62.0/tooling/sobjects/CustomField/\(id)"
        )
        let many = Self.query("SELECT FullName FROM CustomField", &rehearsal)
        #expect(many.errorCode == "MALFORMED_QUERY")
        #expect(many.message.hasSuffix("Result size: 9"))
        #expect(Self.query("SELECT Id FROM Contact", &rehearsal).errorCode == "INVALID_TYPE")
        let path = "/tooling/sobjects/CustomField/\(id)"
        let read = rehearsal.send(.get, path).json
        #expect(read["Metadata"]?["type"]?.string == "Text")
        #expect(read["Metadata"]?["length"]?.integer == 64)
        let longer = #"{"Metadata":{"label":"Key","type":"Text","length":80}}"#
        #expect(rehearsal.send(.patch, path, longer).status == 204)
        #expect(rehearsal.mock.length(of: "Sync_Key__c", of: "Contact") == 80)
        #expect(rehearsal.send(.delete, path).status == 204)
        #expect(rehearsal.send(.get, path).status == 404)
        #expect(
            rehearsal.query("SELECT Sync_Key__c FROM Contact").errorCode == "INVALID_FIELD"
        )
        #expect(Self.make("Contact.Sync_Key__c", Self.key, &rehearsal).status == 201)
        #expect(
            rehearsal.column("Sync_Key__c", "SELECT Sync_Key__c FROM Contact") == ["-"]
        )
    }

    @Test func `a field that becomes a key finds the records that have it`() {
        var rehearsal = Rehearsal()
        let plain = #""label":"Key","type":"Text","length":9"#
        let id = Self.make("Contact.Key__c", plain, &rehearsal).json["id"]?.string ?? ""
        let made = rehearsal.send(.post, "/sobjects/Contact", #"{"LastName":"A","Key__c":"k"}"#)
        let path = "/tooling/sobjects/CustomField/\(id)"
        let change = #"{"Metadata":{\#(plain),"externalId":true}}"#
        #expect(rehearsal.send(.patch, path, change).status == 204)
        let found = rehearsal.send(.get, "/sobjects/Contact/Key__c/k").json
        #expect(found["Id"]?.string == made.json["id"]?.string)
    }

    @Test func `only those may add fields who may customize the application`() {
        var settings = MockSalesforceSettings()
        settings.permissions = MockSalesforcePermissions(
            profiles: [
                MockSalesforceProfile(name: "Sync", permissions: [.apiEnabled, .viewSetup])
            ]
        )
        var rehearsal = Rehearsal(settings)
        let refused = Self.make("Contact.Sync_Key__c", Self.key, &rehearsal)
        #expect(refused.status == 403)
        #expect(refused.errorCode == "INSUFFICIENT_ACCESS")
        #expect(
            Self.query("SELECT Id FROM EntityDefinition LIMIT 1", &rehearsal).status == 200
        )
        rehearsal.mock.setPermission(.viewSetup, of: "Sync", false, at: rehearsal.now)
        #expect(
            Self.query("SELECT Id FROM EntityDefinition LIMIT 1", &rehearsal).status == 403
        )
    }
}
