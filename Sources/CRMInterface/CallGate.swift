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

    /// What the day's calls allow now.
    func budget() async -> BudgetOutlook

    /// A reply said that the day's calls are used up; nothing is sent for so many milliseconds.
    func refused(forMilliseconds wait: Int64) async

    /// When so many calls of a class will have been sent if nobody else spends anything.
    func forecast(_ use: BudgetUse) async -> BudgetForecast?
}

extension CallGate {
    /// A gate without limits has nothing to hold.
    package func hold(
        calls: Int,
        priority: PriorityClass
    ) async throws(CallFailure) -> CallHold { .none }

    package func release(_ hold: CallHold) async {}

    package func budget() async -> BudgetOutlook { .free }

    package func refused(forMilliseconds wait: Int64) async {}

    package func forecast(_ use: BudgetUse) async -> BudgetForecast? { nil }
}
