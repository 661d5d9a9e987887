import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// Records with more ties than one page shows.
struct TiePageTests {
    private var portal = Portal()
    private let company: String
    private let people: [String]

    init() {
        var portal = Portal()
        portal.mock.settings.tiesPageMax = 3
        portal.mock.settings.oldTiesPageMax = 2
        portal.mock.settings.inlineTiesMax = 2
        self.company = portal.make("companies", #""name":"Acme""#)
        self.people = (0..<7).map { portal.make("contacts", #""lastname":"\#($0)""#) }
        let pairs = self.people.map { [company] id in
            #"{"from":{"id":"\#(id)"},"to":{"id":"\#(company)"}}"#
        }
        let path = "/crm/v4/associations/contacts/companies/batch/associate/default"
        _ = portal.send(.post, path, #"{"inputs":[\#(pairs.joined(separator: ","))]}"#)
        self.portal = portal
    }

    /// The ids of a page, and where the next one begins.
    private mutating func page(_ after: String?) -> (ids: [String], next: JSON?) {
        let cursor = after.map { #","after":"\#($0)""# } ?? ""
        let reply = self.portal.send(
            .post,
            "/crm/v4/associations/companies/contacts/batch/read",
            #"{"inputs":[{"id":"\#(self.company)"\#(cursor)}]}"#
        )
        let result = reply.json?["results"]?[0]
        let ids = result?["to"]?.elements.compactMap { $0["toObjectId"]?.integer }
        return (ids?.map { String($0) } ?? [], result?["paging"]?["next"])
    }

    @Test mutating func `a batch read goes on where each input says`() {
        var after: String?
        var ids: [[String]] = []
        repeat {
            let page = self.page(after)
            ids.append(page.ids)
            after = page.next?["after"]?.string
        } while after != nil && ids.count < 9
        #expect(ids.map(\.count) == [3, 3, 1])
        #expect(ids.flatMap(\.self) == self.people)
    }

    @Test mutating func `v3 passes over the cursor of an input and names another address`() throws {
        let path = "/crm/v3/associations/companies/contacts/batch/read"
        let body = #"{"inputs":[{"id":"\#(self.company)","after":"\#(self.people[4])"}]}"#
        let result = self.portal.send(.post, path, body).json?["results"]?[0]
        #expect(
            result?["to"]?.elements.compactMap { $0["id"]?.string }
                == Array(self.people.prefix(2))
        )
        let link = try #require(result?["paging"]?["next"]?["link"]?.string)
        #expect(link.hasPrefix("http://127.0.0.1/"))
        let rest = self.portal.send(.get, String(link.dropFirst("http://127.0.0.1".count))).json
        #expect(
            rest?["results"]?.elements.compactMap { $0["id"]?.string }
                == Array(self.people.dropFirst(2))
        )
    }

    @Test mutating func `the ties inside a record are a page as well`() {
        let path = "/crm/v3/objects/companies/\(self.company)?associations=contacts"
        let ties = self.portal.send(.get, path).json?["associations"]?["contacts"]
        #expect(ties?["results"]?.count == 2)
        #expect(ties?["paging"]?["next"]?["after"]?.string == self.people[2])
        let other = "/crm/v3/objects/contacts/\(self.people[0])?associations=companies"
        let one = self.portal.send(.get, other).json?["associations"]?["companies"]
        #expect(one?["results"]?.count == 1)
        #expect(one?["paging"] == nil)
    }
}
