import Foundation
import HTTPTransport
import Testing

@Suite(.timeLimit(.minutes(10)))
struct ExchangeTests {
    @Test(arguments: [
        (HTTPMethod.get, ""), (.delete, ""), (.delete, "{}"), (.post, ""), (.post, "{\"a\":1}"),
        (.put, "x"), (.put, ""), (.patch, "é\r\n\r\n\0"), (.patch, ""),
    ])
    func `method, address and body arrive as given`(method: HTTPMethod, body: String) async throws {
        try await Rig.run { server, transport in
            let request = HTTPRequest(
                method: method,
                url: server.url("/a%20b/c?q=x%26y&r="),
                body: Array(body.utf8)
            )
            let response = try await transport.send(request)
            #expect(response.status == 200)
            #expect(server.requests.map(\.method) == [method.rawValue])
            #expect(server.requests.map(\.target) == ["/a%20b/c?q=x%26y&r="])
            #expect(server.requests.map(\.body) == [Array(body.utf8)])
        }
    }

    @Test func `headers arrive as given, repeated and empty ones too`() async throws {
        let headers = [
            HTTPHeader("Authorization", "Bearer a:b;c"), HTTPHeader("X-Twice", "first"),
            HTTPHeader("x-twice", "second"), HTTPHeader("X-Empty", ""),
            HTTPHeader("Content-Type", "application/json"),
        ]
        try await Rig.run { server, transport in
            _ = try await transport.send(
                HTTPRequest(method: .post, url: server.url(), headers: headers, body: [0x31])
            )
            let received = try #require(server.requests.first)
            #expect(received.values("Authorization") == ["Bearer a:b;c"])
            #expect(received.values("X-Twice") == ["first", "second"])
            #expect(received.values("X-Empty") == [""])
            #expect(received.values("Content-Type") == ["application/json"])
            let added = Set(received.headers.map { $0.name.lowercased() })
                .subtracting(headers.map { $0.name.lowercased() })
            #expect(added == ["host", "accept", "accept-encoding", "content-length"])
        }
    }

    @Test(arguments: ["a\r\nX-Evil: 1", "a\nX-Evil: 1", "a\r", "token\n", "a\0b"])
    func `a header with a line break is refused before anything is sent`(
        value: String
    ) async throws {
        try await Rig.run { server, transport in
            for header in [HTTPHeader("X-A", value), HTTPHeader(value, "x")] {
                let error = await Rig.failure(
                    transport,
                    HTTPRequest(method: .get, url: server.url(), headers: [header])
                )
                #expect(error?.reach == .notSent)
                #expect(error?.message.contains("Evil") == false)
            }
            #expect(server.requests.isEmpty)
        }
    }

    @Test(arguments: [200, 201, 207, 302, 304, 400, 401, 404, 429, 500, 503])
    func `status, headers and body come back, whatever the status`(status: Int) async throws {
        let body = Array((status == 304 ? "" : "{\"é\":1}").utf8)
        let headers = [
            "X-One:  spaced \t", "Set-Cookie: a=1", "set-cookie: b=2", "X-Empty:",
            "Location: http://127.0.0.1:1/elsewhere",
        ]
        try await Rig.run { _ in
            .ok(body, headers: headers, status: status)
        } _: { server, transport in
            let response = try await transport.send(HTTPRequest(method: .get, url: server.url()))
            #expect(response.status == status)
            #expect(response.body == body)
            #expect(
                response.headers == [
                    HTTPHeader("Content-Length", "\(body.count)"), HTTPHeader("X-One", "spaced"),
                    HTTPHeader("Set-Cookie", "a=1"), HTTPHeader("set-cookie", "b=2"),
                    HTTPHeader("X-Empty", ""),
                    HTTPHeader("Location", "http://127.0.0.1:1/elsewhere"),
                ]
            )
            #expect(server.requests.count == 1)
        }
    }

    /// A reply on the wire, and the body and the header `X-A` that it means.
    private static let replies: [(name: String, wire: String, body: String, header: String?)] = [
        ("no content", "HTTP/1.1 204 No Content\r\nX-A: 1\r\n\r\n", "", "1"),
        ("an empty body", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "", nil),
        (
            "a body in chunks",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
            "abcde", nil
        ),
        (
            "hints before the reply",
            "HTTP/1.1 103 Early Hints\r\nX-A: 0\r\n\r\n"
                + "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nX-A: 1\r\n\r\nz",
            "z", "1"
        ),
        ("no reason", "HTTP/1.1 200\r\nContent-Length: 1\r\nx-a: 2\r\n\r\nz", "z", "2"),
    ]

    @Test(arguments: ExchangeTests.replies.indices)
    func `every form of a reply is read`(index: Int) async throws {
        let row = Self.replies[index]
        try await Rig.run { _ in
            .text(row.wire)
        } _: { server, transport in
            let response = try await transport.send(HTTPRequest(method: .get, url: server.url()))
            #expect(response.body == Array(row.body.utf8), "\(row.name)")
            #expect(response.header("X-A") == row.header, "\(row.name)")
        }
    }

    @Test func `a body without a length ends with the connection`() async throws {
        try await Rig.run { _ in
            .bytesThenClose(Array("HTTP/1.1 200 OK\r\n\r\nall of it".utf8))
        } _: { server, transport in
            let response = try await transport.send(HTTPRequest(method: .get, url: server.url()))
            #expect(response.body == Array("all of it".utf8))
        }
    }

    @Test func `two megabytes go out and come back whole`() async throws {
        let large = (0..<(2 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        try await Rig.run {
            .ok($0.body)
        } _: { server, transport in
            let response = try await transport.send(
                HTTPRequest(method: .post, url: server.url(), body: large)
            )
            #expect(server.requests.first?.body == large)
            #expect(response.body == large)
            // It would cost a round trip, or a second where the server does not know it.
            #expect(server.requests.first?.values("Expect") == [])
        }
    }

    @Test func `a compressed reply is unpacked`() async throws {
        let packed = try #require(
            Data(
                base64Encoded: "H4sIAAAAAAACA6tWykvMTVWyUorKP7xaqRYAop+Rpg8AAAA="
            )
        )
        try await Rig.run { _ in
            .ok(Array(packed), headers: ["Content-Encoding: gzip"])
        } _: { server, transport in
            let response = try await transport.send(HTTPRequest(method: .get, url: server.url()))
            #expect(response.body == Array("{\"name\":\"Zoë\"}".utf8))
            let accepted = server.requests.first?.values("Accept-Encoding").first
            #expect(accepted?.contains("gzip") == true)
        }
    }

    @Test func `requests one after another share one connection`() async throws {
        try await Rig.run {
            .ok(Array($0.target.utf8))
        } _: { server, transport in
            for number in 1...20 {
                let method: HTTPMethod = number % 2 == 0 ? .get : .post
                let response = try await transport.send(
                    HTTPRequest(method: method, url: server.url("/\(number)"))
                )
                #expect(response.body == Array("/\(number)".utf8))
            }
            #expect(server.acceptCount == 1)
            // Nothing of a request is left for the next one.
            let methods = (1...20).map { $0 % 2 == 0 ? "GET" : "POST" }
            #expect(server.requests.map(\.method) == methods)
        }
    }

    @Test func `requests at once keep to the limit of connections and are not mixed up`()
        async throws
    {
        var settings = CurlSettings()
        settings.inFlightMax = 2
        try await Rig.run(settings) {
            .ok(Array($0.target.utf8))
        } _: { server, transport in
            let bodies = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<30 {
                    let request = HTTPRequest(method: .get, url: server.url("/\(number)"))
                    group.addTask {
                        try await transport.send(request).body == Array("/\(number)".utf8)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(bodies.count == 30)
            #expect(bodies.allSatisfy { $0 })
            #expect(server.requests.count == 30)
            #expect(server.acceptCount <= 2)
        }
    }
}
