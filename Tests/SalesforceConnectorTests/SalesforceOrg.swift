import HTTPTransport
import MockSalesforce
import SalesforceConnector
import SyncCore
import WireJSON

/// One mock org and the connector's pure functions on it: builder, mock, reader, without an engine.
struct SalesforceOrg {
    static let login = "https://acme.my.salesforce.com"

    var mock: MockSalesforce
    var now: Int64 = 1_790_000_000_000
    let configuration: SalesforceConfiguration
    let requests: SalesforceRequests
    private var session: SalesforceTokenReply?

    init(
        auth: SalesforceConfiguration.Auth = .clientCredentials,
        _ change: (inout MockSalesforceSettings) -> Void = { _ in }
    ) {
        var settings = MockSalesforceSettings()
        change(&settings)
        self.mock = MockSalesforce(settings: settings)
        self.configuration = SalesforceConfiguration(
            loginURL: Self.login,
            clientID: MockSalesforceCredential.standard.clientID,
            clientSecret: MockSalesforceCredential.standard.clientSecret,
            auth: auth
        )
        self.requests = SalesforceRequests(configuration: self.configuration)
    }

    /// Sends a request to the API, signed in by client credentials.
    mutating func send(_ request: HTTPRequest) throws -> HTTPResponse {
        let session = try self.session ?? self.token(self.requests.token(refreshToken: nil))
        self.session = session
        var request = request
        request.url = session.instanceURL + request.url
        request.headers.append(HTTPHeader("Authorization", "Bearer \(session.accessToken)"))
        return self.raw(request)
    }

    mutating func token(_ request: HTTPRequest) throws(SyncError) -> SalesforceTokenReply {
        try SalesforceTokenReply(self.raw(request), self.configuration)
    }

    mutating func raw(_ request: HTTPRequest) -> HTTPResponse {
        self.mock.handle(request, at: self.now).response ?? HTTPResponse(status: 0)
    }

    /// The body of a reply that must be a success.
    mutating func json(_ request: HTTPRequest) throws -> JSON {
        try SalesforceResponses.body(self.send(request), .pinned)
    }

    static func json(_ text: String) throws -> JSON { try JSON(parsing: Array(text.utf8)) }

    static func reply(_ body: String, status: Int = 200) -> HTTPResponse {
        HTTPResponse(status: status, body: Array(body.utf8))
    }
}
