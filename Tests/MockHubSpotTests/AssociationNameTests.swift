import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// Kinds of association by their names under v3, and those of messages, letters and quotes.
struct AssociationNameTests {
    private var portal = Portal()

    @Test mutating func `the kinds of a pair have names`() {
        let reply = self.portal.send(.get, "/crm/v3/associations/contacts/companies/types")
        #expect(reply.status == 200)
        let names = reply.json?["results"]?.elements.compactMap { $0["name"]?.string }
        #expect(names == ["contact_to_company", "contact_to_company_unlabeled"])
        let ids = reply.json?["results"]?.elements.compactMap { $0["id"]?.string }
        #expect(ids == ["1", "279"])
        #expect(self.portal.send(.post, "/crm/v3/associations/0-1/0-2/types", "{}").status == 405)
    }

    @Test mutating func `v3 ties records by the name of the kind`() {
        let contact = self.portal.make("contacts", #""email":"a@x.invalid""#)
        let company = self.portal.make("companies", #""name":"Acme""#)
        func body(_ type: String) -> String {
            #"{"inputs":[{"from":{"id":"\#(contact)"},"to":{"id":"\#(company)"},"type":"\#(type)"}]}"#
        }
        let path = "/crm/v3/associations/contacts/companies/batch/create"
        #expect(self.portal.send(.post, path, body("nope")).status == 207)
        #expect(self.portal.send(.post, path, body("contact_to_company")).status == 201)
        let ties = self.portal.send(
            .get,
            "/crm/v4/objects/contacts/\(contact)/associations/companies"
        ).json?["results"]?[0]?["associationTypes"]
        #expect(ties?.elements.compactMap { $0["typeId"]?.integer } == [1, 279])
    }

    @Test(arguments: [
        ("communications", "tickets", 83, 84), ("communications", "contacts", 81, 82),
        ("postal_mail", "contacts", 453, 454), ("postal_mail", "tickets", 455, 456),
        ("deals", "quotes", 63, 64), ("quotes", "line_items", 67, 68),
    ])
    func `messages, letters and quotes are tied by the documented ids`(
        from: String,
        to: String,
        there: Int64,
        back: Int64
    ) {
        var portal = Portal()
        let one = portal.send(.get, "/crm/v4/associations/\(from)/\(to)/labels").json?["results"]
        #expect(one?[0]?["typeId"]?.integer == there)
        let other = portal.send(.get, "/crm/v4/associations/\(to)/\(from)/labels").json?["results"]
        #expect(other?[0]?["typeId"]?.integer == back)
    }

    @Test mutating func `letters and quotes are records like others`() {
        let letter = self.portal.make(
            "postal_mail",
            #""hs_timestamp":"2026-10-01T00:00:00Z","hs_postal_mail_body":"Dear Ada""#
        )
        let read = self.portal.send(
            .get,
            "/crm/v3/objects/0-116/\(letter)?properties=hs_postal_mail_body"
        )
        #expect(read.json?["properties"]?["hs_postal_mail_body"]?.string == "Dear Ada")
        let quote = self.portal.make("quotes", #""hs_title":"Q","hs_status":"DRAFT""#)
        #expect(self.portal.send(.get, "/crm/v3/objects/quotes/\(quote)").status == 200)
    }
}
