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

    /// What the records that anybody sees say, looked at one by one.
    private mutating func expected(_ fits: (String?) -> Bool) -> [String] {
        let all = self.found(#"{"propertyName":"hs_object_id","operator":"GTE","value":"0"}"#)
        return all.filter { fits(self.portal.mock.record($0)?["lastname"]) }
    }

    @Test mutating func `words and parts are found as the newest values have them`() throws {
        self.portal.mock.settings.indexDelay = 0
        let place = #""propertyName":"lastname""#
        for _ in 0..<8 {
            for _ in 0..<8 { try self.edit() }
            // A batch that is refused leaves no trace.
            let id = self.ids[self.random(self.ids.count)]
            let batch = #"""
                {"inputs":[{"properties":{"lastname":"Novotny"}},{"properties":{"nope":"1"}}]}
                """#
            let refused = self.portal.send(.post, "/crm/v3/objects/contacts/batch/create", batch)
            #expect(refused.status == 400)
            let update = #"{"inputs":[{"id":"\#(id)","properties":{"lastname":"Ovid","no":"1"}}]}"#
            _ = self.portal.send(.post, "/crm/v3/objects/contacts/batch/update", update)
            let part = self.found(#"{\#(place),"operator":"CONTAINS_TOKEN","value":"*OV*"}"#)
            let partWanted = self.expected { $0?.lowercased().contains("ov") ?? false }
            #expect(part == partWanted)
            let rest = self.found(#"{\#(place),"operator":"NOT_CONTAINS_TOKEN","value":"*OV*"}"#)
            let restWanted = self.expected { !($0?.lowercased().contains("ov") ?? false) }
            #expect(rest == restWanted)
            let known = self.found(#"{\#(place),"operator":"HAS_PROPERTY"}"#)
            let knownWanted = self.expected { $0 != nil }
            #expect(known == knownWanted)
            let other = self.found(#"{\#(place),"operator":"NEQ","value":"ada"}"#)
            let otherWanted = self.expected { $0?.lowercased() != "ada" }
            #expect(other == otherWanted)
            let body = #"{"query":"NOVÁ","limit":200}"#
            let reply = self.portal.send(.post, "/crm/v3/objects/contacts/search", body).json
            let named = reply?["results"]?.elements.compactMap { $0["id"]?.string } ?? []
            let wanted = self.expected { $0?.lowercased().contains("nová") ?? false }
            #expect(named == Array(wanted.prefix(200)))
            #expect(reply?["total"]?.integer == Int64(wanted.count))
        }
    }

    @Test mutating func `a page of few stands in the order of all`() {
        for sort in [#""lastname""#, #""-lastname""#, #""-createdate""#, #""email""#] {
            func page(_ limit: Int, after: Int) -> [String] {
                let body = #"{"limit":\#(limit),"after":\#(after),"sorts":[\#(sort)]}"#
                let reply = self.portal.send(.post, "/crm/v3/objects/contacts/search", body)
                return reply.json?["results"]?.elements.compactMap { $0["id"]?.string } ?? []
            }
            // Two hundred of four hundred are sorted among all, ten are picked.
            self.portal.now += 10_000
            let whole = page(200, after: 0) + page(200, after: 200)
            #expect(Set(whole).count == 400)
            let picked = [0, 10, 20, 30].flatMap { page(10, after: $0) }
            #expect(picked == Array(whole.prefix(40)), "\(sort)")
        }
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
