/// What of a day's calls is used, by us and by everybody, as a ledger tells.
package struct AllowanceState: Sendable, Hashable {
    /// Our own calls.
    package var own: Int
    /// What is ours of the limit; `nil` while no reply has told it.
    package var allocated: Int?
    /// What the newest reply told that had a number.
    package var told: DailyUsage?
    /// When that was, in wall milliseconds.
    package var toldAt: Int64?

    /// `ledger`: the calls of the last 24 hours.
    package init(_ ledger: [LedgerCall], _ budget: BudgetSettings) {
        self.own = ledger.reduce(0) { $0 + $1.cost }
        let last = ledger.filter { $0.usage != nil }.max { left, right in
            (left.answeredAt ?? left.sentAt) < (right.answeredAt ?? right.sentAt)
        }
        self.told = last?.usage
        self.toldAt = last.map { $0.answeredAt ?? $0.sentAt }
        self.allocated = last?.usage.map { $0.allowed * budget.sharePercent / 100 }
    }
}
