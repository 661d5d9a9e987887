package import HTTPTransport
package import SyncCore

/// The one way for a connection to reach its CRM: waits for a place, numbers, counts and sends.
package protocol CallGate: Sendable {
    /// Sends one request once the limits allow it, or at once in a place that `call` holds.
    func send(
        _ request: HTTPRequest,
        as call: CallDescription
    ) async throws(CallFailure) -> MeteredResponse

    /// Waits until so many calls can be sent one after the other without a further wait.
    func hold(calls: Int, priority: PriorityClass) async throws(CallFailure) -> CallHold

    /// Gives back what is left of a hold.
    func release(_ hold: CallHold) async
}

extension CallGate {
    /// A gate without limits has nothing to hold.
    package func hold(
        calls: Int,
        priority: PriorityClass
    ) async throws(CallFailure) -> CallHold { .none }

    package func release(_ hold: CallHold) async {}
}
