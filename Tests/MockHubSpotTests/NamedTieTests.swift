import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// Ties as v3 shows and makes them: by the names of their kinds.
struct NamedTieTests {
    private var portal = Portal()

    @Test mutating func `v3 makes, shows and takes away a tie by its kind's name`() {
        let contact = self.portal.make("contacts", #""email":"a@x.invalid""#)
        let company = self.portal.make("companies", #""name":"Acme""#)
        let base = "/crm/v3/objects/contacts/\(contact)/associations/companies"
        let made = self.portal.send(.put, "\(base)/\(company)/contact_to_company")
        #expect(made.status == 200)
        #expect(made.json?["id"]?.string == contact)
        let shown = self.portal.send(.get, base).json?["results"]?.elements ?? []
        #expect(shown.allSatisfy { $0["id"]?.string == company })
        let names = shown.compactMap { $0["type"]?.string }.sorted()
        #expect(names == ["contact_to_company", "contact_to_company_unlabeled"])
        #expect(
            self.portal.send(.delete, "\(base)/\(company)/contact_to_company").status == 204
        )
        let left = self.portal.send(.get, base).json?["results"]?.elements ?? []
        #expect(left.compactMap { $0["type"]?.string } == ["contact_to_company_unlabeled"])
    }

    @Test mutating func `a batch under v3 is read and made with names, whatever case types have`() {
        let contact = self.portal.make("contacts", #""email":"a@x.invalid""#)
        let ticket = self.portal.make("tickets", #""subject":"Help","hs_pipeline_stage":"1""#)
        let pair = #"{"from":{"id":"\#(contact)"},"to":{"id":"\#(ticket)"}"#
        let made = self.portal.send(
            .post,
            "/crm/v3/associations/Contacts/Tickets/batch/create",
            #"{"inputs":[\#(pair),"type":"contact_to_ticket"}]}"#
        )
        #expect(made.status == 201)
        let row = made.json?["results"]?[0]
        #expect(row?["from"]?["id"]?.string == contact)
        #expect(row?["to"]?["id"]?.string == ticket)
        #expect(row?["type"]?.string == "contact_to_ticket")
        let read = self.portal.send(
            .post,
            "/crm/v3/associations/Contacts/Tickets/batch/read",
            #"{"inputs":[{"id":"\#(contact)"}]}"#
        )
        let tie = read.json?["results"]?[0]?["to"]?[0]
        #expect(tie?["id"]?.string == ticket)
        #expect(tie?["type"]?.string == "contact_to_ticket")
    }

    @Test mutating func `each property of an object type is listed once`() {
        for type in ["contacts", "companies", "deals", "tickets"] {
            let reply = self.portal.send(.get, "/crm/v3/properties/\(type)")
            let names = (reply.json?["results"]?.elements ?? []).compactMap { $0["name"]?.string }
            #expect(names.count > 10)
            #expect(names.count == Set(names).count, "\(type)")
        }
    }
}
