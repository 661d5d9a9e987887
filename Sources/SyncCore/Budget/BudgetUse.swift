/// What calls are wanted for, as far as the budget cares.
package struct BudgetUse: Sendable, Hashable {
    package var priority: PriorityClass
    /// Whether it is a look for changes, which everything else needs.
    package var isPoll: Bool
    /// How many calls that follow each other.
    package var calls: Int

    package init(_ priority: PriorityClass, isPoll: Bool = false, calls: Int = 1) {
        self.priority = priority
        self.isPoll = isPoll
        self.calls = max(1, calls)
    }
}
