import HTTPTransport
import MockHubSpot
import MockSalesforce

/// A mock that takes requests nobody in their right mind sends; one of the two.
///
/// Both are changed in place: a copy would double every table at each request.
struct FuzzTarget: Sendable {
    var hubspot: MockHubSpot?
    var salesforce: MockSalesforce?

    /// The reply; `nil` for a broken connection.
    mutating func answer(_ request: HTTPRequest, at now: Int64) -> HTTPResponse? {
        if case .respond(let response)? = self.hubspot?.handle(request, at: now) {
            return response
        }
        switch self.salesforce?.handle(request, at: now) {
        case .respond(let response)?: return response
        case .hold(let held)?:
            return self.salesforce?.resume(held, at: now, isOver: true).response
        case .dropConnection?, nil: return nil
        }
    }
}
