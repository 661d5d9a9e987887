/// Sees every merge decision; simulations hold each against a reference of their own.
package protocol DecisionObserver: Sendable {
    /// `isAgain`: whether the record waited for a write when it was decided.
    func decided(_ input: RecordMergeInput, _ decision: MergeDecision, isAgain: Bool)
}
