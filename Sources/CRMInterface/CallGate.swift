package import HTTPTransport

/// The one way for a connection to reach its CRM: waits for a place, numbers, counts and sends.
package protocol CallGate: Sendable {
    /// Sends one request once the limits allow it.
    func send(
        _ request: HTTPRequest,
        as call: CallDescription
    ) async throws(CallFailure) -> MeteredResponse
}
