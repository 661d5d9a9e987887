import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// What is refused, in the words of recorded replies, and what a refusal leaves behind: nothing.
struct RefusalTests {
    private var portal = Portal()

    @Test mutating func `the text of a refused value holds every problem as JSON`() throws {
        let body = #"{"properties":{"nope":"1","email":"x"}}"#
        let reply = self.portal.send(.post, "/crm/v3/objects/contacts", body)
        #expect(reply.status == 400)
        let text = reply.json?["message"]?.string ?? ""
        let start = "Property values were not valid: "
        #expect(text.hasPrefix(start))
        let problems = try JSON(parsing: Array(text.dropFirst(start.count).utf8))
        #expect(problems.count == 2)
        #expect(problems[0]?["isValid"]?.boolean == false)
        #expect(problems[0]?["error"]?.string == "PROPERTY_DOESNT_EXIST")
        #expect(problems[0]?["name"]?.string == "nope")
        #expect(problems[0]?["message"]?.string == #"Property "nope" does not exist"#)
        #expect(problems[1]?["error"]?.string == "INVALID_EMAIL")
        let batch = self.portal.send(
            .post,
            "/crm/v3/objects/contacts/batch/create",
            #"{"inputs":[{"objectWriteTraceId":"1","properties":{"nope":"1"}}]}"#
        )
        let item = batch.json?["errors"]?[0]?["message"]?.string ?? ""
        #expect(batch.status == 207 && item.contains(#""error":"PROPERTY_DOESNT_EXIST""#))
    }

    /// HubSpot's usage guidelines: what a limit refuses is not counted; nor does it see what a proxy
    /// refuses in its place.
    @Test(arguments: [MockHubSpotFault.throttled, .status(429)])
    mutating func `a 429 on demand is billed as little as any other`(fault: MockHubSpotFault) {
        self.portal.mock.faults.coming = [fault]
        #expect(self.portal.send(.get, "/crm/v3/objects/contacts").status == 429)
        #expect(self.portal.mock.usage.billedCalls() == 0)
        #expect(self.portal.send(.get, "/crm/v3/objects/contacts").status == 200)
        #expect(self.portal.mock.usage.billedCalls() == 1)
        self.portal.mock.faults.coming = [.status(502)]
        #expect(self.portal.send(.get, "/crm/v3/objects/contacts").status == 502)
        #expect(self.portal.mock.usage.billedCalls() == 2)
    }

    @Test mutating func `a value that is no option is answered with all of them`() {
        let body =
            #"{"properties":{"subject":"T","hs_pipeline_stage":"1","hs_ticket_priority":"x"}}"#
        let text = self.portal.send(.post, "/crm/v3/objects/tickets", body).json?["errors"]?[0]
        let message = text?["message"]?.string ?? ""
        #expect(message.hasPrefix("x was not one of the allowed options: [label: \""))
        #expect(message.contains("\nvalue: \"HIGH\"\n"))
    }

    @Test mutating func `an id that is no number has its own text`() {
        for method in [HTTPMethod.get, .patch] {
            let body = method == .get ? nil : #"{"properties":{}}"#
            let reply = self.portal.send(method, "/crm/v3/objects/contacts/undefined", body)
            #expect(reply.status == 404)
            let text = "Object not found.  objectId are usually numeric."
            #expect(reply.json?["message"]?.string == text)
            #expect(reply.json?["category"]?.string == "OBJECT_NOT_FOUND")
            #expect(reply.json?["context"]?["id"]?[0]?.string == "undefined")
        }
        let other = self.portal.send(.get, "/crm/v3/objects/contacts/7")
        #expect(other.json?["message"]?.string == "resource not found")
        let byEmail = self.portal.send(.get, "/crm/v3/objects/contacts/a@b.c?idProperty=email")
        #expect(byEmail.json?["message"]?.string == "resource not found")
    }

    @Test mutating func `batches that are too large are refused whole`() {
        let inputs = (1...101).map { #"{"id":"\#($0)"}"# }.joined(separator: ",")
        let path = "/crm/v3/objects/contacts/batch/"
        let archive = self.portal.send(.post, path + "archive", #"{"inputs":[\#(inputs)]}"#)
        #expect(archive.status == 400)
        let history = #"{"inputs":[\#(inputs)],"propertiesWithHistory":["email"]}"#
        let read = self.portal.send(.post, path + "read", history)
        let text =
            "The maximum number of inputs supported in a batch request for property histories is "
            + "50. Please reduce the number of items and try again"
        #expect(read.json?["message"]?.string == text)
    }

    @Test mutating func `a batch that is refused whole leaves no association behind`() {
        let deal = self.portal.make("deals", #""dealname":"D","dealstage":"contractsent""#)
        let tie =
            #""associations":[{"to":{"id":"\#(deal)"},"types":[{"associationCategory":"#
            + #""HUBSPOT_DEFINED","associationTypeId":4}]}]"#
        let body =
            #"{"inputs":[{"properties":{"email":"a@x.invalid"},\#(tie)},"#
            + #"{"properties":{"nope":"1"}}]}"#
        let path = "/crm/v3/objects/contacts/batch/create"
        #expect(self.portal.send(.post, path, body).status == 400)
        let ties = "/crm/v4/objects/deals/\(deal)/associations/contacts"
        #expect(self.portal.send(.get, ties).json?["results"]?.count == 0)
    }

    @Test(arguments: [false, true])
    func `no record is merged with itself, nor with what became of it`(keepsID: Bool) {
        var portal = Portal()
        portal.mock.settings.mergeKeepsPrimaryID = keepsID
        let ids = ["a", "b"].map { portal.make("contacts", #""email":"\#($0)@x.invalid""#) }
        func body(_ one: String, _ other: String) -> String {
            #"{"primaryObjectId":"\#(one)","objectIdToMerge":"\#(other)"}"#
        }
        let path = "/crm/v3/objects/contacts/merge"
        #expect(portal.send(.post, path, body(ids[0], ids[0])).status == 400)
        #expect(portal.send(.post, path, body(ids[0], ids[1])).status == 200)
        #expect(portal.send(.post, path, body(ids[1], ids[0])).status == 400)
        #expect(portal.send(.get, "/crm/v3/objects/contacts/\(ids[1])").status == 200)
        let gone = portal.make("contacts", #""email":"c@x.invalid""#)
        #expect(portal.send(.delete, "/crm/v3/objects/contacts/\(gone)").status == 204)
        #expect(portal.send(.post, path, body(ids[0], gone)).status == 404)
    }
}
