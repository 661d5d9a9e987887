package import SyncCore

/// The numbers that an operator can set; each has the default that the design states.
package struct RuntimeSettings: Sendable {
    /// How much later a change must be to count as newer, in milliseconds (architecture 5.4).
    package var clockTolerance: Int64 = 2_000
    /// The oldest a guard read may be when its write is sent, in milliseconds (5.7).
    package var guardAgeMax: Int64 = 5_000
    /// Whether what a guard read cleared is written row by row, on condition that nobody has changed the
    /// record since, where the CRM has such writes (5.7, `guard: strict`).
    package var isGuardStrict = false
    /// How far HubSpot's search may lag behind, in milliseconds.
    package var searchLagHorizon: Int64 = 120_000
    /// How long an id that a stale row named waits for a row that counts before it is read by id, in
    /// milliseconds; a daemon can wait for the next polls, one sync cannot.
    package var parkedWait: Int64 = 0
    /// The pause between polls of `duet run`, in milliseconds.
    package var pollInterval: Int64 = 20_000
    /// How many cycles one `duet sync` may need before it gives up; each must bring news.
    package var cyclesMax = 100
    /// How many unlinked records one look-up takes.
    package var matchBatchMax = 2_000
    /// How many records a backfill decides in one transaction.
    package var backfillBatchMax = 1_000
    /// How often a write is tried before it becomes a finding.
    package var attemptsMax = 8

    /// Whether fields that were not synced before are read once (decision 0028).
    package var readsNewFields = false
    /// How often what no feed tells is looked at; `nil` for never.
    package var sweeps: SweepSettings?

    /// How many lines the history and the call ledger keep.
    package var journalRowsMax = 5_000_000
    package var ledgerRowsMax = 1_000_000

    /// The longest time each vendor works on a request, in milliseconds (5.8); HubSpot states none.
    package var requestTimeMax: [Side: Int64] = [.hubspot: 120_000, .salesforce: 600_000]

    /// What is paused just now; asked with each pass and before each call that writes.
    package var pauses: @Sendable () -> Pauses = { Pauses() }

    /// Breaks the engine on purpose, so that a test can see the checks notice.
    package var sabotage: Sabotage?
    /// Sees every decision; nobody in a running engine.
    package var observer: (any DecisionObserver)?

    package init() {}
}
