package import HTTPTransport
package import SyncCore

/// A reply with its place in the local order of requests.
package struct MeteredResponse: Sendable {
    package var response: HTTPResponse
    package var sent: RequestSequence
    package var ended: RequestSequence

    package init(response: HTTPResponse, sent: RequestSequence, ended: RequestSequence) {
        self.response = response
        self.sent = sent
        self.ended = ended
    }
}
