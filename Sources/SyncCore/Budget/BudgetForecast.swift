/// When a queue of calls will have been sent, as far as is known now.
package struct BudgetForecast: Sendable, Hashable {
    /// How many calls could go at once.
    package var atOnce: Int
    /// When the last one goes if nobody else spends anything; `nil` if that cannot be told.
    package var finishedAt: Int64?

    package init(atOnce: Int, finishedAt: Int64?) {
        self.atOnce = atOnce
        self.finishedAt = finishedAt
    }
}
