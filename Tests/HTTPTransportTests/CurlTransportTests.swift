import ConnectorTestKit
import Foundation
import HTTPTransport
import Testing

/// libcurl behind the protocol, against a server on loopback.
@Suite(.timeLimit(.minutes(10)))
struct CurlTransportTests {
    private static func transport(
        _ change: (inout CurlSettings) -> Void = { _ in }
    ) -> CurlTransport {
        var settings = CurlSettings()
        // Long past what a busy machine needs: only a reply that never comes may time out.
        settings.connectTimeout = 60_000
        settings.totalTimeout = 120_000
        change(&settings)
        return CurlTransport(settings: settings)
    }

    /// The error of a request that must fail.
    private static func failure(
        _ transport: CurlTransport,
        _ request: HTTPRequest
    ) async -> TransportError? {
        do {
            _ = try await transport.send(request)
            return nil
        } catch {
            return error
        }
    }

    @Test func `a request arrives byte for byte`() async throws {
        let server = try LoopbackServer { _ in .bytes(LoopbackServer.reply()) }
        let transport = Self.transport()
        defer { transport.shutDown() }
        let body = Array(#"{"name":"Zoë \u0000 \"quoted\""}"#.utf8)
        for method in [HTTPMethod.get, .post, .patch, .put, .delete] {
            _ = try await transport.send(
                HTTPRequest(
                    method: method,
                    url: server.baseURL + "/crm/v3?q=a%20b",
                    headers: [HTTPHeader("X-One", "1"), HTTPHeader("Authorization", "Bearer t")],
                    body: method == .get ? [] : body
                )
            )
            let seen = try #require(server.seen.last)
            #expect(seen.head.hasPrefix("\(method.rawValue) /crm/v3?q=a%20b HTTP/1.1"))
            #expect(seen.head.contains("\r\nX-One: 1"))
            #expect(seen.head.contains("\r\nAuthorization: Bearer t"))
            #expect(!seen.head.contains("Expect:"), "a 100-continue would cost a round trip")
            #expect(seen.body == (method == .get ? [] : body))
        }
    }

    @Test func `a reply comes back whole: status, repeated headers, body`() async throws {
        let body = (0..<2_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let server = try LoopbackServer { _ in
            .bytes(LoopbackServer.reply(207, headers: ["X-A: 1", "x-a: 2", "Date: d"], body: body))
        }
        let transport = Self.transport()
        defer { transport.shutDown() }
        let reply = try await transport.send(
            HTTPRequest(method: .post, url: server.baseURL, body: body)
        )
        #expect(reply.status == 207)
        #expect(reply.body == body)
        #expect(reply.headers.filter { $0.name.lowercased() == "x-a" }.map(\.value) == ["1", "2"])
        #expect(reply.header("DATE") == "d")
        #expect(server.seen.first?.body == body)
    }

    @Test func `compressed replies are asked for and opened`() async throws {
        // "duet duet duet" by gzip -n.
        let packed: [UInt8] = [
            0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x4B, 0x29, 0x4D, 0x2D,
            0x51, 0x48, 0x81, 0x11, 0x00, 0x3E, 0x23, 0x19, 0x96, 0x0E, 0x00, 0x00, 0x00,
        ]
        let server = try LoopbackServer { _ in
            .bytes(LoopbackServer.reply(headers: ["Content-Encoding: gzip"], body: packed))
        }
        let transport = Self.transport()
        defer { transport.shutDown() }
        let reply = try await transport.send(HTTPRequest(method: .get, url: server.baseURL))
        #expect(String(decoding: reply.body, as: UTF8.self) == "duet duet duet")
        #expect(server.seen.first?.head.lowercased().contains("accept-encoding: ") == true)
    }

    @Test func `a connection is used again`() async throws {
        let server = try LoopbackServer { _ in .bytes(LoopbackServer.reply()) }
        let transport = Self.transport()
        defer { transport.shutDown() }
        for _ in 0..<20 {
            _ = try await transport.send(HTTPRequest(method: .get, url: server.baseURL))
        }
        #expect(Set(server.seen.map(\.connection)) == [1])
    }

    @Test func `many requests at once all come back, no more on the way than allowed`()
        async throws
    {
        let server = try LoopbackServer { .bytes(LoopbackServer.reply(body: Array($0.head.utf8))) }
        let transport = Self.transport { $0.inFlightMax = 4 }
        defer { transport.shutDown() }
        let paths = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<100 {
                group.addTask {
                    let url = server.baseURL + "/\(number)"
                    let reply = try await transport.send(HTTPRequest(method: .get, url: url))
                    return String(decoding: reply.body, as: UTF8.self).hasPrefix("GET /\(number) ")
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(paths == Array(repeating: true, count: 100))
        #expect(Set(server.seen.map(\.connection)).count <= 4)
    }

    @Test func `nothing listens: proven not sent`() async throws {
        let port = try LoopbackServer { _ in .close }.port
        let transport = Self.transport()
        defer { transport.shutDown() }
        let url = "http://127.0.0.1:\(port)/"
        let error = await Self.failure(transport, HTTPRequest(method: .post, url: url))
        // The listener may still be closing; either way nothing was read from it.
        #expect(error?.reach == .notSent || error?.code == .connectionLost)
    }

    @Test(arguments: ["closed", "cut", "silent"])
    func `a reply that does not come whole: the CRM may have acted, and it is asked once`(
        how: String
    ) async throws {
        let server = try LoopbackServer { _ in
            switch how {
            case "closed": return .close
            case "cut":
                let text = "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"half\":"
                return .bytesThenClose(Array(text.utf8))
            default: return .silence
            }
        }
        let patience = how == "silent" ? try await LoopbackPatience.milliseconds() : 120_000
        let transport = Self.transport { $0.totalTimeout = patience }
        defer { transport.shutDown() }
        let request = HTTPRequest(method: .post, url: server.baseURL, body: [1, 2, 3])
        let error = try #require(await Self.failure(transport, request))
        #expect(error.reach == .maybeSent)
        #expect(error.code == (how == "silent" ? .timedOut : .connectionLost))
        #expect(server.seen.count == 1, "libcurl must not send it again by itself")
    }

    /// A kept connection that the server closed: libcurl would repeat the request by itself.
    @Test func `a request on a connection that died is not repeated behind our back`() async throws
    {
        let server = try LoopbackServer { seen in
            seen.head.hasPrefix("GET /first") ? .bytes(LoopbackServer.reply()) : .close
        }
        let transport = Self.transport()
        defer { transport.shutDown() }
        _ = try await transport.send(HTTPRequest(method: .get, url: server.baseURL + "/first"))
        let second = HTTPRequest(method: .post, url: server.baseURL + "/second", body: [7])
        let error = try #require(await Self.failure(transport, second))
        #expect(error.reach == .maybeSent)
        #expect(server.seen.filter { $0.head.hasPrefix("POST /second") }.count == 1)
    }

    @Test func `a reply larger than allowed is refused`() async throws {
        let server = try LoopbackServer { _ in
            .bytes(LoopbackServer.reply(body: [UInt8](repeating: 1, count: 100_000)))
        }
        let transport = Self.transport { $0.replyMax = 1_000 }
        defer { transport.shutDown() }
        let request = HTTPRequest(method: .get, url: server.baseURL)
        #expect(await Self.failure(transport, request)?.code == .replyTooLarge)
    }

    @Test func `cancelling the task ends the wait`() async throws {
        let server = try LoopbackServer { _ in .silence }
        let transport = Self.transport()
        defer { transport.shutDown() }
        let error = await withTaskGroup(of: TransportError?.self) { group in
            group.addTask {
                await Self.failure(transport, HTTPRequest(method: .get, url: server.baseURL))
            }
            while server.seen.isEmpty { await Task.yield() }
            group.cancelAll()
            return await group.next() ?? nil
        }
        #expect(error?.code == .cancelled)
        #expect(error?.reach == .maybeSent)
    }

    @Test func `shutting down fails what is on its way and what comes later`() async throws {
        let server = try LoopbackServer { _ in .silence }
        let transport = Self.transport()
        let error = await withTaskGroup(of: TransportError?.self) { group in
            group.addTask {
                await Self.failure(transport, HTTPRequest(method: .get, url: server.baseURL))
            }
            while server.seen.isEmpty { await Task.yield() }
            transport.shutDown()
            return await group.next() ?? nil
        }
        #expect(error?.code == .shutDown)
        let late = await Self.failure(transport, HTTPRequest(method: .get, url: server.baseURL))
        #expect(late?.code == .shutDown)
        #expect(late?.reach == .notSent)
    }

    @Test(arguments: ["http://crm.example.com/", "ftp://127.0.0.1/", "no address"])
    func `a token never leaves this machine in clear text`(url: String) async {
        let transport = Self.transport()
        defer { transport.shutDown() }
        let error = await Self.failure(transport, HTTPRequest(method: .get, url: url))
        #expect(error?.code == .badURL)
        #expect(error?.reach == .notSent)
    }

    @Test func `no error and no description shows a token, a query or a body`() async throws {
        let server = try LoopbackServer { _ in .close }
        let transport = Self.transport()
        defer { transport.shutDown() }
        let request = HTTPRequest(
            method: .post,
            url: server.baseURL + "/path?token=canary-query",
            headers: [HTTPHeader("Authorization", "Bearer canary-token")],
            body: Array("canary-body".utf8)
        )
        let error = try #require(await Self.failure(transport, request))
        for text in ["\(error)", "\(request)", "\(request.headers)"] {
            #expect(!text.contains("canary"), "\(text.count) characters")
        }
    }
}
