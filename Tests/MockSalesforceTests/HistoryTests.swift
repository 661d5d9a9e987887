import HTTPTransport
import Testing
import WireJSON

@testable import MockSalesforce

/// An org that runs for long remembers a bounded part of its history.
@Suite struct HistoryTests {
    private var rehearsal = Rehearsal()

    private mutating func make(_ name: String) -> String {
        self.rehearsal.send(.post, "/sobjects/Contact", #"{"LastName":"\#(name)"}"#)
            .json["id"]?.string ?? ""
    }

    private mutating func edit(_ id: String, _ phone: Int) {
        self.rehearsal.now += 1_000
        let reply = self.rehearsal.send(
            .patch,
            "/sobjects/Contact/\(id)",
            #"{"Phone":"\#(phone)"}"#
        )
        #expect(reply.status == 204)
    }

    private mutating func forget(_ count: Int) {
        self.rehearsal.mock.forgetHistory(over: count, at: self.rehearsal.now)
    }

    @Test mutating func `old changes, stamps and calls go; bill, limit and records stay`() {
        let id = self.make("Ada")
        for phone in 1...100 { self.edit(id, phone) }
        let bills = self.rehearsal.mock.bills()
        let used = self.rehearsal.mock.callsUsed(at: self.rehearsal.now)
        #expect(used == 101)
        self.forget(10)
        #expect(self.rehearsal.mock.org.changes.count == 10)
        #expect(self.rehearsal.mock.calls.count == 10)
        #expect(self.rehearsal.mock.history(of: id).count == 10)
        let table = self.rehearsal.mock.org.table("Contact") ?? 0
        #expect(self.rehearsal.mock.org.tables[table].stamps.count == 1)
        #expect(self.rehearsal.mock.bills() == bills)
        #expect(self.rehearsal.mock.callsUsed(at: self.rehearsal.now) == used)
        let query = "SELECT Phone FROM Contact WHERE SystemModstamp >= 2026-01-01T00:00:00Z"
        let rows = self.rehearsal.query(query).json["records"]
        #expect(rows?.count == 1)
        #expect(rows?[0]?["Phone"]?.string == "100")
        // A day later none of them counts any more.
        let tomorrow = self.rehearsal.now + 86_400_000
        #expect(self.rehearsal.mock.callsUsed(at: tomorrow) == 0)
    }

    @Test mutating func `a query that nothing follows keeps no cursor, and a cursor's time ends`() {
        for number in 0..<3 { _ = self.make("Ada \(number)") }
        let account = self.rehearsal.send(.post, "/sobjects/Account", #"{"Name":"Acme"}"#)
        #expect(account.status == 201)
        for _ in 0..<50 {
            let reply = self.rehearsal.query("SELECT Id, (SELECT Id FROM Contacts) FROM Account")
            #expect(reply.json["done"]?.boolean == true)
        }
        #expect(self.rehearsal.mock.cursors.count == 0)
        self.rehearsal.mock.settings.pageRowsMax = 2
        for _ in 0..<50 { _ = self.rehearsal.query("SELECT Id FROM Contact") }
        #expect(self.rehearsal.mock.cursors.count == 50)
        self.rehearsal.now += 2 * 86_400_000
        self.rehearsal.signIn()
        _ = self.rehearsal.query("SELECT Id FROM Contact")
        #expect(self.rehearsal.mock.cursors.count == 1)
    }

    @Test mutating func `a session that ended is unknown, one that lives works on`() {
        let id = self.make("Ada")
        for phone in 1...30 { self.edit(id, phone) }
        self.forget(5)
        #expect(self.rehearsal.send(.get, "/sobjects/Contact/\(id)").status == 200)
        self.rehearsal.mock.sessions.expireAll()
        for _ in 0..<30 { _ = self.rehearsal.send(.get, "/sobjects/Contact/\(id)") }
        self.rehearsal.signIn()
        for phone in 1...30 { self.edit(id, phone) }
        self.forget(5)
        #expect(self.rehearsal.send(.get, "/sobjects/Contact/\(id)").status == 200)
    }
}
