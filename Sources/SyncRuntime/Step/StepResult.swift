import SyncCore
package import SyncStore

/// What one record's decision stores and counts.
package struct StepResult: Sendable {
    package var commit: RecordCommit
    /// Whether anything was learned that another cycle must act on.
    package var isNews: Bool
    package var summary: RunSummary
    /// Whether the same row would be answered the same way again, at the cost of another look.
    package var isAnswered: Bool

    package init(
        commit: RecordCommit = RecordCommit(),
        isNews: Bool = false,
        summary: RunSummary = RunSummary(),
        isAnswered: Bool = false
    ) {
        self.commit = commit
        self.isNews = isNews
        self.summary = summary
        self.isAnswered = isAnswered
    }

    /// A row that says what is known already.
    package static var unchanged: StepResult {
        var summary = RunSummary()
        summary.unchanged = 1
        return StepResult(summary: summary)
    }
}
