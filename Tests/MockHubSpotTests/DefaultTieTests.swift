import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// Replies to ties of the default kind, and to updates that name nothing.
struct DefaultTieTests {
    private var portal = Portal()

    @Test(arguments: ["/crm/v4/objects", "/crm/objects/2026-03", "/crm/objects/2026-09"])
    mutating func `one default tie is answered as a batch in both directions`(base: String) {
        let contact = self.portal.make("contacts", #""email":"a@x.invalid""#)
        let company = self.portal.make("companies", #""name":"Acme""#)
        let path = "\(base)/contacts/\(contact)/associations/default/companies/\(company)"
        let reply = self.portal.send(.put, path)
        #expect(reply.status == 200)
        #expect(reply.json?["status"]?.string == "COMPLETE")
        #expect(reply.json?["startedAt"]?.string != nil)
        let rows = reply.json?["results"]?.elements ?? []
        #expect(rows.map { $0["from"]?["id"]?.string } == [contact, company])
        #expect(rows.map { $0["to"]?["id"]?.string } == [company, contact])
        let kinds = rows.map { $0["associationSpec"]?["associationTypeId"]?.integer }
        #expect(kinds == [279, 280])
    }

    @Test mutating func `a batch of default ties is answered with 200`() {
        let contact = self.portal.make("contacts", #""email":"a@x.invalid""#)
        let company = self.portal.make("companies", #""name":"Acme""#)
        let path = "/crm/v4/associations/contacts/companies/batch/associate/default"
        let pair = #"{"from":{"id":"\#(contact)"},"to":{"id":"\#(company)"}}"#
        let reply = self.portal.send(.post, path, #"{"inputs":[\#(pair)]}"#)
        #expect(reply.status == 200)
        #expect(reply.json?["results"]?.count == 2)
    }

    @Test(arguments: [#"{"properties":{}}"#, "{}", #"{"city":"Paris"}"#])
    mutating func `an update without properties is refused and moves no stamp`(body: String) {
        let path =
            "/crm/v3/objects/contacts/" + self.portal.make("contacts", #""email":"a@x.invalid""#)
        let before = self.portal.send(.get, path).json?["updatedAt"]?.string
        self.portal.now += 60_000
        let reply = self.portal.send(.patch, path, body)
        #expect(reply.status == 400)
        let text = "No properties found to update, please provide at least one."
        #expect(reply.json?["message"]?.string == text)
        #expect(reply.json?["category"]?.string == "VALIDATION_ERROR")
        #expect(reply.json?["context"]?["properties"]?[0]?.string == "{}")
        #expect(self.portal.send(.get, path).json?["updatedAt"]?.string == before)
    }
}
