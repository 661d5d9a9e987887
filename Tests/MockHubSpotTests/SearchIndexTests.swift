import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// Searches that look records up find what those find that look at every record.
struct SearchIndexTests {
    private var portal = Portal()
    private var ids: [String] = []
    private var state: UInt64 = 7

    init() throws {
        self.portal.mock.setLimits(
            burst: 1_000_000,
            daily: 1_000_000,
            searchesPerSecond: 1_000_000
        )
        for number in 0..<400 {
            let id = try self.portal.mock.seed(
                fields: [("lastname", self.name()), ("email", "p\(number)@example.com")],
                at: self.portal.now
            )
            self.ids.append(id)
            self.portal.now += 37
        }
    }

    private mutating func random(_ count: Int) -> Int {
        self.state = self.state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(self.state >> 33) % count
    }

    private mutating func name() -> String { ["Novák", "NOVÁK", "Ada", "Bob", ""][self.random(5)] }

    /// Every hit of one condition, page by page, in the order of the answer.
    private mutating func found(_ condition: String, sort: String = "") -> [String] {
        var found: [String] = []
        var after = 0
        while true {
            let body = """
                {"filterGroups":[{"filters":[\(condition)]}],"limit":100,"after":\(after)\(sort)}
                """
            let reply = self.portal.send(.post, "/crm/v3/objects/contacts/search", body)
            found += reply.json?["results"]?.elements.compactMap { $0["id"]?.string } ?? ["failed"]
            guard let next = reply.json?["paging"]?["next"]?["after"]?.string.flatMap({ Int($0) })
            else { return found }
            after = next
        }
    }

    private mutating func edit() throws {
        let id = self.ids[self.random(self.ids.count)]
        self.portal.now += Int64(self.random(900))
        switch self.random(8) {
        case 0: try? self.portal.mock.archive(id, at: self.portal.now)
        case 1: try? self.portal.mock.restore(id, at: self.portal.now)
        case 2:
            let other = self.ids[self.random(self.ids.count)]
            guard id != other else { return }
            _ = try? self.portal.mock.merge(id, with: other, at: self.portal.now)
        case 3: try self.portal.mock.setVisible(id, object: "contacts", self.random(3) > 0)
        default:
            let name = self.name()
            try? self.portal.mock.edit(id, fields: [("lastname", name)], at: self.portal.now)
        }
    }

    @Test(arguments: [0, 5_000])
    mutating func `a look-up finds what its opposite leaves`(delay: Int64) throws {
        self.portal.mock.settings.indexDelay = delay
        var known = 0
        for _ in 0..<60 {
            for _ in 0..<4 { try self.edit() }
            let all = self.found(#"{"propertyName":"hs_object_id","operator":"GTE","value":"0"}"#)
            let place = #""propertyName":"lastname""#
            for (one, other, rest) in [
                ("EQ", "NEQ", #""value":"novák""#), ("IN", "NOT_IN", #""values":["novák","bob"]"#),
            ] {
                let hits = self.found(#"{\#(place),"operator":"\#(one)",\#(rest)}"#)
                let others = self.found(#"{\#(place),"operator":"\#(other)",\#(rest)}"#)
                #expect(hits == all.filter { !others.contains($0) })
                known += hits.count
            }
        }
        #expect(known > 1_000)
    }

    @Test mutating func `records after an id are the rest of all`() {
        let all = self.found(#"{"propertyName":"hs_object_id","operator":"GTE","value":"0"}"#)
        let middle = all[150]
        let rest = self.found(
            #"{"propertyName":"hs_object_id","operator":"GT","value":"\#(middle)"}"#
        )
        #expect(rest == Array(all.dropFirst(151)))
        let one = #"{"propertyName":"hs_object_id","operator":"EQ","value":"\#(middle)"}"#
        #expect(self.found(one) == [middle])
    }

    @Test mutating func `a list goes on at an id that is there no longer`() throws {
        let all = self.portal.send(.get, "/crm/v3/objects/contacts?limit=100")
        let next = try #require(all.json?["paging"]?["next"]?["after"]?.string)
        #expect(next == self.ids[100])
        try self.portal.mock.archive(next, at: self.portal.now)
        let page = self.portal.send(.get, "/crm/v3/objects/contacts?limit=100&after=\(next)")
        #expect(page.json?["results"]?[0]?["id"]?.string == self.ids[101])
        #expect(page.json?["results"]?.count == 100)
    }
}
