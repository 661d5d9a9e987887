import HTTPTransport

/// How long to wait on this machine, as busy as it is, before nothing more will come.
package enum LoopbackPatience {
    /// A timeout within which a request surely reaches a server on loopback: fifty times what the
    /// slowest of some exchanges just took, and half a second.
    package static func milliseconds() async throws -> Int64 {
        let server = try LoopbackServer { _ in .bytes(LoopbackServer.reply()) }
        let transport = CurlTransport(settings: CurlSettings())
        defer { transport.shutDown() }
        let clock = ContinuousClock()
        var slowest = Duration.zero
        for _ in 0..<Self.exchanges {
            let request = HTTPRequest(method: .get, url: server.baseURL)
            let time = try await clock.measure { _ = try await transport.send(request) }
            slowest = max(slowest, time)
        }
        let milliseconds =
            slowest.components.seconds * 1_000
            + slowest.components.attoseconds / 1_000_000_000_000_000
        return 500 + 50 * milliseconds
    }

    private static let exchanges = 5
}
