import ConnectorTestKit
import Foundation
import HTTPTransport
import Testing

@Suite(.timeLimit(.minutes(10)))
struct FailureTests {
    private static let head = "HTTP/1.1 200 OK\r\n"

    /// What a server does after it has read the request.
    private static let misdeeds: [(name: String, reply: ScriptedReply, code: TransportError.Code)] =
        [
            ("closes", .bytesThenClose([]), .connectionLost),
            ("goes away", .goAway, .connectionLost),
            (
                "cuts the body off",
                .bytesThenClose(Array("\(Self.head)Content-Length: 9\r\n\r\nabc".utf8)),
                .connectionLost
            ),
            (
                "cuts a chunk off",
                .bytesThenClose(
                    Array("\(Self.head)Transfer-Encoding: chunked\r\n\r\n9\r\nabc".utf8)
                ),
                .connectionLost
            ),
            ("cuts the head off", .bytesThenClose(Array("HTTP/1.1 2".utf8)), .connectionLost),
            (
                "speaks no HTTP", .bytesThenClose(Array("SSH-2.0-x\r\nhello\r\n".utf8)),
                .connectionLost
            ),
            (
                "sends what is no gzip",
                .ok(Array("plain".utf8), headers: ["Content-Encoding: gzip"]),
                .connectionLost
            ),
            (
                "sends an encoding that nobody asked for",
                .ok(Array("plain".utf8), headers: ["Content-Encoding: rot13"]),
                .connectionLost
            ),
            ("never answers", .silence, .timedOut),
            (
                "stops in the middle",
                .text("\(Self.head)Content-Length: 9\r\n\r\nabc"),
                .timedOut
            ),
        ]

    @Test(arguments: FailureTests.misdeeds.indices)
    func `after a request was read every failure says that it may have arrived`(
        index: Int
    ) async throws {
        let row = Self.misdeeds[index]
        var settings = CurlSettings()
        settings.totalTimeout =
            row.code == .timedOut ? try await LoopbackPatience.milliseconds() : 120_000
        for isReused in [false, true] {
            try await Rig.run(settings) {
                $0.target == "/first" ? .ok() : row.reply
            } _: { server, transport in
                if isReused {
                    let first = HTTPRequest(method: .get, url: server.url("/first"))
                    _ = try await transport.send(first)
                }
                let request = HTTPRequest(method: .post, url: server.url("/write"), body: [0x31])
                let error = await Rig.failure(transport, request)
                #expect(error?.code == row.code, "\(row.name), reused: \(isReused)")
                #expect(error?.reach == .maybeSent, "\(row.name), reused: \(isReused)")
                // No resend: decision 0006.
                let writes = server.requests.filter { $0.target == "/write" }
                #expect(writes.count == 1, "\(row.name), reused: \(isReused)")
            }
        }
    }

    @Test func `a refused connection proves that nothing was sent`() async throws {
        let refusing = try ScriptedServer.bind()
        defer { close(refusing.socket) }
        try await Rig.run { _, transport in
            let url = "http://127.0.0.1:\(refusing.port)/"
            let error = await Rig.failure(transport, HTTPRequest(method: .post, url: url))
            #expect(
                error
                    == TransportError(
                        code: .cannotConnect,
                        reach: .notSent,
                        message: "127.0.0.1 refused the connection or did not answer."
                    )
            )
        }
    }

    @Test func `a failure leaves the transport fit for the next request`() async throws {
        try await Rig.run {
            $0.target == "/bad" ? .bytesThenClose([]) : .ok([0x31])
        } _: { server, transport in
            for _ in 1...3 {
                let bad = HTTPRequest(method: .post, url: server.url("/bad"))
                #expect(await Rig.failure(transport, bad)?.code == .connectionLost)
                let good = HTTPRequest(method: .get, url: server.url("/good"))
                let response = try await transport.send(good)
                #expect(response.body == [0x31])
            }
            #expect(server.requests.count == 6)
        }
    }

    @Test(arguments: [
        ("one byte under", 1_001, false, true), ("just as large", 1_000, false, true),
        ("one byte over", 999, false, false),
        ("small, but large once unpacked", 1_000, true, false),
    ])
    func `a reply larger than the limit is refused`(
        _: String,
        replyMax: Int,
        isPacked: Bool,
        isTaken: Bool
    ) async throws {
        let bomb = try #require(
            Data(
                base64Encoded: Self.packedZeros
            )
        )
        #expect(bomb.count < 1_000)
        var settings = CurlSettings()
        settings.replyMax = replyMax
        try await Rig.run(settings) { _ in
            isPacked
                ? .ok(Array(bomb), headers: ["Content-Encoding: gzip"])
                : .ok([UInt8](repeating: 0x30, count: 1_000))
        } _: { server, transport in
            let request = HTTPRequest(method: .get, url: server.url())
            let error = await Rig.failure(transport, request)
            #expect((error == nil) == isTaken)
            guard !isTaken else { return }
            #expect(error?.code == .replyTooLarge)
            #expect(error?.reach == .maybeSent)
            #expect(error?.message == "127.0.0.1 sent too large a reply.")
        }
    }

    /// A hundred thousand zeros by gzip.
    private static let packedZeros = """
        H4sIAAAAAAACA+3BMQEAAADCoErrn84aHkABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAArwaFwk3FoIYBAA==
        """

    @Test(arguments: [
        "", "nonsense", "/path", "http://", "http:///x", "ftp://127.0.0.1/", "file:///etc/passwd",
        "http://crm.example/", "HTTP://crm.example/", "http://127.evil.example/",
        "http://127.0.0.1.evil.example/", "http://localhost.evil.example/",
        "http://127.0.0.1@evil.example/", "http://2130706433/",
    ])
    func `an address that is none, or would show a token to others, is refused`(
        url: String
    ) async throws {
        try await Rig.run { _, transport in
            let error = await Rig.failure(transport, HTTPRequest(method: .get, url: url))
            #expect(error?.code == .badURL)
            #expect(error?.reach == .notSent)
        }
    }

    @Test func `no failure tells query, token or body`() async throws {
        let canary = "CANARY"
        for row in Self.misdeeds {
            var settings = CurlSettings()
            settings.totalTimeout = row.code == .timedOut ? 50 : 120_000
            try await Rig.run(settings) { _ in
                row.reply
            } _: { server, transport in
                let refusing = try ScriptedServer.bind()
                defer { close(refusing.socket) }
                let query = "/path?key=\(canary)"
                for url in [
                    server.url(query), "http://127.0.0.1:\(refusing.port)\(query)",
                    "http://crm.example\(query)", "ftp://127.0.0.1\(query)", "\(canary) ",
                ] {
                    let request = HTTPRequest(
                        method: .post,
                        url: url,
                        headers: [HTTPHeader("Authorization", "Bearer \(canary)")],
                        body: Array(canary.utf8)
                    )
                    let error = try #require(await Rig.failure(transport, request))
                    for text in ["\(error)", error.message, String(reflecting: error)] {
                        #expect(!text.contains(canary))
                        #expect(!text.contains("/path"))
                    }
                }
            }
        }
    }
}
