import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// Queries, operators and conditions on associations.
struct SearchTests {
    private var portal = Portal()

    private mutating func found(_ object: String, _ body: String) -> [String] {
        self.portal.now += 10_000
        let reply = self.portal.send(.post, "/crm/v3/objects/\(object)/search", body)
        return reply.json?["results"]?.elements.compactMap { $0["id"]?.string } ?? ["failed"]
    }

    private func filter(_ property: String, _ rest: String) -> String {
        #"{"filterGroups":[{"filters":[{"propertyName":"\#(property)",\#(rest)}]}]}"#
    }

    @Test(arguments: [
        ("ada", ["a", "c"]), ("ADA example", ["a"]), ("love", ["a"]), ("ada nobody", []),
        ("oslo", []), ("  ", ["a", "b", "c"]),
    ])
    mutating func `every word of a query stands in what may be searched`(
        query: String,
        expected: [String]
    ) {
        var names: [String: String] = [:]
        for (name, fields) in [
            ("a", #""firstname":"Ada","lastname":"Lovelace","email":"ada@example.com""#),
            ("b", #""firstname":"Bob","city":"Oslo""#), ("c", #""company":"Adamant""#),
        ] {
            // Contacts need one of three properties.
            let id = self.portal.make("contacts", fields + (name == "c" ? #","lastname":"C""# : ""))
            names[id] = name
        }
        let hits = self.found("contacts", #"{"query":"\#(query)"}"#)
        #expect(hits.map { names[$0] ?? $0 } == expected)
    }

    @Test mutating func `a custom object type names what may be searched`() {
        let schema = #"""
            {"name":"car","labels":{"singular":"Car","plural":"Cars"},"primaryDisplayProperty":"model",
            "searchableProperties":["maker"],"properties":[
            {"name":"model","label":"M","type":"string","fieldType":"text"},
            {"name":"maker","label":"M","type":"string","fieldType":"text"}]}
            """#
        _ = self.portal.send(.post, "/crm/v3/schemas", schema)
        let car = self.portal.make("car", #""model":"T","maker":"Ford""#)
        #expect(self.found("car", #"{"query":"ford"}"#) == [car])
        #expect(self.found("car", #"{"query":"T"}"#) == [])
    }

    @Test(arguments: [
        ("closedate", #""operator":"GT","value":"1767225600000""#, ["late"]),
        ("closedate", #""operator":"LTE","value":"2026-01-01""#, ["early"]),
        (
            "closedate",
            #""operator":"BETWEEN","value":"2026-01-01","highValue":"2026-12-31""#,
            ["early", "late"]
        ),
        ("closedate", #""operator":"LT","value":"2026-06-01""#, ["early"]),
        ("closedate", #""operator":"GTE","value":"2026-06-01""#, ["late"]),
        ("closedate", #""operator":"EQ","value":"2026-01-01T00:00:00Z""#, ["early"]),
        ("closedate", #""operator":"NEQ","value":"2026-01-01""#, ["late", "none"]),
        ("closedate", #""operator":"NOT_HAS_PROPERTY""#, ["none"]),
        ("dealname", #""operator":"NOT_CONTAINS_TOKEN","value":"*at*""#, ["early", "none"]),
        ("dealname", #""operator":"CONTAINS_TOKEN","value":"la*""#, ["late"]),
        ("dealname", #""operator":"NOT_IN","values":["late","none"]"#, ["early"]),
        ("createdate", #""operator":"HAS_PROPERTY""#, ["early", "late", "none"]),
    ])
    mutating func `operators compare by the property's kind`(
        property: String,
        rest: String,
        expected: [String]
    ) {
        var names: [String: String] = [:]
        for (name, date) in [("early", "2026-01-01"), ("late", "2026-06-01"), ("none", "")] {
            let fields = #""dealname":"\#(name)","dealstage":"contractsent","closedate":"\#(date)""#
            let id = self.portal.make("deals", fields)
            names[id] = name
        }
        let hits = self.found("deals", self.filter(property, rest))
        #expect(hits.map { names[$0] ?? $0 } == expected)
    }

    @Test(arguments: ["lastmodifieddate", "createdate"])
    mutating func `a sort by a stamp is by time, also where a stamp has whole seconds`(
        property: String
    ) {
        var ids: [String] = []
        for pause: Int64 in [0, 1, 499, 500, 1] {
            self.portal.now += pause
            ids.append(self.portal.make("contacts", #""lastname":"L""#))
        }
        #expect(self.portal.now % 1_000 == 1)
        let up = #"{"sorts":[{"propertyName":"\#(property)"}]}"#
        #expect(self.found("contacts", up) == ids)
        let down = #"{"sorts":["-\#(property)"]}"#
        #expect(self.found("contacts", down) == ids.reversed())
    }

    @Test mutating func `ids are found in lists of ids`() {
        let ids = ["A", "B", "C"].map { self.portal.make("companies", #""name":"\#($0)""#) }
        let wanted = #""operator":"IN","values":["\#(ids[0])","\#(ids[2])"]"#
        let hits = self.found("companies", self.filter("hs_object_id", wanted))
        #expect(hits == [ids[0], ids[2]])
    }

    @Test mutating func `records are found by what they are tied to`() {
        let people = ["a", "b"].map { self.portal.make("contacts", #""lastname":"\#($0)""#) }
        let company = self.portal.make("companies", #""name":"Acme""#)
        let tie = "/crm/v4/objects/contacts/\(people[0])/associations/default/companies/\(company)"
        #expect(self.portal.send(.put, tie).status == 200)
        func hits(_ rest: String) -> String { self.filter("associations.company", rest) }
        #expect(
            self.found("contacts", hits(#""operator":"EQ","value":"\#(company)""#)) == [people[0]]
        )
        #expect(
            self.found("contacts", hits(#""operator":"NEQ","value":"\#(company)""#)) == [people[1]]
        )
        let list = #""operator":"IN","values":["1","\#(company)"]"#
        #expect(self.found("contacts", hits(list)) == [people[0]])
        #expect(self.found("contacts", hits(#""operator":"NOT_HAS_PROPERTY""#)) == [people[1]])
        let back = self.filter("associations.contact", #""operator":"EQ","value":"\#(people[0])""#)
        #expect(self.found("companies", back) == [company])
        let unknown = self.filter("associations.moon", #""operator":"EQ","value":"1""#)
        let refused = self.portal.send(.post, "/crm/v3/objects/contacts/search", unknown)
        #expect(refused.status == 400)
    }

    @Test mutating func `an operator that no search knows is named with its place`() {
        let body = self.filter("city", #""operator":"LIKE","value":"x""#)
        let reply = self.portal.send(.post, "/crm/v3/objects/contacts/search", body)
        #expect(reply.status == 400)
        let message = reply.json?["message"]?.string ?? ""
        let place = (body.firstRange(of: #""LIKE""#)?.lowerBound).map {
            body.distance(from: body.startIndex, to: $0) + 1
        }
        #expect(message.hasPrefix("Invalid input JSON on line 1, column \(place ?? 0): "))
        #expect(message.contains(#"from String "LIKE": not one of the values accepted"#))
        let none = self.filter("city", #""value":"x""#)
        #expect(self.portal.send(.post, "/crm/v3/objects/contacts/search", none).status == 400)
    }
}
