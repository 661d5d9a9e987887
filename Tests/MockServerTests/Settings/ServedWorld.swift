import HTTPTransport
import MockSalesforce
import MockServer
import SimulationKit
import Testing
import WireJSON

/// Both simulated CRMs behind HTTP on this machine, as `serve` has them, while a test speaks to them.
struct ServedWorld: Sendable {
    enum Side: Sendable {
        case hubspot
        case salesforce
    }

    private let bases: (hubspot: String, salesforce: String)
    private let transport: CurlTransport

    /// Serves CRMs with these settings until the body is through.
    static func run(
        _ settings: String = "{}",
        _ body: @escaping @Sendable (ServedWorld) async throws -> Void
    ) async throws {
        let json = try JSON(parsing: Array(settings.utf8))
        let world = try WorldSettings().changed(by: json).world(time: LiveTime())
        let server = MockServer(
            world: world,
            control: ControlPlane(world: world),
            latencyMilliseconds: 0,
            time: LiveTime()
        )
        var patience = CurlSettings()
        // All tests begin at once: on two cores a reply may wait minutes for its turn.
        (patience.lowSpeedSeconds, patience.totalTimeout) = (600, 600_000)
        let transport = CurlTransport(settings: patience)
        defer { transport.shutDown() }
        let (ports, opened) = AsyncStream<[Int]>.makeStream()
        let free = MockServer.Address(host: "127.0.0.1", port: 0)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                // The end of the test cancels it, which is no failure.
                try? await server.run(hubspot: free, salesforce: free) { opened.yield([$0, $1]) }
                opened.finish()
            }
            var iterator = ports.makeAsyncIterator()
            let both = try #require(await iterator.next())
            let served = ServedWorld(
                bases: ("http://127.0.0.1:\(both[0])", "http://127.0.0.1:\(both[1])"),
                transport: transport
            )
            defer { group.cancelAll() }
            try await body(served)
        }
    }

    func send(
        _ side: Side,
        _ method: HTTPMethod,
        _ path: String,
        _ body: String = "",
        token: String? = nil,
        cookie: String? = nil,
        type: String = "application/json"
    ) async throws -> HTTPResponse {
        var headers = [HTTPHeader("Content-Type", type)]
        if let token { headers.append(HTTPHeader("Authorization", "Bearer \(token)")) }
        if let cookie, !cookie.isEmpty { headers.append(HTTPHeader("Cookie", cookie)) }
        let base = side == .hubspot ? self.bases.hubspot : self.bases.salesforce
        return try await self.transport.send(
            HTTPRequest(method: method, url: base + path, headers: headers, body: Array(body.utf8))
        )
    }

    /// Changes settings while the server runs.
    func patch(_ settings: String) async throws {
        let reply = try await self.send(.hubspot, .patch, "/_control/settings", settings)
        try #require(reply.status == 200, "\(String(decoding: reply.body, as: UTF8.self))")
    }

    // MARK: - Salesforce

    /// What the token endpoint answers to a form.
    func token(_ fields: String) async throws -> JSON {
        let credential = MockSalesforceCredential.standard
        let form =
            fields + "&client_id=\(credential.clientID)&client_secret=\(credential.clientSecret)"
        let reply = try await self.send(
            .salesforce,
            .post,
            "/services/oauth2/token",
            form,
            type: "application/x-www-form-urlencoded"
        )
        return try JSON(parsing: reply.body)
    }

    func signIn() async throws -> String {
        let reply = try await self.token("grant_type=client_credentials")
        return try #require(reply["access_token"]?.string)
    }

    /// A request under version 62.0; the status and the body.
    func rest(
        _ method: HTTPMethod,
        _ path: String,
        _ body: String = "",
        token: String
    ) async throws -> (status: Int, body: JSON?) {
        let reply = try await self.send(
            .salesforce,
            method,
            "/services/data/v62.0" + path,
            body,
            token: token
        )
        return (reply.status, try? JSON(parsing: reply.body))
    }

    /// The names of an object's fields as describe shows them.
    func fields(of object: String, token: String) async throws -> [String] {
        let described = try await self.rest(.get, "/sobjects/\(object)/describe", token: token)
        return described.body?["fields"]?.elements.compactMap { $0["name"]?.string } ?? []
    }

    // MARK: - HubSpot

    func portal(
        _ method: HTTPMethod,
        _ path: String,
        _ body: String = ""
    ) async throws -> (status: Int, body: JSON?) {
        let token = "pat-na1-integration"
        let reply = try await self.send(.hubspot, method, path, body, token: token)
        return (reply.status, try? JSON(parsing: reply.body))
    }
}
