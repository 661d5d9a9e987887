/// The only clock: live in production, virtual in a simulation.
package protocol TimeSource: Sendable {
    /// Monotonic time since an arbitrary start, in milliseconds.
    var monotonicMilliseconds: Int64 { get }

    /// This machine's wall clock in milliseconds since 1970; survives a restart, may jump.
    var wallMilliseconds: Int64 { get }

    /// Suspends for at least this long.
    ///
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    func sleep(milliseconds: Int64) async throws
}
