import HTTPTransport

/// A loopback server and a transport that talks to it, ended together.
enum Rig {
    static func run(
        _ settings: CurlSettings = CurlSettings(),
        reply: @escaping @Sendable (ReceivedRequest) -> ScriptedReply = { _ in .ok() },
        _ body: (ScriptedServer, CurlTransport) async throws -> Void
    ) async throws {
        let server = try ScriptedServer(reply: reply)
        let transport = CurlTransport(settings: settings)
        defer {
            transport.shutDown()
            server.stop()
        }
        try await body(server, transport)
    }

    /// Sends a request that must fail; answers how.
    static func failure(
        _ transport: CurlTransport,
        _ request: HTTPRequest
    ) async -> TransportError? {
        do throws(TransportError) {
            _ = try await transport.send(request)
            return nil
        } catch {
            return error
        }
    }
}
