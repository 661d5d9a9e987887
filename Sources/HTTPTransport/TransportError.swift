/// Why a request got no whole reply.
package struct TransportError: Error, Sendable, Hashable {
    package enum Code: String, Sendable, Hashable {
        case badURL
        case cannotResolve
        case cannotConnect
        case tlsRefused
        case timedOut
        case connectionLost
        case replyTooLarge
        case cancelled
        case shutDown
        case other
    }

    /// Whether the CRM can have acted on the request.
    package enum Reach: String, Sendable, Hashable {
        /// Proven: no byte of the request left.
        case notSent
        /// It may have been received, and acted on.
        case maybeSent
    }

    package var code: Code
    package var reach: Reach
    /// For people; without URL query, token or body.
    package var message: String

    package init(code: Code, reach: Reach, message: String) {
        self.code = code
        self.reach = reach
        self.message = message
    }
}

extension TransportError: CustomStringConvertible {
    package var description: String { self.message }
}
