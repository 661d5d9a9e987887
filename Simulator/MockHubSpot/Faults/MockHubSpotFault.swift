/// One thing that goes wrong with one request.
package enum MockHubSpotFault: Sendable, Hashable, Codable {
    /// The request is carried out, then the connection breaks.
    case dropAfterCommit
    /// The connection breaks before anything is done; the call is billed all the same.
    case dropBeforeCommit
    /// 500.
    case serverError
    /// 502 of a proxy, nothing done.
    case badGateway
    /// 502 of a proxy, although the request was carried out.
    case badGatewayAfterCommit
    /// 503.
    case unavailable
    /// 504 of a proxy, although the request was carried out.
    case gatewayTimeoutAfterCommit
    /// A proxy answers with this status and a page for people; nothing is done.
    case status(Int)
    /// 423: too many writes to the same records.
    case locked
    /// 429 of the rolling limit, out of turn.
    case throttled
    /// 477: the portal moves to another data centre; `Retry-After` in seconds.
    case migrating(retryAfter: Int)
    /// 401 with `EXPIRED_AUTHENTICATION`; the app's access tokens have all ended, where it has any.
    case expiredToken
    /// The version in the path is served no longer.
    case retiredVersion
    /// The request is carried out, the reply's body is not JSON.
    case malformedBody
    /// The request is carried out, the reply's body ends in the middle.
    case truncatedBody
    /// A batch is not carried out and answers 200 with neither results nor errors.
    case emptyBatch

    /// Whether HubSpot counts the call: not what it, or a proxy before it, refuses for coming too fast, and
    /// not what carries a token that has ended.
    var isBilled: Bool {
        self != .throttled && self != .status(429) && self != .expiredToken
    }

    var commits: Bool {
        switch self {
        case .dropAfterCommit, .badGatewayAfterCommit, .gatewayTimeoutAfterCommit,
            .malformedBody, .truncatedBody:
            true
        case .dropBeforeCommit, .serverError, .badGateway, .unavailable, .status, .locked,
            .throttled, .migrating, .expiredToken, .retiredVersion, .emptyBatch:
            false
        }
    }
}
