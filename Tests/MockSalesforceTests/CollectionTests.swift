import WireJSON
import HTTPTransport
import MockSalesforce
import Testing

@Suite struct CollectionTests {
    private static func contacts(_ members: [String], allOrNone: Bool = false) -> String {
        let records = members.map { #"{"attributes":{"type":"Contact"},\#($0)}"# }
        return #"{"allOrNone":\#(allOrNone),"records":[\#(records.joined(separator: ","))]}"#
    }

    @Test func `good rows are kept, bad rows carry their own error and no id`() {
        var rehearsal = Rehearsal()
        let reply = rehearsal.send(
            .post,
            "/composite/sobjects",
            Self.contacts([#""LastName":"A""#, #""FirstName":"B""#])
        )
        let id = reply.json[0]?["id"]?.string ?? ""
        #expect(reply.status == 200)
        #expect(
            reply.text == #"[{"id":"\#(id)","success":true,"errors":[]},"#
                + #"{"success":false,"errors":[{"statusCode":"REQUIRED_FIELD_MISSING","#
                + #""message":"Required fields are missing: [LastName]","fields":["LastName"]}]}]"#
        )
    }

    @Test func `all or none undoes the good rows`() {
        var rehearsal = Rehearsal()
        let reply = rehearsal.send(
            .post,
            "/composite/sobjects",
            Self.contacts([#""LastName":"A""#, #""FirstName":"B""#], allOrNone: true)
        )
        #expect(reply.rows == ["ALL_OR_NONE_OPERATION_ROLLED_BACK", "REQUIRED_FIELD_MISSING"])
        #expect(reply.json[0]?["id"] == nil)
        #expect(rehearsal.mock.export(object: "Contact").isEmpty)
    }

    @Test func `an upsert says what it created and refuses a key that stands twice`() {
        var rehearsal = Rehearsal()
        let path = "/composite/sobjects/Contact/HubSpot_Record_ID__c"
        let key = { (key: String) in #""HubSpot_Record_ID__c":"\#(key)","LastName":"L\#(key)""# }
        let first = rehearsal.send(.patch, path, Self.contacts([key("1"), key("2")]))
        #expect(first.json.elements.map { $0["created"]?.boolean } == [true, true])
        let second = rehearsal.send(
            .patch,
            path,
            Self.contacts([key("1"), key("3"), key("3")])
        )
        #expect(second.rows == ["success", "DUPLICATE_VALUE", "DUPLICATE_VALUE"])
        #expect(second.json[0]?["created"]?.boolean == false)
        #expect(rehearsal.mock.export(object: "Contact").count == 2)
    }

    @Test func `updates and deletes go by id`() throws {
        var rehearsal = Rehearsal()
        let one = try rehearsal.seed("Contact", [("LastName", "A")])
        let two = try rehearsal.seed("Contact", [("LastName", "B")])
        let body = Self.contacts([
            #""id":"\#(one)","Title":"CEO""#, #""Id":"0015500001H9cak","Title":"x""#,
            #""Title":"x""#,
        ])
        let update = rehearsal.send(.patch, "/composite/sobjects", body)
        #expect(update.rows == ["success", "MALFORMED_ID", "MISSING_ARGUMENT"])
        let path = "/composite/sobjects?ids=\(one),\(two),nope&allOrNone=false"
        #expect(rehearsal.send(.delete, path).rows == ["success", "success", "MALFORMED_ID"])
        #expect(rehearsal.send(.delete, path).rows[0] == "ENTITY_IS_DELETED")
    }

    @Test func `a read answers null for an id it cannot see and refuses an unknown field`() throws {
        var rehearsal = Rehearsal()
        let id = try rehearsal.seed("Contact", [("LastName", "A")])
        let body = #"{"ids":["\#(id)","0035500001H9cak"],"fields":["Id","LastName"]}"#
        let reply = rehearsal.send(.post, "/composite/sobjects/Contact", body)
        #expect(reply.json[0]?["LastName"]?.string == "A")
        #expect(reply.json[1]?.isNull == true)
        let bad = #"{"ids":["\#(id)"],"fields":["Nope"]}"#
        #expect(
            rehearsal.send(.post, "/composite/sobjects/Contact", bad).errorCode == "INVALID_FIELD"
        )
    }

    @Test func `more than 200 records or 10 chunks of types are refused`() {
        var rehearsal = Rehearsal()
        let many = Self.contacts((0...200).map { #""LastName":"\#($0)""# })
        #expect(
            rehearsal.send(.post, "/composite/sobjects", many).errorCode == "EXCEEDED_ID_LIMIT"
        )
        let mixed = (0..<11).map { place in
            place.isMultiple(of: 2)
                ? #"{"attributes":{"type":"Contact"},"LastName":"A"}"#
                : #"{"attributes":{"type":"Account"},"Name":"A"}"#
        }
        let reply = rehearsal.send(
            .post,
            "/composite/sobjects",
            #"{"records":[\#(mixed.joined(separator: ","))]}"#
        )
        #expect(reply.errorCode == "EXCEEDED_MAX_TYPES_LIMIT")
        #expect(rehearsal.mock.export(object: "Contact").isEmpty)
    }

    @Test func `a parent can be named by its external id`() throws {
        var settings = MockSalesforceSettings()
        settings.customFields.append(
            MockSalesforceCustomField(
                object: "Account",
                name: "Key__c",
                label: "Key",
                isExternalID: true,
                isUnique: true
            )
        )
        var rehearsal = Rehearsal(settings)
        let account = try rehearsal.seed("Account", [("Name", "Acme"), ("Key__c", "77")])
        let reply = rehearsal.send(
            .post,
            "/composite/sobjects",
            Self.contacts([
                #""LastName":"A","Account":{"Key__c":"77"}"#,
                #""LastName":"B","Account":{"Key__c":"78"}"#,
            ])
        )
        #expect(reply.rows == ["success", "INVALID_FIELD"])
        let contact = rehearsal.mock.export(object: "Contact").first
        #expect(contact?["AccountId"] == .text(account))
    }
}
