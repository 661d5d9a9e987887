package import HTTPTransport

/// What the client gets for a request.
package enum MockHubSpotReply: Sendable, Hashable {
    case respond(HTTPResponse)
    /// The connection breaks without a reply; what was committed stays committed.
    case dropConnection
}

extension MockHubSpotReply {
    /// The reply, or `nil` for a broken connection.
    package var response: HTTPResponse? {
        switch self {
        case .respond(let response): response
        case .dropConnection: nil
        }
    }
}
