import HTTPTransport
import WireJSON
import MockSalesforce
import Testing

@Suite struct CompositeTests {
    private static func part(
        _ reference: String,
        _ method: String,
        _ path: String,
        _ body: String? = nil
    ) -> String {
        let tail = body.map { #","body":\#($0)"# } ?? ""
        return #"{"method":"\#(method)","url":"/services/data/v62.0\#(path)","#
            + #""referenceId":"\#(reference)"\#(tail)}"#
    }

    private static func composite(_ parts: [String], allOrNone: Bool = false) -> String {
        #"{"allOrNone":\#(allOrNone),"collateSubrequests":false,"#
            + #""compositeRequest":[\#(parts.joined(separator: ","))]}"#
    }

    private static func statuses(_ answer: Answer) -> [Int64?] {
        answer.json["compositeResponse"]?.elements.map { $0["httpStatusCode"]?.integer } ?? []
    }

    @Test func `parts run in order, see each other's ids and cost one call`() {
        var rehearsal = Rehearsal()
        let reply = rehearsal.send(
            .post,
            "/composite",
            Self.composite([
                Self.part("a1", "POST", "/sobjects/Account", #"{"Name":"Acme"}"#),
                Self.part(
                    "c1",
                    "POST",
                    "/sobjects/Contact",
                    #"{"LastName":"Roux","AccountId":"@{a1.id}"}"#
                ),
                Self.part("q1", "GET", "/queryAll?q=SELECT Account.Name FROM Contact"),
            ])
        )
        #expect(reply.status == 200)
        #expect(Self.statuses(reply) == [201, 201, 200])
        let row = reply.json["compositeResponse"]?[2]?["body"]?["records"]?[0]
        #expect(row?["Account"]?["Name"]?.string == "Acme")
        #expect(reply.header("Sforce-Limit-Info") == "api-usage=1/100000")
    }

    @Test func `a dependent of a failed part is halted, the others are not`() {
        var rehearsal = Rehearsal()
        let reply = rehearsal.send(
            .post,
            "/composite",
            Self.composite([
                Self.part("a1", "POST", "/sobjects/Account", "{}"),
                Self.part(
                    "c1",
                    "POST",
                    "/sobjects/Contact",
                    #"{"LastName":"R","AccountId":"@{a1.id}"}"#
                ),
                Self.part("c2", "POST", "/sobjects/Contact", #"{"LastName":"S"}"#),
            ])
        )
        #expect(Self.statuses(reply) == [400, 400, 201])
        let halted = reply.json["compositeResponse"]?[1]?["body"]?[0]
        #expect(halted?["errorCode"]?.string == "PROCESSING_HALTED")
        #expect(
            halted?["message"]?.string
                == "Invalid reference specified. No value for a1.id found in a1"
        )
    }

    @Test func `all or none rolls everything back and overrides inner Collections`() {
        var rehearsal = Rehearsal()
        let rows =
            #"{"allOrNone":false,"records":[{"attributes":{"type":"Contact"},"LastName":"A"},"#
            + #"{"attributes":{"type":"Contact"}}]}"#
        let reply = rehearsal.send(
            .post,
            "/composite",
            Self.composite(
                [
                    Self.part("a1", "POST", "/sobjects/Account", #"{"Name":"Acme"}"#),
                    Self.part("c1", "POST", "/composite/sobjects", rows),
                ],
                allOrNone: true
            )
        )
        let bodies = reply.json["compositeResponse"]?.elements.compactMap { $0["body"] } ?? []
        #expect(bodies[0][0]?["errorCode"]?.string == "PROCESSING_HALTED")
        #expect(
            bodies[1].elements.map { $0["errors"]?[0]?["statusCode"]?.string }
                == ["ALL_OR_NONE_OPERATION_ROLLED_BACK", "REQUIRED_FIELD_MISSING"]
        )
        #expect(rehearsal.mock.export(object: "Account").isEmpty)
        #expect(rehearsal.mock.export(object: "Contact").isEmpty)
    }

    @Test func `the limits of 25 parts and 5 queries hold`() {
        var rehearsal = Rehearsal()
        let limits = (0..<26).map { Self.part("r\($0)", "GET", "/limits") }
        let queries = (0..<6).map { Self.part("r\($0)", "GET", "/query?q=SELECT Id FROM Lead") }
        let twice = [Self.part("r", "GET", "/limits"), Self.part("r", "GET", "/limits")]
        for parts in [limits, queries, twice] {
            #expect(rehearsal.send(.post, "/composite", Self.composite(parts)).status == 400)
        }
        #expect(
            rehearsal.send(.post, "/composite", Self.composite(Array(queries.prefix(5)))).status
                == 200
        )
    }

    @Test func `an unchanged describe inside is a null body`() {
        var rehearsal = Rehearsal()
        let part =
            #"{"method":"GET","url":"/services/data/v62.0/sobjects/Lead/describe","#
            + #""referenceId":"d","httpHeaders":{"If-Modified-Since":"#
            + #""Thu, 01 Jan 2026 00:00:00 GMT"}}"#
        let reply = rehearsal.send(.post, "/composite", Self.composite([part]))
        #expect(Self.statuses(reply) == [304])
        #expect(reply.json["compositeResponse"]?[0]?["body"]?.isNull == true)
    }

    @Test func `a batch is billed for every part`() {
        var rehearsal = Rehearsal()
        let reply = rehearsal.send(
            .post,
            "/composite/batch",
            #"{"batchRequests":[{"method":"GET","url":"v62.0/limits"},"#
                + #"{"method":"GET","url":"v62.0/sobjects/Nope"}]}"#
        )
        #expect(reply.json["hasErrors"]?.boolean == true)
        #expect(
            reply.json["results"]?.elements.map { $0["statusCode"]?.integer } == [200, 404]
        )
        #expect(reply.header("Sforce-Limit-Info") == "api-usage=2/100000")
    }
}
