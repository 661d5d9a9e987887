package import CRMInterface
package import HTTPTransport
import SyncCore

/// A gate that keeps the requests and answers from a script.
package actor ScriptedGate: CallGate {
    package typealias Script =
        @Sendable (HTTPRequest, _ number: Int) throws(CallFailure) -> HTTPResponse

    package private(set) var requests: [HTTPRequest] = []
    package private(set) var calls: [CallDescription] = []
    private let script: Script
    private var sequence: UInt64 = 0

    /// When each reply came, on the monotonic clock in milliseconds: before it was handed on.
    package static let answeredAt: Int64 = -1_000

    package init(_ script: @escaping Script) {
        self.script = script
    }

    package func send(
        _ request: HTTPRequest,
        as call: CallDescription
    ) async throws(CallFailure) -> MeteredResponse {
        self.requests.append(request)
        self.calls.append(call)
        self.sequence += 2
        var response = try self.script(request, self.requests.count)
        response.headers.append(HTTPHeader("Date", "Tue, 24 Nov 2026 08:00:00 GMT"))
        return MeteredResponse(
            response: response,
            sent: RequestSequence(self.sequence - 1),
            ended: RequestSequence(self.sequence),
            answeredAt: Self.answeredAt
        )
    }

    /// How many requests went to the token endpoint.
    package var tokenCalls: Int { self.calls.filter { $0.window == .token }.count }
}
