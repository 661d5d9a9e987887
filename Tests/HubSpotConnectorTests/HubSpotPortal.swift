import HTTPTransport
import HubSpotConnector
import MockHubSpot
import SyncCore
import WireJSON

/// One mock portal and the connector's pure functions on it: builder, mock, reader, without an engine.
struct HubSpotPortal {
    static let base = "https://api.hubapi.com"

    var mock: MockHubSpot
    var now: Int64 = 1_790_000_000_000
    let configuration: HubSpotConfiguration
    let requests: HubSpotRequests

    init(
        auth: HubSpotConfiguration.Auth = .token("pat-na1-integration"),
        _ change: (inout MockHubSpotSettings) -> Void = { _ in }
    ) {
        var settings = MockHubSpotSettings()
        change(&settings)
        self.mock = MockHubSpot(settings: settings)
        self.configuration = HubSpotConfiguration(baseURL: Self.base, auth: auth)
        self.requests = HubSpotRequests(configuration: self.configuration)
    }

    /// Sends a request to the API, signed with the portal's static token.
    mutating func send(_ request: HTTPRequest) -> HTTPResponse {
        var request = request
        request.headers.append(HTTPHeader("Authorization", "Bearer pat-na1-integration"))
        return self.raw(request)
    }

    mutating func token(_ request: HTTPRequest) throws(SyncError) -> HubSpotTokenReply {
        try HubSpotTokenReply(self.raw(request), self.configuration)
    }

    mutating func raw(_ request: HTTPRequest) -> HTTPResponse {
        self.mock.handle(request, at: self.now).response ?? HTTPResponse(status: 0)
    }

    /// The body of a reply that must be a success.
    mutating func json(_ request: HTTPRequest) throws -> JSON {
        try HubSpotResponses.body(self.send(request), .pinned)
    }

    static func json(_ text: String) throws -> JSON { try JSON(parsing: Array(text.utf8)) }

    static func reply(_ body: String, status: Int = 200) -> HTTPResponse {
        HTTPResponse(status: status, body: Array(body.utf8))
    }
}
