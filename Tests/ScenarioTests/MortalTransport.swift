import HTTPTransport

/// A transport that dies after so many requests, as the process around it would.
struct MortalTransport: HTTPTransport {
    struct Life: Sendable {
        var requestsLeft = Int.max
        var losesLastReply = false
        /// What stands between: it may answer itself, and nobody else gets that request.
        var answer: (@Sendable (HTTPRequest) -> HTTPResponse?)?
    }

    let inner: any HTTPTransport
    let life: Locked<Life>

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let (left, answer) = self.life.withLock { life in
            defer { if life.requestsLeft < Int.max { life.requestsLeft -= 1 } }
            return ((count: life.requestsLeft, loses: life.losesLastReply), life.answer)
        }
        guard left.count > 0 else {
            throw TransportError(code: .shutDown, reach: .notSent, message: "The process is dead.")
        }
        if let answered = answer?(request) { return answered }
        let response = try await self.inner.send(request)
        if left.count == 1, left.loses {
            throw TransportError(
                code: .shutDown,
                reach: .maybeSent,
                message: "The process is dead."
            )
        }
        return response
    }
}
