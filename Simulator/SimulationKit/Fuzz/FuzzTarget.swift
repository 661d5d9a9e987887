import HTTPTransport
import MockHubSpot
import MockSalesforce

/// A mock that takes requests nobody in their right mind sends.
enum FuzzTarget: Sendable {
    case hubspot(MockHubSpot)
    case salesforce(MockSalesforce)

    /// The reply; `nil` for a broken connection.
    mutating func answer(_ request: HTTPRequest, at now: Int64) -> HTTPResponse? {
        switch self {
        case .hubspot(var mock):
            let reply = mock.handle(request, at: now)
            self = .hubspot(mock)
            guard case .respond(let response) = reply else { return nil }
            return response
        case .salesforce(var mock):
            let reply = mock.handle(request, at: now)
            self = .salesforce(mock)
            guard case .respond(let response) = reply else { return nil }
            return response
        }
    }
}
