package import HTTPTransport

/// Takes requests to the mocks in process: the same bytes as over HTTP, without a socket.
package struct MockTransport: HTTPTransport {
    package static let hubspotURL = "http://hubspot.mock"
    package static let salesforceURL = "http://salesforce.mock"

    private let world: MockWorld
    /// Called with every request before it is answered; a test's place to act in between.
    private let before: @Sendable (HTTPRequest) -> Void

    package init(world: MockWorld, before: @escaping @Sendable (HTTPRequest) -> Void = { _ in }) {
        self.world = world
        self.before = before
    }

    package func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        guard request.url.hasPrefix(Self.salesforceURL + "/cometd") else {
            return try self.deliver(request)
        }
        self.before(request)
        return try Self.received(await self.world.salesforceInTime(request))
    }

    /// The same without a suspension.
    package func deliver(_ request: HTTPRequest) throws(TransportError) -> HTTPResponse {
        self.before(request)
        var request = request
        let reply: HTTPResponse?
        if request.url.hasPrefix(Self.hubspotURL) {
            request.headers.append(HTTPHeader("Host", "hubspot.mock"))
            reply = self.world.hubspot(request)
        } else if request.url.hasPrefix(Self.salesforceURL) {
            request.headers.append(HTTPHeader("Host", "salesforce.mock"))
            reply = self.world.salesforce(request)
        } else {
            throw TransportError(
                code: .cannotResolve,
                reach: .notSent,
                message: "That host is not simulated."
            )
        }
        return try Self.received(reply)
    }

    /// A request that arrives, as the mock that it is for gets it; for whoever can wait longer.
    func addressed(_ request: HTTPRequest) -> HTTPRequest {
        self.before(request)
        var request = request
        let isHubSpot = request.url.hasPrefix(Self.hubspotURL)
        request.headers.append(HTTPHeader("Host", isHubSpot ? "hubspot.mock" : "salesforce.mock"))
        return request
    }

    private static func received(
        _ reply: HTTPResponse?
    ) throws(TransportError) -> HTTPResponse {
        guard let reply else {
            throw TransportError(
                code: .connectionLost,
                reach: .maybeSent,
                message: "The connection was lost."
            )
        }
        return reply
    }
}
