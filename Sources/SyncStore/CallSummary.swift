package import SyncCore

/// Calls of one kind, added up.
package struct CallSummary: Sendable, Hashable {
    package var side: Side
    package var endpoint: String
    package var purpose: String
    package var outcome: LedgerCall.Outcome
    package var calls: Int
    package var cost: Int
    package var records: Int

    package init(
        side: Side,
        endpoint: String,
        purpose: String,
        outcome: LedgerCall.Outcome,
        calls: Int,
        cost: Int,
        records: Int
    ) {
        self.side = side
        self.endpoint = endpoint
        self.purpose = purpose
        self.outcome = outcome
        self.calls = calls
        self.cost = cost
        self.records = records
    }
}
