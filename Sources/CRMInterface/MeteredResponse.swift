package import HTTPTransport
package import SyncCore

/// A reply with its place in the local order of requests.
package struct MeteredResponse: Sendable {
    package var response: HTTPResponse
    package var sent: RequestSequence
    package var ended: RequestSequence
    /// When it came, on the monotonic clock in milliseconds: it is booked before it is handed on, and that may take
    /// its time.
    package var answeredAt: Int64

    package init(
        response: HTTPResponse,
        sent: RequestSequence,
        ended: RequestSequence,
        answeredAt: Int64
    ) {
        self.response = response
        self.sent = sent
        self.ended = ended
        self.answeredAt = answeredAt
    }
}
