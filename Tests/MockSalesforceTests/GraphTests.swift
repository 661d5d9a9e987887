import HTTPTransport
import MockSalesforce
import Testing
import WireJSON

@Suite struct GraphTests {
    private static func node(_ reference: String, _ url: String, _ body: String) -> String {
        #"{"method":"POST","referenceId":"\#(reference)","url":"/services/data/v62.0\#(url)","body":\#(body)}"#
    }

    private static func graph(_ id: String, _ nodes: [String]) -> String {
        #"{"graphId":"\#(id)","compositeRequest":[\#(nodes.joined(separator: ","))]}"#
    }

    @Test func `each graph is whole or nothing, all of them cost one call`() {
        var rehearsal = Rehearsal()
        let good = Self.graph(
            "good",
            [
                Self.node("a", "/sobjects/Account", #"{"Name":"Acme"}"#),
                Self.node("c", "/sobjects/Contact", #"{"LastName":"Roux","AccountId":"@{a.id}"}"#),
            ]
        )
        let bad = Self.graph(
            "bad",
            [
                Self.node("a", "/sobjects/Account", #"{"Name":"Bolt"}"#),
                Self.node("c", "/sobjects/Contact", #"{"FirstName":"Ana"}"#),
            ]
        )
        let calls = rehearsal.mock.calls.count
        let reply = rehearsal.send(.post, "/composite/graph", #"{"graphs":[\#(good),\#(bad)]}"#)
        #expect(reply.status == 200)
        let graphs = reply.json["graphs"]?.elements ?? []
        #expect(graphs.map { $0["isSuccessful"]?.boolean } == [true, false])
        let halves = graphs.last?["graphResponse"]?["compositeResponse"]?.elements ?? []
        #expect(halves.map { $0["httpStatusCode"]?.integer } == [400, 400])
        #expect(halves.first?["body"]?[0]?["errorCode"]?.string == "PROCESSING_HALTED")
        #expect(halves.last?["body"]?[0]?["errorCode"]?.string == "REQUIRED_FIELD_MISSING")
        #expect(rehearsal.column("Name", "SELECT Name FROM Account") == ["Acme"])
        #expect(rehearsal.column("LastName", "SELECT LastName FROM Contact") == ["Roux"])
        #expect(rehearsal.mock.calls[calls...].first?.cost == 1)
    }

    @Test func `after fifteen failed graphs the rest are halted`() {
        var rehearsal = Rehearsal()
        let graphs = (0..<20).map { number in
            let body = number < 15 ? "{}" : #"{"Name":"Acme"}"#
            return Self.graph("g\(number)", [Self.node("a", "/sobjects/Account", body)])
        }
        let body = #"{"graphs":[\#(graphs.joined(separator: ","))]}"#
        let reply = rehearsal.send(.post, "/composite/graph", body)
        let last = reply.json["graphs"]?[19]?["graphResponse"]?["compositeResponse"]?[0]
        #expect(last?["body"]?[0]?["errorCode"]?.string == "PROCESSING_HALTED")
        #expect(rehearsal.column("Name", "SELECT Name FROM Account").isEmpty)
    }

    @Test(arguments: [
        (#"{"graphs":[]}"#, "JSON_PARSER_ERROR"),
        (#"{"graphs":[{"graphId":"x"}]}"#, "JSON_PARSER_ERROR"),
        (
            #"{"graphs":[{"graphId":"x","compositeRequest":[{"method":"GET","referenceId":"q","#
                + #""url":"/services/data/v62.0/query?q=SELECT Id FROM Account"}]}]}"#,
            "INVALID_INPUT"
        ),
    ])
    func `a malformed graph is refused`(_ body: String, _ code: String) {
        var rehearsal = Rehearsal()
        let reply = rehearsal.send(.post, "/composite/graph", body)
        #expect(reply.status == 400)
        #expect(reply.errorCode == code)
    }

    @Test func `a tree creates parents with their children`() {
        var rehearsal = Rehearsal()
        let body = #"""
            {"records":[{"attributes":{"type":"Account","referenceId":"r1"},"Name":"Acme",
              "Contacts":{"records":[
                {"attributes":{"type":"Contact","referenceId":"r2"},"LastName":"Roux"},
                {"attributes":{"type":"Contact","referenceId":"r3"},"LastName":"Sol"}]}}]}
            """#
        let reply = rehearsal.send(.post, "/composite/tree/Account", body)
        #expect(reply.status == 201)
        #expect(reply.json["hasErrors"]?.boolean == false)
        let references = reply.json["results"]?.elements.map { $0["referenceId"]?.string }
        #expect(references == ["r1", "r2", "r3"])
        let names = rehearsal.column(
            "LastName",
            "SELECT LastName FROM Contact WHERE Account.Name = 'Acme' ORDER BY LastName"
        )
        #expect(names == ["Roux", "Sol"])
    }

    @Test func `a bad record of a tree undoes the others`() {
        var rehearsal = Rehearsal()
        let body = #"""
            {"records":[{"attributes":{"type":"Account","referenceId":"r1"},"Name":"Acme",
              "Contacts":{"records":[{"attributes":{"type":"Contact","referenceId":"r2"}}]}}]}
            """#
        let reply = rehearsal.send(.post, "/composite/tree/Account", body)
        #expect(reply.status == 400)
        #expect(reply.json["results"]?.count == 1)
        #expect(reply.json["results"]?[0]?["referenceId"]?.string == "r2")
        let error = reply.json["results"]?[0]?["errors"]?[0]
        #expect(error?["statusCode"]?.string == "REQUIRED_FIELD_MISSING")
        #expect(rehearsal.column("Name", "SELECT Name FROM Account").isEmpty)
    }

    @Test(arguments: ["/composite", "/composite/batch", "/jobs/../x"])
    func `composites do not lie in each other and odd addresses do no harm`(_ url: String) {
        var rehearsal = Rehearsal()
        for address in ["/services/data/v62.0" + url, url, "x", ""] {
            let part = #"{"method":"POST","referenceId":"a","url":"\#(address)","body":{}}"#
            let reply = rehearsal.send(.post, "/composite", #"{"compositeRequest":[\#(part)]}"#)
            #expect(reply.status == 200)
            let status = reply.json["compositeResponse"]?[0]?["httpStatusCode"]?.integer ?? 0
            #expect((400...404).contains(status))
        }
    }
}
