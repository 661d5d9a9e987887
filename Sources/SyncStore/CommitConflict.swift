/// A record whose link was not the version the decision was made on, or whose ids were taken.
package struct CommitConflict: Sendable, Hashable {
    /// The place in `PageCommit.records`.
    package var index: Int

    package init(index: Int) {
        self.index = index
    }
}
