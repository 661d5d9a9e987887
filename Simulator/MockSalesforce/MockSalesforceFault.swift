/// One thing that goes wrong with one request.
package enum MockSalesforceFault: Sendable, Hashable, Codable {
    /// The request is carried out, then the connection breaks.
    case dropAfterCommit
    /// The connection breaks before anything is done.
    case dropBeforeCommit
    /// 503 with an HTML page of a proxy.
    case unavailable
    /// 500 with `UNKNOWN_EXCEPTION` and an error id.
    case serverError
    /// A proxy answers with this status and a page for people; nothing is done.
    case status(Int)
    /// Every row of the request fails with `UNABLE_TO_LOCK_ROW`.
    case lockedRows
    /// 403 `REQUEST_LIMIT_EXCEEDED`.
    case requestLimit
    /// 401: the session is over; a new token helps.
    case expiredSession
    /// 410 `GONE`: the version in the path is served no longer.
    case retiredVersion
    /// `INVALID_OPERATION_WITH_EXPIRED_PASSWORD`: nothing is done until the password is set anew.
    case expiredPassword
    /// The request is carried out, the reply's body is not JSON.
    case malformedBody
    /// The request is carried out, the reply's body ends in the middle.
    case truncatedBody
}
