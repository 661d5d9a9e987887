import WireJSON
import HTTPTransport
import MockSalesforce
import Testing

@Suite struct RecordTests {
    @Test func `a created record can be read back trimmed, with its compound fields`() {
        var rehearsal = Rehearsal()
        let created = rehearsal.send(
            .post,
            "/sobjects/Contact",
            #"{"LastName":" Roux ","FirstName":"Ana","Email":"","MailingCity":"Lyon"}"#
        )
        #expect(created.status == 201)
        let id = created.json["id"]?.string ?? ""
        #expect(created.header("Location") == "/services/data/v62.0/sobjects/Contact/\(id)")
        #expect(created.text == #"{"id":"\#(id)","success":true,"errors":[]}"#)
        let read = rehearsal.send(.get, "/sobjects/Contact/\(id.prefix(15))/")
        #expect(read.json["Name"]?.string == "Ana Roux")
        #expect(read.json["LastName"]?.string == "Roux")
        #expect(read.json["Email"]?.isNull == true)
        #expect(read.json["MailingAddress"]?["city"]?.string == "Lyon")
        #expect(read.json["OtherAddress"]?.isNull == true)
        #expect(read.json["SystemModstamp"]?.string == "2026-09-21T14:13:20.000+0000")
        #expect(read.json["CreatedById"]?.string == MockSalesforceCredential.standard.userID)
    }

    @Test(arguments: [
        (#"{"FirstName":"A"}"#, "REQUIRED_FIELD_MISSING"),
        (#"{"LastName":"A","Email":"foo"}"#, "INVALID_EMAIL_ADDRESS"),
        (
            #"{"LastName":"A","FirstName":"01234567890123456789012345678901234567890"}"#,
            "STRING_TOO_LONG"
        ),
        (#"{"LastName":"A","Name":"B"}"#, "INVALID_FIELD_FOR_INSERT_UPDATE"),
        (#"{"LastName":"A","Nope__c":"B"}"#, "INVALID_FIELD"),
        (#"{"LastName":"A","CleanStatus":"Shiny"}"#, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"),
        (#"{"LastName":"A","AccountId":"nope"}"#, "MALFORMED_ID"),
        (#"{"LastName":"A","AccountId":"0035500001H9cakAAB"}"#, "MALFORMED_ID"),
        (#"{"LastName":"A","AccountId":"0015500001H9cak"}"#, "INVALID_CROSS_REFERENCE_KEY"),
        (#"{"LastName":"A","Birthdate":"yesterday"}"#, "JSON_PARSER_ERROR"),
        (#"{"LastName":"A","#, "JSON_PARSER_ERROR"),
    ])
    func `a bad record is refused with the vendor's code`(_ body: String, _ code: String) {
        var rehearsal = Rehearsal()
        let reply = rehearsal.send(.post, "/sobjects/Contact", body)
        #expect(reply.status == 400)
        #expect(reply.errorCode == code)
    }

    @Test func `a taken key names its holder by the 15-character id`() throws {
        var rehearsal = Rehearsal()
        let id = try rehearsal.seed(
            "Contact",
            [("LastName", "A"), ("HubSpot_Record_ID__c", "9001")]
        )
        let body = #"{"LastName":"B","HubSpot_Record_ID__c":"9001"}"#
        let reply = rehearsal.send(.post, "/sobjects/Contact", body)
        #expect(reply.errorCode == "DUPLICATE_VALUE")
        #expect(
            reply.message
                == "duplicate value found: HubSpot_Record_ID__c duplicates value on record with id: "
                + id.prefix(15)
        )
    }

    @Test func `an upsert by the key creates once and then updates`() {
        var rehearsal = Rehearsal()
        let path = "/sobjects/Contact/HubSpot_Record_ID__c/9001"
        let first = rehearsal.send(.patch, path, #"{"LastName":"A"}"#)
        let second = rehearsal.send(.patch, path, #"{"LastName":"B"}"#)
        let third = rehearsal.send(.patch, path, #"{"HubSpot_Record_ID__c":"9001"}"#)
        #expect(first.status == 201)
        #expect(first.json["created"]?.boolean == true)
        #expect(second.status == 200)
        #expect(second.json["created"]?.boolean == false)
        #expect(second.json["id"]?.string == first.json["id"]?.string)
        #expect(third.errorCode == "INVALID_FIELD")
        #expect(rehearsal.mock.export(object: "Contact").map { $0["LastName"] } == [.text("B")])
    }

    @Test func `a key that several records have answers 300 with their addresses`() throws {
        var rehearsal = Rehearsal()
        var urls: [String] = []
        for name in ["A", "B"] {
            let id = try rehearsal.seed("Contact", [("LastName", name), ("Email", "a@x.test")])
            urls.append("/services/data/v62.0/sobjects/Contact/\(id)")
        }
        for (method, body) in [(.get, nil), (.patch, #"{"Phone":"1"}"#)] as [(HTTPMethod, String?)]
        {
            let reply = rehearsal.send(method, "/sobjects/Contact/Email/a@x.test", body)
            #expect(reply.status == 300)
            #expect(reply.json.elements.map(\.string) == urls)
        }
        #expect(rehearsal.column("Phone", "SELECT Phone FROM Contact") == ["-", "-"])
    }

    @Test func `null clears, an omitted field stays and an unchanged update moves the stamp`()
        throws
    {
        var rehearsal = Rehearsal()
        let id = try rehearsal.seed(
            "Contact",
            [("LastName", "A"), ("Title", "CEO"), ("Phone", "1")]
        )
        rehearsal.now += 5000
        let reply = rehearsal.send(.patch, "/sobjects/Contact/\(id)", #"{"Title":null}"#)
        #expect(reply.status == 204)
        #expect(rehearsal.mock.record(id)?["Title"] == .null)
        #expect(rehearsal.mock.record(id)?["Phone"] == .text("1"))
        rehearsal.now += 5000
        _ = rehearsal.send(.patch, "/sobjects/Contact/\(id)", #"{"Phone":"1"}"#)
        #expect(rehearsal.mock.record(id)?["SystemModstamp"] == .datetime(rehearsal.now))
        rehearsal.mock.settings.unchangedUpdateMovesStamps = false
        rehearsal.now += 5000
        _ = rehearsal.send(.patch, "/sobjects/Contact/\(id)", #"{"Phone":"1"}"#)
        #expect(rehearsal.mock.record(id)?["SystemModstamp"] == .datetime(rehearsal.now - 5000))
    }

    @Test func `a deleted, a converted and a hidden record each refuse a write their own way`()
        throws
    {
        var rehearsal = Rehearsal()
        let deleted = try rehearsal.seed("Contact", [("LastName", "A")])
        let hidden = try rehearsal.seed("Contact", [("LastName", "B")])
        let lead = try rehearsal.seed("Lead", [("LastName", "C"), ("Company", "Acme")])
        try rehearsal.mock.delete(deleted, at: rehearsal.now)
        try rehearsal.mock.setVisible(hidden, false)
        try rehearsal.mock.convert(lead: lead, at: rehearsal.now)
        let body = #"{"LastName":"Z"}"#
        let one = rehearsal.send(.patch, "/sobjects/Contact/\(deleted)", body)
        #expect([one.status, one.errorCode] as [AnyHashable] == [404, "ENTITY_IS_DELETED"])
        let two = rehearsal.send(.patch, "/sobjects/Contact/\(hidden)", body)
        #expect(two.errorCode == "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY")
        #expect(rehearsal.send(.get, "/sobjects/Contact/\(hidden)").status == 404)
        let three = rehearsal.send(.patch, "/sobjects/Lead/\(lead)", body)
        #expect(three.errorCode == "CANNOT_UPDATE_CONVERTED_LEAD")
    }

    @Test func `If-Unmodified-Since refuses a row that someone else has written`() throws {
        var rehearsal = Rehearsal()
        let id = try rehearsal.seed("Contact", [("LastName", "A")])
        let before = [HTTPHeader("If-Unmodified-Since", "Mon, 21 Sep 2026 14:13:19 GMT")]
        let same = [HTTPHeader("If-Unmodified-Since", "Mon, 21 Sep 2026 14:13:20 GMT")]
        let path = "/sobjects/Contact/\(id)"
        #expect(rehearsal.send(.patch, path, #"{"Title":"x"}"#, headers: before).status == 412)
        #expect(rehearsal.send(.patch, path, #"{"Title":"x"}"#, headers: same).status == 204)
    }

    @Test func `a POST may name another method, and a wrong one is told the right ones`() throws {
        var rehearsal = Rehearsal()
        let id = try rehearsal.seed("Contact", [("LastName", "Roux")])
        let path = "/sobjects/Contact/\(id)"
        let changed = rehearsal.send(.post, path + "?_HttpMethod=PATCH", #"{"LastName":"Sol"}"#)
        #expect(changed.status == 204)
        #expect(rehearsal.column("LastName", "SELECT LastName FROM Contact") == ["Sol"])
        let refused = rehearsal.send(.patch, "/sobjects/Contact", "{}")
        #expect(refused.status == 405)
        #expect(
            refused.message == "HTTP Method 'PATCH' not allowed. Allowed are HEAD,GET,POST"
        )
        // RFC 9110, 15.5.6.
        #expect(refused.header("Allow") == "HEAD,GET,POST")
    }

    /// The first one's words are of a real reply that a client's source cites; Jackson has the others.
    @Test(arguments: [
        (
            #"{"LastName":"A","a"j"#,
            "Unexpected character ('j' (code 106)): was expecting a colon to separate field name "
                + "and value at [line:1, column:21]"
        ),
        (
            #"{name:1}"#,
            "Unexpected character ('n' (code 110)): was expecting double-quote to start field "
                + "name at [line:1, column:3]"
        ),
        (
            "{\"a\":1,\n\"b\":[1 2]}",
            "Unexpected character ('2' (code 50)): was expecting comma to separate ARRAY entries "
                + "at [line:2, column:9]"
        ),
        (
            #"{"a":nope}"#,
            "Unrecognized token 'nope': was expecting 'null', 'true', 'false' or NaN "
                + "at [line:1, column:10]"
        ),
        (
            #"{"a":"b"#,
            "Unexpected end-of-input: was expecting closing quote for a string value "
                + "at [line:1, column:8]"
        ),
        (
            #"{"a":[{}"#,
            "Unexpected end-of-input: expected close marker for ARRAY at [line:1, column:9]"
        ),
        (
            "",
            "The HTTP entity body is required, but this request has no entity body."
        ),
    ])
    func `a body that is no JSON is told where it ends to be`(_ body: String, _ text: String) {
        var rehearsal = Rehearsal()
        let reply = rehearsal.send(.post, "/sobjects/Contact", body)
        #expect(reply.status == 400 && reply.errorCode == "JSON_PARSER_ERROR")
        #expect(reply.message == text)
    }

    @Test func `queries, records, creates and refusals come in XML`() throws {
        var rehearsal = Rehearsal()
        let account = try rehearsal.seed("Account", [("Name", "A & B")])
        let id = try rehearsal.seed("Contact", [("LastName", "Roux"), ("AccountId", account)])
        let xml = [HTTPHeader("Accept", "application/xml")]
        let start = #"<?xml version="1.0" encoding="UTF-8"?>"#
        let path = "/services/data/v62.0/sobjects/"
        let query = rehearsal.query(
            "SELECT LastName, Title, Account.Name FROM Contact",
            headers: xml
        )
        #expect(query.header("Content-Type") == "application/xml;charset=UTF-8")
        #expect(
            query.text
                == start + "<QueryResult><totalSize>1</totalSize><done>true</done>"
                + #"<records type="Contact" url="\#(path)Contact/\#(id)"><LastName>Roux</LastName>"#
                + #"<Title xsi:nil="true" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>"#
                + #"<Account type="Account" url="\#(path)Account/\#(account)">"#
                + "<Name>A &amp; B</Name></Account></records></QueryResult>"
        )
        let row = rehearsal.send(.get, "/sobjects/Contact/\(id).xml?fields=LastName")
        #expect(
            row.text
                == start + #"<Contact type="Contact" url="\#(path)Contact/\#(id)">"#
                + "<LastName>Roux</LastName></Contact>"
        )
        let made = rehearsal.send(.post, "/sobjects/Contact.xml", #"{"LastName":"Sol"}"#)
        #expect(made.text.hasPrefix(start + "<Result><id>003"))
        #expect(made.text.contains("<success>true</success>"))
        let refused = rehearsal.send(.get, "/sobjects/Nope/1", headers: xml)
        #expect(
            refused.text
                == start + "<Errors><Error><errorCode>NOT_FOUND</errorCode><message>"
                + "The requested resource does not exist</message></Error></Errors>"
        )
        #expect(refused.status == 404)
        rehearsal.token = "dead"
        #expect(rehearsal.query("SELECT Id FROM Contact", headers: xml).text.contains("<Errors>"))
        rehearsal.signIn()
        let json = rehearsal.send(.get, "/sobjects/Contact/\(id).json", headers: xml)
        #expect(json.json["LastName"]?.string == "Roux")
        let both = [HTTPHeader("Accept", "application/json, application/xml")]
        #expect(rehearsal.query("SELECT Id FROM Contact", headers: both).json["done"] != nil)
    }

    /// Recorded replies to a field that is not there name it in the text alone.
    @Test func `an unknown field is named in the text, a row lists none`() {
        var rehearsal = Rehearsal()
        let text = "No such column 'Nope__c' on sobject of type Contact"
        #expect(
            rehearsal.send(.post, "/sobjects/Contact", #"{"Nope__c":"x"}"#).text
                == #"[{"message":"\#(text)","errorCode":"INVALID_FIELD"}]"#
        )
        let body = #"{"records":[{"attributes":{"type":"Contact"},"Nope__c":"x"}]}"#
        let error = rehearsal.send(.post, "/composite/sobjects", body).json[0]?["errors"]?[0]
        #expect(error?["message"]?.string == text)
        #expect(error?["fields"]?.elements.isEmpty == true)
    }
}
