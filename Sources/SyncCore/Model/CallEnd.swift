/// How a call in the ledger ended.
package struct CallEnd: Sendable, Hashable {
    package var outcome: LedgerCall.Outcome
    /// The HTTP status, where there was a reply.
    package var status: Int?
    /// Wall milliseconds.
    package var at: Int64
    /// What the reply said of everybody's calls.
    package var usage: DailyUsage?
    /// Whether the vendor counts it: HubSpot does not count what its rate limits refuse.
    package var isBilled: Bool

    package init(
        _ outcome: LedgerCall.Outcome,
        status: Int?,
        at: Int64,
        usage: DailyUsage? = nil,
        isBilled: Bool = true
    ) {
        self.outcome = outcome
        self.status = status
        self.at = at
        self.usage = usage
        self.isBilled = isBilled
    }
}
