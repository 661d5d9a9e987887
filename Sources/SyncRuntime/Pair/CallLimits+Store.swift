package import HTTPTransport
package import SyncCore
package import SyncStore

extension CallLimits {
    /// The limits with the places that calls of an earlier process still hold, and what it spent.
    package static func restored(
        side: Side,
        store: any SyncStore,
        time: any TimeSource,
        budget: BudgetSettings? = nil,
        sabotage: Sabotage? = nil
    ) async throws(SyncError) -> CallLimits {
        let wall = time.wallMilliseconds
        let monotonic = time.monotonicMilliseconds
        let settings = budget ?? BudgetSettings(side: side)
        let ledger = try await store.callTimes(
            side: side,
            since: wall - BudgetGovernor.memory(settings)
        )
        var limits = CallLimits(
            side: side,
            budget: BudgetGovernor(ledger: ledger, settings: settings, sabotage: sabotage),
            wallOffset: wall - monotonic,
            sabotage: sabotage
        )
        for call in ledger.drop(while: { $0.sentAt < wall - 10_000 }) {
            // A reply that was never read may have come just now.
            limits.restore(answeredAt: monotonic, isSearch: call.endpoint == "search")
        }
        return limits
    }
}
