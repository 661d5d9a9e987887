import HTTPTransport
import Testing
import WireJSON

@testable import MockHubSpot

/// A portal that runs for long remembers a bounded part of its history.
struct HistoryTests {
    private var portal = Portal()

    private mutating func edit(_ id: String, _ phone: Int) {
        self.portal.now += 1_000
        let body = #"{"properties":{"phone":"\#(phone)"}}"#
        #expect(self.portal.send(.patch, "/crm/v3/objects/contacts/\(id)", body).status == 200)
    }

    private mutating func forget(_ count: Int) {
        self.portal.mock.forgetHistory(over: count, at: self.portal.now)
    }

    @Test mutating func `old versions go, what is there now and what is new stay`() {
        let id = self.portal.make("contacts", #""email":"ada@x.test","phone":"0""#)
        let quiet = self.portal.make("contacts", #""email":"ben@x.test""#)
        for phone in 1...100 { self.edit(id, phone) }
        self.forget(60)
        #expect(self.portal.mock.tables[0].commits.count == 102, "not twice as many yet")
        self.forget(10)
        let table = self.portal.mock.tables[0]
        #expect(table.commits.count == 10)
        #expect(table.commitCount == 102)
        #expect(table.rows.map(\.versions.count) == [10, 1])
        let path = "/crm/v3/objects/contacts/\(id)?properties=phone&propertiesWithHistory=phone"
        let json = self.portal.send(.get, path).json
        #expect(json?["properties"]?["phone"]?.string == "100")
        #expect(json?["propertiesWithHistory"]?["phone"]?.count == 10)
        #expect(self.portal.send(.get, "/crm/v3/objects/contacts/\(quiet)").status == 200)
    }

    @Test
    mutating func `the values of a property come newest first, each with its time and author`() {
        let id = self.portal.make("contacts", #""email":"ada@x.test","phone":"0""#)
        let start = self.portal.now
        for phone in 1...60 { self.edit(id, phone) }
        let path = "/crm/v3/objects/contacts/\(id)?propertiesWithHistory=phone,email,city"
        let history = self.portal.send(.get, path).json?["propertiesWithHistory"]
        #expect(history?["phone"]?.count == 45, "no more than that are shown")
        #expect(history?["phone"]?[0]?["value"]?.string == "60")
        #expect(history?["phone"]?[44]?["value"]?.string == "16")
        #expect(
            history?["phone"]?[1]?["timestamp"]?.string == ServerTime.iso(self.portal.now - 1_000)
        )
        #expect(history?["phone"]?[0]?["sourceType"]?.string == "INTEGRATION")
        #expect(history?["email"]?.count == 1)
        #expect(history?["email"]?[0]?["timestamp"]?.string == ServerTime.iso(start))
        #expect(history?["city"]?.count == 0)
        self.forget(3)
        let later = self.portal.send(.get, path).json?["propertiesWithHistory"]
        #expect(later?["phone"]?.count == 3)
        #expect(later?["email"]?[0]?["timestamp"]?.string == ServerTime.iso(start))
    }

    @Test mutating func `a search sees what its index had, however much is forgotten`() {
        self.portal.mock.settings.indexDelay = 8_000
        let id = self.portal.make("contacts", #""email":"ada@x.test","phone":"0""#)
        self.portal.now += 60_000
        for phone in 1...30 { self.edit(id, phone) }
        let body = #"{"properties":["phone"],"limit":10}"#
        func shown(_ portal: inout Portal) -> String? {
            portal.send(.post, "/crm/v3/objects/contacts/search", body)
                .json?["results"]?[0]?["properties"]?["phone"]?.string
        }
        let before = shown(&self.portal)
        #expect(before == "22")
        self.forget(9)
        #expect(shown(&self.portal) == before)
    }

    @Test mutating func `webhooks are told of each change, also after some were forgotten`() throws
    {
        let settings =
            #"{"targetUrl":"https://app.example.com/h","throttling":{"maxConcurrentRequests":5}}"#
        let path = "/webhooks/v3/1160453"
        _ = self.portal.asDeveloper(.put, path + "/settings", settings)
        let wish = #"{"eventType":"contact.propertyChange","active":true,"propertyName":"phone"}"#
        #expect(self.portal.asDeveloper(.post, path + "/subscriptions", wish).status == 201)
        let id = self.portal.make("contacts", #""email":"ada@x.test""#)
        var told: [String] = []
        for phone in 1...40 {
            self.edit(id, phone)
            self.forget(5)
            for delivery in self.portal.mock.dueDeliveries(at: self.portal.now) {
                told += try JSON(parsing: delivery.request.body).elements.compactMap {
                    $0["propertyValue"]?.string
                }
                self.portal.mock.delivered(delivery.id, status: 200, at: self.portal.now)
            }
        }
        #expect(told.sorted() == (1...40).map { String($0) }.sorted())
        #expect(self.portal.mock.tables[0].commits.count <= 10)
    }
}
