package import HTTPTransport
package import SyncCore
package import SyncStore

extension CallLimits {
    /// The limits with the places that calls of an earlier process still hold.
    package static func restored(
        side: Side,
        store: any SyncStore,
        time: any TimeSource,
        sabotage: Sabotage? = nil
    ) async throws(SyncError) -> CallLimits {
        var limits = CallLimits(side: side, sabotage: sabotage)
        let wall = time.wallMilliseconds
        let monotonic = time.monotonicMilliseconds
        for call in try await store.callTimes(side: side, since: wall - 10_000) {
            // When it was answered is not kept: it counts from now at the latest.
            limits.restore(answeredAt: monotonic, isSearch: call.endpoint == "search")
        }
        return limits
    }
}
