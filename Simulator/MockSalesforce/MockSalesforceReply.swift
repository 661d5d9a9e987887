package import HTTPTransport

/// What the client gets for a request.
package enum MockSalesforceReply: Sendable, Hashable {
    case respond(HTTPResponse)
    /// The connection breaks without a reply; what was committed stays committed.
    case dropConnection
    /// A long poll that waits; `MockSalesforce.resume` answers it later.
    case hold(MockSalesforceHeldConnect)
}

extension MockSalesforceReply {
    /// The reply, or `nil` for a broken connection and for one that waits.
    package var response: HTTPResponse? {
        switch self {
        case .respond(let response): response
        case .dropConnection, .hold: nil
        }
    }
}
